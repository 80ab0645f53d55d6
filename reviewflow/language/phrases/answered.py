"""Lengths of time that an answer gives: as many months after decision as plan.months says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from reviewflow.calendar import Unit
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.spans import UNITS


@dataclass(frozen=True, slots=True)
class AsMany:
    """So many working days, days, weeks or months as the question `field` in the form of `step` is answered with.

    Of the step `each` it is the column `field` in the line of the table for which something is done.
    """

    unit: Unit
    step: str
    field: str

    def __str__(self) -> str:
        return f"{self.step}.{self.field}"


class AnsweredLength(NamedTuple):
    """A length that an answer gives, whether it is counted backwards, and the name of what it counts from."""

    length: AsMany
    before: bool
    anchor: str


EXAMPLE = "as many months after decision as plan.months says"
_NAME = "[a-z][a-z0-9_]*"
_SHAPE = re.compile(
    r"as many (?P<unit>\S+(?: \S+)?) (?P<way>after|before) (?P<anchor>\S+) "
    rf"as (?P<step>{_NAME})\.(?P<field>{_NAME}) says",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    rf"\bas many\b|\bthe number of\b|^(?:the )?{_NAME}\.{_NAME} \w+(?: days)? (?:after|before) ", re.IGNORECASE
)


def is_asked(words: str) -> bool:
    """Whether a phrase speaks of a length that an answer gives, rightly or not."""
    return _LOOSE.search(words) is not None


def parse_asked(words: str) -> AnsweredLength:
    """'as many months after decision as plan.months says' -> Asked; raises PhraseError PD415."""
    match = _SHAPE.fullmatch(words)
    unit = UNITS.get(match["unit"].lower().removesuffix("s")) if match else None
    if match is None or unit is None or unit is Unit.HOURS:
        raise PhraseError(
            "PD415",
            f'"{words}" does not say how long. Write: {EXAMPLE}. Units are: working days, days, weeks, months.',
        )
    return AnsweredLength(
        AsMany(unit, match["step"], match["field"]), match["way"].lower() == "before", match["anchor"]
    )
