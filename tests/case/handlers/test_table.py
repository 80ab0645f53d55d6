"""Every command has a handler."""

import typing

from reviewflow.case.handlers.table import HANDLERS
from reviewflow.case.model import commands as c


def test_each_command_has_its_handler_and_nothing_else_has_one() -> None:
    assert set(HANDLERS) == set(typing.get_args(c.Command))


def test_what_a_case_that_is_over_still_takes() -> None:
    """Facts may yet be put right; letters and answers come late. No work is done in it.

    `Skip` is for the case that its ending was to open, and for nothing else.
    """
    still_taken = {command.__name__ for command, handler in HANDLERS.items() if handler.when_over}
    assert still_taken == {
        "Complete",
        "Reopen",
        "CorrectDate",
        "Recount",
        "RecordStarted",
        "RecordUndelivered",
        "RecordDelayed",
        "RecordRecovered",
        "RecordLeft",
        "AskAnew",
        "Chase",
        "RecordBreach",
        "LookAhead",
        "PlaceLegalHold",
        "LiftLegalHold",
        "KeepUntil",
        "EraseContact",
        "RecordLinkedFrom",
        "RecordOver",
        "RecordUnlinkedFrom",
        "RecordTreated",
        "RecordVerified",
        "Skip",
    }
