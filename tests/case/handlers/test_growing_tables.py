"""Lines of a table that grows: what was let in when a line was entered is not asked for again when it is put right."""

from typing import Any

import pytest

from reviewflow.case.advance import work_out
from reviewflow.case.apply import apply
from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case
from tests.case import stage
from tests.case.handlers.builders import NOW, in_process, opened

COLUMNS = {
    "came": {"type": "date", "label": "On which day"},
    "lead": {"type": "agency", "label": "Who leads"},
    "what": {"type": "note", "label": "What came", "required": "no"},
}
LINES = {"type": "rows", "label": "What came", "grows": "yes", "columns": COLUMNS}
STEPS: dict[str, Any] = {
    "log": {"title": "Enter what comes", "owner": "chair", "form": {"lines": LINES}},
    "reply": {"title": "Reply", "for_each": "log.lines", "owner": "each.lead", "due": "2 working days after each.came"},
}
TELEPHONE, OFFICE = "ring 07700 900123", "it is the number of the office"


def _after(here: stage.Stage, case: Case, command: c.Command, vouched: str = "") -> Case:
    for event in work_out(here.plan, case, command, now=NOW, calendars=here.calendars, vouched=vouched).events:
        case = apply(case, event)
    return case


def _added(here: stage.Stage, what: str, vouched: str = "") -> Case:
    line = {"came": "2026-05-05", "lead": "police", "what": what}
    return _after(here, opened(here), c.Complete("log", {"more_to_come": "yes", "lines": [line]}), vouched)


def test_a_text_of_a_line_that_names_an_agency_may_be_vouched_for() -> None:
    here = in_process(steps=STEPS)
    with pytest.raises(Refused, match="telephone number"):
        _added(here, TELEPHONE)
    assert _added(here, TELEPHONE, OFFICE).items["log"].answers["lines"] == [
        {"came": "2026-05-05", "lead": "police", "what": TELEPHONE}
    ]


def test_what_was_vouched_for_stays_when_another_column_is_put_right() -> None:
    here = in_process(steps=STEPS)
    case = _added(here, TELEPHONE, OFFICE)
    case = _after(here, case, c.ChangeLine("log.lines", 1, {"came": "2026-05-06"}, "it came later"))
    assert case.items["log"].answers["lines"] == [{"came": "2026-05-06", "lead": "police", "what": TELEPHONE}]


def test_a_text_that_is_put_right_is_screened_anew() -> None:
    here = in_process(steps=STEPS)
    put_right = c.ChangeLine("log.lines", 1, {"what": TELEPHONE}, "it said less")
    with pytest.raises(Refused, match="telephone number"):
        _after(here, _added(here, "a letter"), put_right)
    case = _after(here, _added(here, "a letter"), put_right, OFFICE)
    assert case.items["log"].answers["lines"] == [{"came": "2026-05-05", "lead": "police", "what": TELEPHONE}]


def test_what_was_done_for_a_line_that_was_withdrawn_is_not_said_to_be_undone() -> None:
    here = in_process(steps=STEPS)
    case = _added(here, "a letter")
    for command in (
        c.Complete("log", {"more_to_come": "yes", "lines": [{"came": "2026-05-06", "lead": "police"}]}),
        c.Complete("reply/1"),
        c.WithdrawLine("log.lines", 1, "it is the other again"),
    ):
        case = _after(here, case, command)
    with pytest.raises(Refused, match='"reply/1" was for an entry that is on its list no more, so it cannot be reop'):
        _after(here, case, c.Reopen("reply/1", "look again"))
    with pytest.raises(Refused, match='"reply/2" has not been done'):
        _after(here, case, c.Reopen("reply/2", "look again"))
