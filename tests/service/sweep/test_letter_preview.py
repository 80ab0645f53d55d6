"""A preview says word for word which letters then go, on their day and at their time."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.london import LONDON
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.queue import next_letter, outgoing_letters, sent
from reviewflow.service.messages.answer_places import without_pages
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.digests import make_due_digests
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.letter_preview import PlannedLetter, planned_letters
from reviewflow.service.sweep.seldom.look_ahead import count_anew, look_ahead
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import BY, RETURN, at, done, opened
from tests.service.conftest import TOY

POLICE = "agency_return/police"


def test_what_a_sweep_would_send_is_what_it_sends(office: Workspace) -> None:
    opened(office)
    opened(office)
    for day in (12, 15, 19, 26):
        known = office.store.notices()
        planned = planned_letters(office, None, now=at(day), until=at(day))
        assert office.store.notices() == known
        chase_due_items(office, now=at(day))
        sent_letters = []
        while ready := next_letter(office, now=at(day)):
            words = tuple(without_pages(office.partnership, part) for part in compose(office.partnership, ready))
            sent_letters.append((ready.address, ready.number, *words))
            sent(office, ready, now=at(day), detail="")
        assert [(letter.address, letter.number, letter.subject, letter.text) for letter in planned] == sent_letters
        assert sent_letters


def test_every_message_of_the_next_weeks_is_told_beforehand(office: Workspace) -> None:
    reference = opened(office)
    done(office, reference, "agency_return/health", at(8))
    letters = planned_letters(office, reference, now=at(8), until=at(29))
    parts = [(letter.when, part) for letter in letters for part in letter.tells]
    assert [(f"{when:%d %H:%M}", part.message, part.whom) for when, part in parts if part.item == POLICE] == [
        ("12 09:30", "reminder", "Police"),
        ("15 09:30", "overdue", "Police"),
        ("15 09:30", "overdue", "Police (senior sign-off)"),
        ("19 09:30", "overdue", "Police (safeguarding partner)"),
        ("19 09:30", "overdue", "Police"),
        ("19 09:30", "overdue", "Chair of the review group"),
    ]
    assert not [part for _, part in parts if part.item == "agency_return/health"]


def without_texts(letters: list[PlannedLetter]) -> list[PlannedLetter]:
    return [replace(letter, text="") for letter in letters]


ASKS = st.sampled_from(
    [c.Respond(POLICE, "question", "Which period?"), c.Respond(POLICE, "need_more_time", "busy", date(2026, 5, 14))]
)
DOES = st.sampled_from(
    [
        c.Hold("court", "a trial"),
        c.Snooze(POLICE, date(2026, 5, 20), "a reason"),
        c.ChaseByHand(POLICE),
        c.Complete("agency_return/health", RETURN),
        c.AddAgency("education"),
        c.RemoveAgency("health", "a reason"),
        c.End("no_review", "a reason"),
    ]
)


@settings(max_examples=15, derandomize=True, deadline=None)
@given(st.lists(st.tuples(ASKS | DOES, st.integers(5, 22)), max_size=6), st.integers(1, 3))
def test_whoever_asks_for_no_texts_is_told_the_same_letters(commands: list[tuple[c.Command, int]], cases: int) -> None:
    with TemporaryDirectory() as folder, closing(open_store(f"sqlite:///{folder}/cases.db")) as store:
        store.migrate()
        office = Workspace(store, TOY)
        references = [opened(office) for _ in range(cases)]
        for place, (command, on) in enumerate(sorted(commands, key=lambda each: each[1])):
            with suppress(Refused):
                carry_out(office, references[place % cases], command, by=BY, now=at(on))
        letters = planned_letters(office, None, now=at(8), until=at(22))
        assert planned_letters(office, None, now=at(8), until=at(22), subjects_only=True) == without_texts(letters)


SHIPPED = Path(__file__).parents[3] / "definitions"


AGENCIES = ("police", "childrens_social_care", "education")


BEGINS = datetime(2026, 5, 5, 11, tzinfo=UTC)


ENDS = datetime(2026, 5, 27, 18, tzinfo=UTC)


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(f"sqlite:///{tmp_path}/cases.db")
    store.migrate()
    yield Workspace(store, SHIPPED, papers=tmp_path / "papers")
    store.close()


def test_what_is_planned_is_what_goes(shipped: Workspace) -> None:
    """Three cases over three weeks with a bank holiday; nobody answers, and each of the office's sweeps runs."""
    for process, dates in (
        ("rapid_review", {"aware": date(2026, 5, 1), "notified": date(2026, 5, 5)}),
        ("serious_incident_notification", {"aware": date(2026, 5, 4)}),
        ("learning_event", {"agreed": date(2026, 5, 5)}),
    ):
        opening = shipped.processes()[process].opening
        days = {name: dates.get(name, date(2026, 5, 5)) for name in opening.dates}
        open_case(shipped, process, c.Open(days, AGENCIES if opening.agencies else ()), by="office", now=BEGINS)
    planned = planned_letters(shipped, None, now=BEGINS, until=ENDS)
    assert planned_letters(shipped, None, now=BEGINS, until=ENDS, subjects_only=True) == without_texts(planned)
    gone = [letter for moment in _sweeps() for letter in _sweep(shipped, moment)]
    assert [(letter.when, letter.address, letter.number, letter.subject, letter.text) for letter in planned] == gone
    assert len(gone) > 40
    assert any("What is late and what comes next" in text for *_, text in gone)
    assert any("You also owe us" in text for *_, text in gone)


def _sweeps() -> Iterator[datetime]:
    moment = BEGINS
    while moment <= ENDS:
        yield moment
        moment += timedelta(minutes=15)


def _sweep(office: Workspace, now: datetime) -> Iterator[tuple[datetime, str, str, str, str]]:
    """As flows/chase.py does it, with a post that takes everything; papers are left out, they are no letters."""
    count_anew(office, now=now)
    look_ahead(office, now=now)
    for _ in range(3):
        chase_due_items(office, now=now)
        for job in office.store.due_jobs(now.isoformat(timespec="seconds"), 100):
            if job.kind == "make":
                office.store.finish_job(job.id)
        run_automatic_steps(office, now=now, run=lambda *_: None)
    make_due_digests(office, now=now)
    for ready in outgoing_letters(office, clock=lambda: now):
        subject, text = (without_pages(office.partnership, part) for part in compose(office.partnership, ready))
        yield now.astimezone(LONDON), ready.address, ready.number, subject, text
        sent(office, ready, now=now, detail="")
    record_sweep(office, (now, now), chased=0, sent=0, failed=0, note="")
