"""What a letter says is true on the day on which it leaves, whenever it was written."""

import csv
import html
import shutil
from pathlib import Path
from typing import Any

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import failed, next_letter, sent
from reviewflow.service.messages import notices
from reviewflow.service.messages.promised import promised
from reviewflow.service.messages.text import write
from reviewflow.service.records.audit import audit
from reviewflow.service.records.audit_heads import seal
from reviewflow.service.records.disclosure.writing import disclose
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, opened
from tests.service.conftest import TOY
from tests.service.delivery.letters import POLICE, post, to_police

RETURN = "agency_return/police"


@pytest.fixture
def office(office: Workspace, tmp_path: Path) -> Workspace:
    """The toy, in which the request tells of the return, the escalation of what went before, and there are thanks."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process, ladders = folder / "processes/review.yaml", folder / "ladders.yaml"
    process.write_text(process.read_text().replace("send: reminder\n", "send: reminder\n    about: agency_return\n"))
    ladders.write_text(ladders.read_text().replace("agencies return\n", "agencies return\n    thanks: thanks\n"))
    overdue = folder / "messages/overdue.yaml"
    overdue.write_text(overdue.read_text().replace("messages have gone before.", "messages have gone before. {chased}"))
    thanks = (folder / "messages/reminder.yaml").read_text().replace("message: reminder", "message: thanks")
    (folder / "messages/thanks.yaml").write_text(thanks)
    return Workspace(office.store, folder)


def said(office: Workspace, letter: OutgoingLetter) -> str:
    return "\n".join(compose(office.partnership, letter))


def test_a_request_that_waited_names_no_day_that_has_passed(office: Workspace) -> None:
    """The mail was down for a week: the day on which we wrote again lies behind, and the day is Tuesday's no more."""
    opened(office)
    [written] = [notice.text for notice in office.store.notices() if notice.recipient == "agency:police:contact"]
    assert "is due on Thu 14 May 2026 (7 working days left).\nIf nothing has arrived by Tue 12 May 2026" in written
    chase_due_items(office, now=at(12))
    chase_due_items(office, now=at(13))
    [letter] = to_police(post(office, at(13)))
    text = said(office, letter)
    assert "is due on Thu 14 May 2026 (1 working day left).\nIf nothing has arrived by Fri 15 May 2026" in text
    assert "Tue 12 May" not in text
    assert "Days are counted from" not in text


def test_a_request_that_waited_has_the_new_day(office: Workspace) -> None:
    """More time was agreed by telephone before the request left, on the same day."""
    reference = opened(office)
    carry_out(office, reference, c.Extend(RETURN, at(21).date(), "chair", "agreed by telephone"), by=BY, now=at(5, 11))
    [letter] = to_police(post(office, at(5, 12)))
    assert "reply by Thu 21 May 2026" in said(office, letter)
    assert "14 May" not in said(office, letter)


def test_a_reminder_that_never_left_is_not_counted(office: Workspace) -> None:
    """Two reminders were overtaken while the mail was down; and the request left when the mail was back."""
    opened(office)
    chase_due_items(office, now=at(12))
    post(office, at(13))
    chase_due_items(office, now=at(15))
    [overdue] = [letter for letter in post(office, at(15)) if letter.address == POLICE]
    assert "0 messages have gone before. Asked on Wed 13 May 2026. No message went out about it before." in said(
        office, overdue
    )
    chase_due_items(office, now=at(19))
    [again] = [letter for letter in post(office, at(19)) if letter.address == POLICE]
    assert "1 messages have gone before. Asked on Wed 13 May 2026. 1 message went out about it before: Fri 15" in said(
        office, again
    )


def test_a_letter_that_is_tried_again_on_another_day_counts_anew(office: Workspace) -> None:
    opened(office)
    first = next(letter for letter in iter(lambda: _next(office), None) if letter.address == POLICE)
    assert "7 working days left" in said(office, first)
    failed(office, first, now=at(5), detail="451", next_try=at(6))
    [again] = to_police(post(office, at(6)))
    assert "6 working days left" in said(office, again)
    assert again.replaces == ("TR-2026-001/1.1",)


