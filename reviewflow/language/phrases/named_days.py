"""Days that are named by the week or the month: the first Wednesday after X, the last working day of the month of X."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from reviewflow.calendar import Month, NamedDay
from reviewflow.calendar.named_days import DAY, LAST, MEETING, NUMBERS, WEEKDAYS, WORKING_DAY
from reviewflow.language.phrases.error import PhraseError


class Named(NamedTuple):
    """A day that is named, on which side of what it is counted from it lies, and the name of that."""

    day: NamedDay
    before: bool
    anchor: str


SHAPES = (
    "the first Wednesday after decision, the last Friday before publication, the last working day of the month of "
    "decision, the second Tuesday of the month after decision, or, of what comes each month: the next second Thursday "
    "of a month after decision"
)
"""What may be written, for whoever wrote something else."""
_WEEKDAY = "|".join(WEEKDAYS)
_SHAPE = re.compile(
    rf"the (?P<next>next )?(?P<number>{'|'.join(NUMBERS)}|last) (?P<kind>{_WEEKDAY}|{WORKING_DAY}|{DAY})"
    r"(?P<month> of (?:the|a) month)? (?P<way>after|before|of) (?P<anchor>\S+)",
    re.IGNORECASE,
)
_LOOSE = re.compile(rf"\b(?:{_WEEKDAY})s?\b|\bof (?:the|a|each|every|that|next|this) month\b", re.IGNORECASE)
_SHORT = re.compile(
    rf"(?:on )?(?:the )?(?:next |first |1st |last )?(?P<kind>{_WEEKDAY}) (?P<way>after|following|before) "
    r"(?:the )?(?P<anchor>\S+)",
    re.IGNORECASE,
)


_MEETING = re.compile(
    r"the (?P<number>next|last) meeting of (?P<group>[a-z][a-z0-9_]*) (?P<way>after|before) (?P<anchor>\S+)",
    re.IGNORECASE,
)
_MISSPELT_MEETING = re.compile(r"(?<=\b(?:next|last) )m\w*t\w*(?= of (?!the\b|an?\b|month))", re.IGNORECASE)
_LIKE_A_MEETING = re.compile(r"\bmeeting of\b|\b(?:next|first|last|following) \w+ meeting\b", re.IGNORECASE)
MEETINGS = "the next meeting of review_group after decision, or: the last meeting of review_group before publication"


def names_a_meeting(words: str) -> bool:
    """Whether a phrase speaks of a meeting of a group, rightly or not."""
    return _LIKE_A_MEETING.search(_MISSPELT_MEETING.sub("meeting", words)) is not None


def parse_meeting(words: str) -> Named:
    """'the next meeting of review_group after decision' -> Named; raises PhraseError PD436 with what may be written."""
    match = _MEETING.fullmatch(words)
    if match is None and (counted := re.fullmatch(r"(.+ (?:before|after)) (the (?:next|last) .+)", words)):
        message = (
            f'"{words}" counts from a day that has a rule of its own. Give that day a name, dates: {{meeting: {{title: '
            f"The meeting, planned: {counted[2]}}}}}, and count from it: {counted[1]} meeting."
        )
        raise PhraseError("PD436", message)
    if match is None:
        spelt = _MISSPELT_MEETING.sub("meeting", words)
        instead = spelt if _MEETING.fullmatch(spelt) else MEETINGS
        raise PhraseError("PD436", f'"{words}" does not say which meeting. Write: {instead}.')
    before, group = match["way"].lower() == "before", match["group"]
    if before != (match["number"].lower() == "last"):
        which, way = ("last", "before") if before else ("next", "after")
        message = (
            f'"{words}" does not say which meeting. Write: the {which} meeting of {group} {way} {match["anchor"]}.'
        )
        raise PhraseError("PD436", message)
    return Named(NamedDay(LAST if before else 1, MEETING, group=group), before, match["anchor"])


_MAYBE_WEEKDAY = re.compile(r"\b[a-z]{3,}(?= (?:after|following|before|of)\b)", re.IGNORECASE)
_SHORTER = {weekday[:letters]: weekday for weekday in WEEKDAYS for letters in (3, 4, 5)}
_AS_ALIKE = 0.78
"""How like a day of the week a word must be to be one that was spelt otherwise: Wensday, Thurs, and not midday."""


def names_a_day(words: str) -> bool:
    """Whether a phrase speaks of a day of the week or the month, rightly or not."""
    return _SHAPE.fullmatch(words) is not None or _LOOSE.search(_spelt(words)) is not None


def parse_named_day(words: str) -> Named:
    """'the last Friday before publication' -> Named; raises PhraseError PD412 with what may be written."""
    match = _SHAPE.fullmatch(words)
    if match is None:
        raise PhraseError("PD412", f'"{words}" does not say which day. Write: {_correction(words)}.')
    number, kind = _number(match["number"]), _kind(match["kind"])
    way, anchor = match["way"].lower(), match["anchor"]
    day = _day(number, kind, way, of_month=match["month"] is not None, every=match["next"] is not None)
    if day is None:
        raise PhraseError("PD412", f'"{words}" does not say which day. Write: {_said_shortly(words)}.')
    if day.month is None and kind not in WEEKDAYS:
        shorter = f"{abs(number)} {kind}{'' if abs(number) == 1 else 's'} {way} {anchor}"
        raise PhraseError("PD412", f'"{words}" is said shorter. Write: {shorter}.')
    if day.month is not None and kind in WEEKDAYS and number == len(NUMBERS):
        raise PhraseError("PD412", f'"{words}": not every month has a fifth {kind}. Write: the last {kind}.')
    return Named(day, way == "before", anchor)


def _day(number: int, kind: str, way: str, *, of_month: bool, every: bool) -> NamedDay | None:
    match (every, of_month, way):
        case (True, True, "after"):
            return NamedDay(number, kind, Month.ANY)
        case (False, True, "of"):
            return NamedDay(number, kind, Month.SAME)
        case (False, True, "after"):
            return NamedDay(number, kind, Month.NEXT)
        case (False, False, "after") if number != LAST:
            return NamedDay(number, kind)
        case (False, False, "before") if number == LAST:
            return NamedDay(number, kind)
        case _:
            return None


def _number(text: str) -> int:
    return LAST if text.lower() == "last" else NUMBERS.index(text.lower()) + 1


def _kind(text: str) -> str:
    return text.capitalize() if text.capitalize() in WEEKDAYS else text.lower()


def _correction(words: str) -> str:
    """The same as it is written where that is clear, else the shapes there are."""
    spelt = _spelt(words)
    return spelt if _SHAPE.fullmatch(spelt) is not None else _said_shortly(spelt)


def _said_shortly(words: str) -> str:
    short = _SHORT.fullmatch(words)
    if short is None:
        return SHAPES
    which, way = ("last", "before") if short["way"].lower() == "before" else ("first", "after")
    return f"the {which} {_kind(short['kind'])} {way} {short['anchor']}"


def _spelt(words: str) -> str:
    """The phrase with its day of the week as that is spelt."""
    return _MAYBE_WEEKDAY.sub(lambda match: _weekday(match[0]), words)


@lru_cache(256)
def _weekday(word: str) -> str:
    """The day of the week that a word is meant for, else the word; asked of the "days" of nearly every due day."""
    near = get_close_matches(word.capitalize(), (*WEEKDAYS, *_SHORTER), n=1, cutoff=_AS_ALIKE)
    return _SHORTER.get(near[0], near[0]) if near else word
