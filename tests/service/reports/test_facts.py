"""What was owed, as the figures count it: silence that is no answer, and work that passes to the next."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.reports.facts import facts
from reviewflow.service.reports.sheets import ReportScope, View, sheets
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.asked import asking_office
from tests.service.builders import BY, at


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    made = asking_office(sqlite_url, tmp_path)
    yield made
    made.store.close()


def test_each_who_was_asked_owed_it_and_silence_is_no_return_in_time(office: Workspace) -> None:
    opening = c.Open({"notified": date(2026, 5, 5)}, ())
    reference = open_case(office, "asked", opening, by=BY, now=at(5)).case.reference
    carry_out(office, reference, c.RecordLeft("find"), by=BY, now=at(5))
    chase_due_items(office, now=at(11))
    carry_out(office, reference, c.RecordLeft("find"), by=BY, now=at(11))
    chase_due_items(office, now=at(18))
    [case] = facts(office)
    assert [(owed.owner, owed.due, owed.ended) for owed in case.owed] == [
        ("role:chair", date(2026, 5, 8), Status.SKIPPED),
        ("role:business_manager", date(2026, 5, 14), Status.SKIPPED),
    ]


ENDING = """
language: 1
process: ending
version: 1
title: Ended, and opened again
reference: END-{year}-{number}
opening:
  dates: {notified: When it was notified}
endings:
  none: {title: Nothing follows, when: {decide.goes_on: no}}
steps:
  decide:
    title: Decide
    owner: chair
    due: 2 working days after notified
    form: {goes_on: {type: yes_no, label: Does it go on}}
  log: {title: Log it, owner: business_support, due: 1 working day after notified}
"""


def test_what_falls_with_an_ending_is_owed_no_more_and_again_when_the_case_goes_on(office: Workspace) -> None:
    (office.folder / "processes" / "ending.yaml").write_text(ENDING)
    opening = c.Open({"notified": date(2026, 5, 5)}, ())
    reference = open_case(office, "ending", opening, by=BY, now=at(5)).case.reference
    seen = []
    for command, day in (
        (c.Complete("decide", {"goes_on": "no"}), 7),
        (c.Reopen("decide", "it was another case"), 8),
    ):
        carry_out(office, reference, command, by=BY, now=at(day))
        [case] = facts(office)
        seen += [(case.closed, owed.ended, owed.done) for owed in case.owed if owed.item == "log"]
    fell = (Status.WITHDRAWN, date(2026, 5, 7))
    assert seen == [(date(2026, 5, 7), *fell), (None, *fell), (None, Status.OPEN, None)]


WAITING = """
language: 1
process: waiting
version: 1
title: Waiting for the Panel
reference: WAI-{year}-{number}
outside: {panel: The national Panel}
opening:
  dates: {notified: When it was notified}
steps:
  answer:
    title: The Panel answers
    owner: business_support
    waits_for: panel
    due: 2 working days after notified
  file: {title: File the answer, after: answer, owner: business_support, due: 1 working day after answer}
"""


def test_what_a_body_outside_answers_after_the_day_is_late_in_no_figure(office: Workspace) -> None:
    (office.folder / "processes" / "waiting.yaml").write_text(WAITING)
    for day in (5, 6):
        opening = c.Open({"notified": date(2026, 5, day)}, ())
        reference = open_case(office, "waiting", opening, by=BY, now=at(day)).case.reference
    carry_out(office, reference, c.Complete("answer", {}), by=BY, now=at(18))
    view = View(date(2026, 5, 20), office.calendars, office.partnership)
    shown = {sheet.name: sheet for sheet in sheets(facts(office), ReportScope(), view)}
    assert shown["outside"].rows == (("The national Panel", 1, 1, 1, 8, 8, 0),)
    [(_, _, title, times, median, _, in_time, late)] = [row for row in shown["steps"].rows if "Panel" in str(row[2])]
    assert (title, times, median, in_time, late) == ("The Panel answers", 1, 8, None, None)
    assert [row[6] for row in shown["cases"].rows] == [0, 1]
    assert "outside" not in {sheet.name for sheet in sheets(facts(office), ReportScope(agency="police"), view)}


SENT_BACK = """
language: 1
process: sent_back
version: 1
title: Sent back
reference: SNT-{year}-{number}
opening:
  dates: {notified: When it was notified}
steps:
  book: {title: Book, owner: chair, due: 1 working day after notified, ladder: none}
  paper: {title: Write it, after: book, owner: business_manager, due: 2 working days after notified, ladder: none}
  meet: {title: Meet, after: paper, owner: chair, due: 20 working days after notified, ladder: none}
"""


def test_what_waits_again_is_overdue_no_more(office: Workspace) -> None:
    """It was late and not done when what stands before it was sent back; it is owed again once that is done."""
    (office.folder / "processes" / "sent_back.yaml").write_text(SENT_BACK)
    opening = c.Open({"notified": date(2026, 5, 5)}, ())
    reference = open_case(office, "sent_back", opening, by=BY, now=at(5)).case.reference
    carry_out(office, reference, c.Complete("book", {}), by=BY, now=at(6))
    carry_out(office, reference, c.Reopen("book", "the room is gone"), by=BY, now=at(12))
    assert [(owed.item, owed.round, owed.ended) for case in facts(office) for owed in case.owed] == [
        ("book", 1, Status.DONE),
        ("paper", 1, Status.WITHDRAWN),
        ("book", 2, Status.OPEN),
    ]
    carry_out(office, reference, c.Complete("book", {}), by=BY, now=at(13))
    assert [owed.ended for case in facts(office) for owed in case.owed if owed.item == "paper"] == [
        Status.WITHDRAWN,
        Status.OPEN,
    ]
