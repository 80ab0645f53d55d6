"""What kinds of change a manager makes in a case by hand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ChangeKind(StrEnum):
    """The word with which a choice begins."""

    TOGETHER = "Record together as done"
    START = "Start a step"
    HOLD = "Hold"
    KEEP = "Looked at, and stays held"
    RELEASE = "Release"
    SET = "Set a date"
    CORRECT = "Correct a day"
    CALENDAR = "Count in another calendar"
    REOPEN = "Owe again"
    EXTEND = "Give more time"
    SKIP = "Go on without"
    RESPOND = "Record an answer to a reminder"
    ADD = "Add an agency"
    PUT_ON = "Put on a list"
    TAKE_OFF = "Take off a list"
    REPLACE = "Replace on a list"
    TAKE_OUT = "Withdraw"
    JOIN = "Meet here too the time limits of"
    DELEGATE = "Delegate"
    TAKE_BACK = "Take back"
    EXPLAIN = "Say why it is late"
    END = "End the case"


Choices = Mapping[str, tuple[ChangeKind, str]]
"""What is meant by each choice: its kind, and the name of the step, hold, date, item or ending."""