def _next(office: Workspace) -> OutgoingLetter | None:
    ready = next_letter(office, now=at(5))
    if ready is not None and ready.address != POLICE:
        sent(office, ready, now=at(5), detail="accepted")
    return ready


@pytest.mark.parametrize("day", [12, 13])
def test_what_is_no_more_owed_keeps_the_words_that_were_written(office: Workspace, day: int) -> None:
    """Thanks, and what tells of the past, are not written again."""
    reference = opened(office)
    post(office, at(5))
    done(office, reference, RETURN, at(12))
    written = {n.number: n.text for n in office.store.notices(reference) if step_of(n.item) == "agency_return"}
    post(office, at(day))
    after = {n.number: n.text for n in office.store.notices(reference) if step_of(n.item) == "agency_return"}
    assert after == written


def test_the_file_of_a_case_has_the_words_that_left_and_beside_them_the_first(
    office: Workspace, tmp_path: Path
) -> None:
    """A week in which the mail was down: the family's solicitor asks for what the police were told, word for word."""
    reference = opened(office)
    [first] = [notice for notice in office.store.notices() if notice.recipient == "agency:police:contact"]
    chase_due_items(office, now=at(13))
    [letter] = to_police(post(office, at(13)))
    [left] = [notice for notice in letter.notices if notice.id == first.id]
    [attempt] = office.store.attempts(first.id)
    assert (attempt.outcome, attempt.text) == ("sent", left.text)
    assert left.text != first.text
    disclose(office, reference, tmp_path / "file", by=BY, now=at(14))
    with (tmp_path / "file/messages.csv").open(encoding="utf-8-sig", newline="") as file:
        [line] = [line for line in csv.DictReader(file) if line["Number"] == first.number]
    assert "If nothing has arrived by Fri 15 May 2026" in line["Text"]
    assert "If nothing has arrived by Tue 12 May 2026" in line["First written as"]
    page = html.unescape((tmp_path / "file/messages.html").read_text())
    assert (
        page.index("by Fri 15 May 2026") < page.index("These were its first words:") < page.index("by Tue 12 May 2026")
    )


def test_what_left_as_it_was_written_is_kept_once(office: Workspace) -> None:
    opened(office)
    post(office, at(5, 10))
    kept = [attempt for notice in office.store.notices() for attempt in office.store.attempts(notice.id)]
    assert {attempt.text for attempt in kept} == {None}


def test_nobody_changes_the_words_that_left_unseen(office: Workspace) -> None:
    opened(office)
    post(office, at(13))
    seal(office, now=at(14))
    assert audit(office)[1] == []
    office.store.driver.commit([("UPDATE attempts SET text = 'We never wrote to you.' WHERE text IS NOT NULL", ())])
    assert "of the message" in " ".join(finding.words for finding in audit(office)[1])


def test_of_what_one_command_wrote_to_many_only_what_leaves_is_put_together(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight agencies are asked at once, each in a letter of its own: the words of the others are not made for it."""
    opened(office)
    one = next(notice for notice in office.store.notices() if notice.recipient == "agency:police:contact")
    row = office.store.load(one.reference)
    assert row is not None
    context = office.context(row, at(5))
    events = [e.decode(event.kind, event.body) for event in office.store.events(one.reference)]
    all_of_it, put_together = list(promised(context, events)), list[str]()
    assert len({notice.item for notice in all_of_it}) > 1

    def noted(context: CaseContext, item: str, *rest: Any, **named: Any) -> tuple[str, str]:
        put_together.append(item)
        return write(context, item, *rest, **named)

    monkeypatch.setattr(notices, "write", noted)
    for notice in all_of_it:
        about = notice.item, notice.message
        same = [other for other in all_of_it if (other.item, other.message) == about]
        assert list(promised(context, events, about)) == same
        assert put_together == [notice.item]
        put_together.clear()
