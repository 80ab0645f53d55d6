"""Comparisons in conditions: at least 3, after 2026-04-01, on or before notified; the difference of a.x and b.x."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from reviewflow.language.phrases.days import parse_day
from reviewflow.language.phrases.due import Anchor, parse_anchor
from reviewflow.language.phrases.error import PhraseError


class How(StrEnum):
    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    AFTER = "after"
    BEFORE = "before"
    ON_OR_AFTER = "on or after"
    ON_OR_BEFORE = "on or before"
    ON = "on"


OF_NUMBERS = (How.AT_LEAST, How.AT_MOST, How.MORE_THAN, How.LESS_THAN)
_HOW = "|".join(sorted(How, key=len, reverse=True))
_COMPARISON = re.compile(rf"({_HOW}) (\S.*)")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,4})?")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an answer compares with a number, a written day, or a date of the case."""

    how: How
    than: float | Anchor

    @property
    def relative(self) -> str:
        """The date of the case that a day is compared with; '' when a day or a number is written."""
        return self.than.name if isinstance(self.than, Anchor) else ""

    def holds(self, answer: float | date, than: float | date) -> bool:
        """Whether an answer compares so with a number or a day of its own kind."""
        less, same = answer < than, answer == than  # type: ignore[operator]
        match self.how:
            case How.AT_LEAST | How.ON_OR_AFTER:
                return not less
            case How.AT_MOST | How.ON_OR_BEFORE:
                return less or same
            case How.MORE_THAN | How.AFTER:
                return not less and not same
            case How.LESS_THAN | How.BEFORE:
                return less
            case How.ON:
                return same


@lru_cache(maxsize=1024)
def comparison_of(text: str) -> Comparison | None:
    """'at least 3' -> Comparison; None for a plain answer; raises PhraseError PD363 when it only begins like one."""
    match = _COMPARISON.fullmatch(" ".join(text.split()))
    if not match:
        return None
    how, than = How(match[1]), match[2]
    if how in OF_NUMBERS:
        if not _NUMBER.fullmatch(than):
            raise PhraseError("PD363", f'"{text}" does not compare with a number in figures. Write: {how} 3.')
        return Comparison(how, float(than))
    try:
        anchor = parse_anchor(than)
    except PhraseError as error:
        raise PhraseError("PD363", f'"{text}" names no day. Write: {how} 2026-04-01, or: {how} notified.') from error
    if anchor.field is not None:
        raise PhraseError("PD363", f'"{text}" names an answer. Compare with a date of the case, or a day: 2026-04-01.')
    return Comparison(how, anchor)


def answer_matches(value: str, answer: object, dates: Mapping[str, date]) -> bool:
    """Whether an answer is this value, or compares with it as it says; of several answers their number is compared.

    `dates` are those of the case; a day that is not known yet compares with nothing. A text compares with nothing.
    """
    comparison = comparison_of(value)
    if comparison is None:
        several = answer if isinstance(answer, Collection) and not isinstance(answer, str) else (answer,)
        return any(isinstance(each, str | int | float) and str(each) == value for each in several)
    than = comparison.than
    if isinstance(than, Anchor):
        day, other = _day(answer), than.day or dates.get(than.name)
        return day is not None and other is not None and comparison.holds(day, other)
    number = _number(answer)
    return number is not None and comparison.holds(number, than)


def compares_by_itself(answer: str) -> bool:
    """Whether it is a number or a day: what else was chosen is counted."""
    return _number(answer) is not None or _day(answer) is not None


def _day(answer: object) -> date | None:
    try:
        return parse_day(answer) if isinstance(answer, str) else None
    except PhraseError:
        return None


def _number(answer: object) -> float | None:
    if isinstance(answer, Collection) and not isinstance(answer, str):
        return sum(1 for each in answer if each != {})  # a line that was withdrawn is empty
    return float(str(answer)) if _NUMBER.fullmatch(str(answer)) else None


class Apart(StrEnum):
    """What is counted between two answers."""

    DIFFERENCE = "the difference of"
    """Of two numbers, whichever is larger: never below nothing."""
    EXCESS = "the excess of"
    """By how much the first number lies above the second; below nothing where it lies below."""
    DAYS = "the days from"
    """The first day is not counted, and the last one is; below nothing where the last is the earlier one."""
    WORKING_DAYS = "the working days from"


BEFORE_THE_OTHER = {Apart.DIFFERENCE: "and", Apart.EXCESS: "over", Apart.DAYS: "to", Apart.WORKING_DAYS: "to"}
"""The word between the two."""
OF_DAYS = frozenset({Apart.DAYS, Apart.WORKING_DAYS})
_NAME = "[a-z][a-z0-9_]*"
_END = rf"{_NAME}(?:\.{_NAME})?"
_ANSWER = rf"{_NAME}\.{_NAME}"
APART_PATTERN = "|".join(
    rf"{how} (?:{_ANSWER} {word} {_END}|{_END} {word} {_ANSWER})"
    if how in OF_DAYS
    else rf"{how} {_ANSWER} {word} {_ANSWER}"
    for how, word in BEFORE_THE_OTHER.items()
)
_APART = re.compile(rf"(?P<how>{'|'.join(Apart)}) (?P<one>{_END}) (?P<word>\w+) (?P<other>{_END})")
_NEARLY = re.compile(r"the (?:number of )?(?:working )?(?:days?|difference|excess)\b.*")


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far lies between two numbers or two days, each an answer; a day may be a date of the case."""

    how: Apart
    one: Anchor
    other: Anchor

    def __str__(self) -> str:
        return self.in_words(str)

    def in_words(self, name: Callable[[Anchor], str]) -> str:
        """'the working days from the first to the second', each by the name that it has for a reader."""
        return f"{self.how} {name(self.one)} {BEFORE_THE_OTHER[self.how]} {name(self.other)}"

    @property
    def ends(self) -> tuple[Anchor, Anchor]:
        return self.one, self.other

    @property
    def answers(self) -> tuple[Anchor, ...]:
        """Those of the two that are answers, and no dates of the case."""
        return tuple(end for end in self.ends if end.field is not None)


def how_far(text: str) -> HowFar | None:
    """'the difference of a.x and b.y' -> HowFar; None for anything else; raises PhraseError PD456.

    At least one of the two is an answer: what lies between two dates of a case is known when it is opened.
    """
    words = " ".join(text.split())
    if not _NEARLY.fullmatch(words):
        return None
    match = _APART.fullmatch(words)
    if match is None or match["word"] != BEFORE_THE_OTHER[Apart(match["how"])]:
        raise PhraseError("PD456", f'"{text}" does not say what is compared. {_WAYS}')
    found = HowFar(Apart(match["how"]), _end(match["one"]), _end(match["other"]))
    if any(end.name == "each" for end in found.ends):
        raise PhraseError("PD456", f'"{text}" names the line of a table; two answers of steps are compared. {_WAYS}')
    if not found.answers or (found.how not in OF_DAYS and len(found.answers) < len(found.ends)):
        raise PhraseError("PD456", f'"{text}" names no answer. Write the step, a dot, and the field. {_WAYS}')
    return found


_WAYS = (
    "Write: the difference of estimate.cost and final.cost, the excess of final.cost over estimate.cost, "
    "the days from received to visit.seen_on, or: the working days from received to visit.seen_on."
)


def _end(text: str) -> Anchor:
    name, _, field = text.partition(".")
    return Anchor(name, field or None)
