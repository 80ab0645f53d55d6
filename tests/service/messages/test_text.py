"""The text of a message: what is owed, by when, and what follows."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.state import Item, Status
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.messages.fields.chasing import chased_words
from reviewflow.service.messages.text import fields, how_to_answer, write
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, NOTIFIED, at, done, finished, opened

SHIPPED = Path(__file__).parents[3] / "definitions"


def test_the_message_says_what_by_when_and_what_follows(office: Workspace) -> None:
    opened(office)
    chase_due_items(office, now=at(12))
    notice = next(
        notice
        for notice in office.store.notices()
        if notice.recipient == "agency:police:contact" and notice.item != "request/police"
    )
    assert notice.subject == "[Toyshire SCP] TR-2026-001: reply by Thu 14 May 2026"
    assert notice.text == (
        "TR-2026-001: Agency return, owed by Police, is due on Thu 14 May 2026 (2 working days left).\n"
        "If nothing has arrived by Fri 15 May 2026, we write again, and to Police (senior sign-off) too. "
        "Ask Business support officer, 01632 960100. Answer: {link TR-2026-001/agency_return/police/1}\n"
    )


def test_a_request_for_what_is_overdue_already_says_so(office: Workspace) -> None:
    """The case is opened after the day by which the agency was to answer."""
    late = (
        "Its day, Thu 14 May 2026, had passed before this letter went: that was 3 working days ago. Please say by when"
    )
    for day, words in ((19, f"\n\n{late} you can answer.\n"), (14, "")):
        open_case(office, "review", c.Open({"notified": NOTIFIED}, ("police",)), by=BY, now=at(day))
        *_, notice = (notice for notice in office.store.notices() if notice.item == "request/police")
        assert notice.text.endswith(words)
        assert ("had passed" in notice.text) == bool(words)
        assert "overdue" not in notice.text, "nobody had asked for it"


def test_who_reads_returns_is_told_whose(office: Workspace) -> None:
    """Somebody owes the same step for several agencies; the agency itself is not told its own name twice."""
    context = office.context(find(office, opened(office)), at(12))
    context.plan.definition.messages["reminder"] = office.library.messages["reminder"].model.model_copy(
        update={"text": "{step}"}
    )
    assert write(context, "read/police", "reminder")[1] == "Read the return · Police\n"
    assert write(context, "agency_return/police", "reminder")[1] == "Agency return\n"


def test_who_has_answered_once_is_offered_no_nil_return(office: Workspace) -> None:
    reference = opened(office)
    process = office.context(find(office, reference), at(12)).plan.definition.step_forms["agency_return"]
    kind = process["kind"]
    process["kind"] = kind.model_copy(update={"options": {"summary": "A summary", "nil_return": "Nothing is known"}})
    first = fields(office.context(find(office, reference), at(12)), "agency_return/police")["nil_return"]
    done(office, reference, "agency_return/police", at(12), kind="summary", quality_assured="yes")
    done(office, reference, "read/police", at(12), enough="no")
    again = fields(office.context(find(office, reference), at(13)), "agency_return/police")["nil_return"]
    process["kind"] = kind
    assert first.startswith("Nothing in your records?")
    assert again == ""


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("Hello,\n\nThe nearest time limit of the {called} is: {limit}.\n\nBye", "Hello,\n\nBye\n"),
        ("The nearest time limit of the {called} is: {limit}. Bye", "Bye\n"),
        ("It stands still. Time limits go on; the nearest is: {limit}.\n\nBye", "It stands still.\n\nBye\n"),
    ],
)
def test_where_no_time_limit_runs_no_sentence_is_about_the_nearest(office: Workspace, template: str, told: str) -> None:
    reference = opened(office)
    finished(office, reference)
    context = office.context(find(office, reference), at(21))
    known = context.plan.definition.messages["reminder"]
    context.plan.definition.messages["reminder"] = known.model_copy(update={"text": template})
    try:
        assert write(context, "meeting", "reminder")[1] == told
    finally:
        context.plan.definition.messages["reminder"] = known


def test_a_letter_about_a_time_limit_leads_to_the_page_that_meets_it(office: Workspace) -> None:
    reference = opened(office)
    waiting = office.context(find(office, reference), at(12))
    assert how_to_answer(waiting, "submission") == {}, "what would meet it is not owed yet"
    for agency in ("police", "health"):
        done(office, reference, f"agency_return/{agency}", at(12))
        done(office, reference, f"read/{agency}", at(12))
    done(office, reference, "meeting", at(19), held_on="2026-05-19", learning="no")
    context = office.context(find(office, reference), at(20))
    assert how_to_answer(context, "submission")["link"] == "{link " + reference + "/submit/1}"


def test_nobody_reads_that_they_are_written_to_themselves(office: Workspace) -> None:
    """The next message goes to whoever reads this one too: to them that is us writing again."""
    row = office.store.load(opened(office))
    assert row is not None
    context = office.context(row, at(13))
    _, text = write(context, "agency_return/police", "reminder")
    assert "we write again, and to Police (senior sign-off) too." in text
    _, text = write(context, "agency_return/police", "reminder", ("agency:police:contact", "agency:police:senior"))
    assert "If nothing has arrived by Fri 15 May 2026, we write again. " in text


def test_whoever_owes_what_is_on_hold_does_not_read_that_they_are_chased(office: Workspace, tmp_path: Path) -> None:
    """Where another post owes it from now on, both are told, also while it stands still."""
    folder = shutil.copytree(office.folder, tmp_path / "definitions")
    review = folder / "processes" / "review.yaml"
    holds = "holds: {court: {title: A court, stops: meeting, review: 30 days}}\nsteps:"
    review.write_text(review.read_text(encoding="utf-8").replace("steps:", holds, 1), encoding="utf-8")
    shutil.copy(SHIPPED / "messages" / "hold_review.yaml", folder / "messages")
    held = Workspace(office.store, folder)
    reference = opened(held)
    for agency in ("police", "health"):
        done(held, reference, f"agency_return/{agency}", at(6))
        done(held, reference, f"read/{agency}", at(6))
    carry_out(held, reference, c.Hold("court", "a trial"), by=BY, now=at(7))
    carry_out(held, reference, c.Delegate("chair", "business_manager", None, "is away"), by=BY, now=at(7))
    [told] = [notice.text for notice in held.store.notices(reference) if notice.message == "now_owed"]
    assert "It is on hold at present, and nothing is wanted yet." in told
    assert "If nothing has arrived" not in told
    carry_out(held, reference, c.Release("court", "it is over"), by=BY, now=at(8))
    context = held.context(find(held, reference), at(8))
    assert "on hold" not in write(context, "meeting", "reminder")[1]


def test_a_message_does_not_count_itself(office: Workspace) -> None:
    """What a ladder sends has been counted as it is written; what does not come from it has not."""
    reference = opened(office)
    template = office.library.messages["reminder"].model.model_copy(update={"text": "{chased} {sent_before}"})
    texts = []
    for day in (12, 15):
        chase_due_items(office, now=at(day))
        row = office.store.load(reference)
        assert row is not None
        context = office.context(row, at(day))
        context.plan.definition.messages["reminder"] = template
        texts.append(write(context, "agency_return/police", "reminder")[1])
    assert texts == [
        "Asked on Tue 5 May 2026. No message went out about it before. 0\n",
        "Asked on Tue 5 May 2026. 1 message went out about it before: Tue 12 May 2026. 1\n",
    ]


def test_what_no_request_asked_for_is_open_since_its_day() -> None:
    state = Item(Status.OPEN, opened=date(2026, 5, 5), sent=1, chased=(date(2026, 5, 7),))
    said = " 1 message went out about it before: Thu 7 May 2026."
    assert chased_words(state, None) == f"Open since Tue 5 May 2026.{said}"
    assert chased_words(state, date(2026, 5, 6)) == f"Asked on Wed 6 May 2026.{said}"
