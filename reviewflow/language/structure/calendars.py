"""Whose days are counted: the nearest calendar that is stated, and where it is stated."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from reviewflow.calendar import OFFICE
from reviewflow.language.model import NationalLimit, Process

CHOSEN = "chosen"
"""What a rule names as its calendar that counts in the one chosen when the case was opened."""


class Stated(StrEnum):
    """Where the calendar is stated that counts, in words that end a sentence."""

    BY_ITSELF = "as it says itself"
    BY_THE_PROCESS = "as the process says"
    BY_THE_GUIDANCE = "as the guidance says"
    FOR_THE_CASE = "as was chosen for this case"
    NOWHERE = "because no other is stated"


class WhoseDays(NamedTuple):
    """The name of a calendar and where it is stated."""

    calendar: str
    stated: Stated


def whose_days(process: Process, national: Mapping[str, NationalLimit], name: str) -> WhoseDays:
    """In whose days a date, a step or a limit counts: its own calendar, else the process's, else the office's.

    That of a national limit stands in its edition of the guidance.
    """
    limit = process.limits.get(name)
    if limit is not None and limit.national is not None:
        return WhoseDays(national[limit.national].calendar, Stated.BY_THE_GUIDANCE)
    owed = process.steps.get(name) or limit
    if owed is not None and owed.calendar is not None:
        return WhoseDays(owed.calendar, Stated.BY_ITSELF)
    if process.calendar is not None:
        return WhoseDays(process.calendar, Stated.BY_THE_PROCESS)
    return WhoseDays(OFFICE, Stated.NOWHERE)
