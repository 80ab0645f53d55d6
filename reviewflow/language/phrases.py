"""The phrases of the language: durations, due rules, rungs. Each parses from and prints as plain English."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from reviewflow.calendar import Span, Unit
from reviewflow.language.suggestions import suggestion
from reviewflow.language.synonyms import RHYTHMS
from reviewflow.text import clock_words

_UNITS = {
    "working day": Unit.WORKING_DAYS,
    "day": Unit.DAYS,
    "week": Unit.WEEKS,
    "month": Unit.MONTHS,
    "hour": Unit.HOURS,
}
_SPAN = re.compile(r"(\S+)\s+(clear\s+)?(\S+(?:\s+\S+)?)", re.IGNORECASE)
_NAME = r"[a-z][a-z0-9_]*"
_ANCHOR = re.compile(rf"({_NAME})(?:\.({_NAME}))?")
MOST = 10_000
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_IN_WORDS = {word: number for number, word in enumerate((*_WORDS, "thirteen", "fourteen", "fifteen"), start=1)}


class PhraseError(ValueError):
    """A phrase that cannot be read: the message says what was found and what is expected."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def parse_span(text: str) -> Span:
    """'15 working days' -> Span; raises PhraseError."""
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise PhraseError("PD020", f'"{text}" is not a length of time. Write a number and a unit: 5 working days.')
    number, clear, unit = match[1], bool(match[2]), re.sub(r"\s+", " ", match[3]).lower()
    known = _UNITS.get(unit.removesuffix("s"))
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(MOST)) and int(number) <= MOST):
        example = f"{_IN_WORDS.get(number.lower(), 5)} {unit if known else 'working days'}"
        raise PhraseError("PD020", f'"{number}" is not a whole number up to {MOST:,}. Write it in figures: {example}.')
    if known is None:
        words = [f"{name}s" for name in _UNITS]
        raise PhraseError(
            "PD020",
            f'"{match[3]}" is not a unit of time.{suggestion(unit, words)}\n'
            "Units are: working days, days, weeks, months, hours.",
        )
    if clear and known not in {Unit.DAYS, Unit.WORKING_DAYS}:
        raise PhraseError("PD020", f'"{text}": only days can be clear days. Write: 7 clear working days.')
    return Span(int(number), known, clear)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a due date counts from: a date, a step, a limit, a field of a step's form, or a fixed day."""

    name: str
    field: str | None = None
    day: date | None = None

    def __str__(self) -> str:
        if self.day is not None:
            return self.day.isoformat()
        return f"{self.name}.{self.field}" if self.field else self.name


def parse_day(text: str) -> date:
    """'2026-12-18' -> date; raises PhraseError that says what is wrong with it."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip())
    if not match:
        raise PhraseError("PD015", f'"{text}" is not a date. Write the year first: 2026-12-18.')
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        pass
    if not 1 <= month <= len(_MONTHS):
        raise PhraseError("PD015", f"There is no month {month}. Write the year first, then the month: 2026-12-18.")
    raise PhraseError("PD015", f"{day} {_MONTHS[month - 1]} {year} is not a date.")


_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def parse_anchor(text: str) -> Anchor:
    stripped = text.strip()
    if re.match(r"\d", stripped):
        return Anchor("", day=parse_day(stripped))
    match = _ANCHOR.fullmatch(stripped)
    if not match:
        raise PhraseError(
            "PD020",
            f'"{text}" is not the name of a date, a step or a limit. Names look like: notified, agency_return.',
        )
    return Anchor(match[1], match[2])


@dataclass(frozen=True, slots=True)
class Due:
    """'7 working days before publication', or 'on panel_meeting.held_on' (no span)."""

    span: Span | None
    before: bool
    anchor: Anchor

    def __str__(self) -> str:
        if self.span is None:
            return f"on {self.anchor}"
        return f"{self.span} {'before' if self.before else 'after'} {self.anchor}"


_DUE = re.compile(r"(?P<span>.+?)\s+(?P<way>after|before)\s+(?P<anchor>\S+)")


def parse_due(text: str) -> Due:
    """A due rule; raises PhraseError with the shapes it may have."""
    words = " ".join(text.split())
    if words.lower().startswith("on "):
        return Due(None, before=False, anchor=parse_anchor(words[3:]))
    match = _DUE.fullmatch(words)
    if (match and _ANCHOR.fullmatch(match["anchor"])) or (match and not _ANCHOR.fullmatch(_tidied(match["anchor"]))):
        return Due(parse_span(match["span"]), match["way"] == "before", parse_anchor(match["anchor"]))
    raise PhraseError("PD020", f'"{text}" is not a due date. {_due_meant(words)}')


_LEADING = re.compile(r"(?:within|no later than|not later than|at most|by)\s+", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?P<span>.+?)\s+(?P<way>after|before|from|of|since|following)\s+(?:the\s+)?(?P<anchor>\S.*)", re.IGNORECASE
)


def _due_meant(words: str) -> str:
    """What to write instead: the same in the language's words where it can be told, else the shapes there are."""
    plain = _LEADING.sub("", words, count=1)
    loose = _LOOSE.fullmatch(plain)
    span, anchor = (loose["span"], loose["anchor"]) if loose else (plain, "")
    name = _tidied(anchor)
    if not _is_span(span) or (anchor and not _ANCHOR.fullmatch(name)):
        return (
            "Write it as: 7 working days after notified, 2 weeks before publication, "
            "on panel_meeting.held_on, or: on 2026-12-18."
        )
    if loose is None:
        return f"It does not say after or before what. Write: {span} after notified (a date, a limit or a step)."
    return f"Write: {span} {'before' if loose['way'].lower() == 'before' else 'after'} {name}."


def _tidied(anchor: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "_", anchor.lower()).strip("_.")


def _is_span(words: str) -> bool:
    try:
        parse_span(words)
    except PhraseError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Offset:
    """When a rung of a ladder falls: working days, or hours, before or after what is due; 0 is the day itself."""

    span: Span | None
    before: bool = False

    def __str__(self) -> str:
        if self.span is None:
            return "on the day"
        return f"{self.span} {'before' if self.before else 'after'}"


def parse_offset(text: str) -> Offset:
    words = " ".join(text.split())
    if words.lower() == "on the day":
        return Offset(None)
    head, _, way = words.rpartition(" ")
    if way not in {"before", "after"} or " " not in head or head.startswith("the "):
        raise PhraseError(
            "PD020",
            f'"{text}" does not say when. Write: 2 working days before, on the day, or 1 working day after.',
        )
    return Offset(parse_span(head), before=way == "before")


@dataclass(frozen=True, slots=True)
class AtLeast:
    number: int

    def __str__(self) -> str:
        return f"at least {self.number}"


def parse_at_least(text: str) -> AtLeast:
    match = re.fullmatch(r"at least (\d{1,3})", " ".join(text.split()))
    if not match:
        raise PhraseError("PD020", f'"{text}" does not say how many. Write: at least 1.')
    return AtLeast(int(match[1]))


@dataclass(frozen=True, slots=True)
class Keep:
    """How long a file is kept after its case is over; without a number, for ever."""

    years: int | None

    def __str__(self) -> str:
        return "permanently" if self.years is None else f"{self.years} year{'' if self.years == 1 else 's'}"


def parse_keep(text: str) -> Keep:
    words = " ".join(text.split()).lower()
    match = re.fullmatch(r"([1-9]\d?) years?", words)
    if words != "permanently" and not match:
        raise PhraseError("PD020", f'"{text}" does not say how long. Write: 25 years, or: permanently.')
    return Keep(int(match[1]) if match else None)


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of several owners must agree: all of them, or 2 of 3."""

    number: int | None
    of: int | None = None

    def __str__(self) -> str:
        return "all" if self.number is None else f"{self.number} of {self.of}"


def parse_quorum(text: str) -> Quorum:
    words = " ".join(text.split()).lower()
    if words == "all":
        return Quorum(None)
    match = re.fullmatch(r"(\d{1,2}) of (\d{1,2})", words)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise PhraseError("PD020", f'"{text}" does not say how many must agree. Write: all, or 2 of 3.')
    return Quorum(int(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a step comes again, and the step whose end ends it: every 1 month until publish."""

    every: Span
    until: str

    def __str__(self) -> str:
        return f"every {self.every} until {self.until}"


def parse_rhythm(text: str) -> Rhythm:
    match = re.fullmatch(rf"every (.+) until ({_NAME})", " ".join(text.split()))
    if not match or match[1].rstrip("s") in _UNITS:
        raise PhraseError(
            "PD020",
            f'"{text}" does not say how often. Write how often, and the step that ends it: {_rhythm_meant(text)}.',
        )
    every = parse_span(match[1])
    if every.unit is Unit.HOURS or every.amount == 0:
        raise PhraseError("PD020", f'"{text}": a step comes again after days. Write: every 1 month until publish.')
    return Rhythm(every, match[2])


def _rhythm_meant(text: str) -> str:
    """The same in the language's words: monthly until closed is every 1 month until closed."""
    loose = re.fullmatch(rf"(?:every )?(\w+(?: day)?) until ({_NAME})", " ".join(text.lower().split()))
    often = loose and (RHYTHMS.get(loose[1]) or (f"1 {loose[1]}" if loose[1] in _UNITS else None))
    return f"every {often} until {loose[2]}" if loose and often else "every 1 month until publish"


OFTEN_ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Again:
    """How often a rung comes again after it has fallen due, and how many times at the most; without end unless said."""

    every: Span
    times: int | None = None

    def __str__(self) -> str:
        if self.times is None:
            return f"every {self.every}"
        return f"every {self.every}, {self.times} time{'' if self.times == 1 else 's'}"


def parse_again(text: str) -> Again:
    match = re.fullmatch(r"every ([^,]+)(?:, (\d{1,2}) times?)?", " ".join(text.split()))
    if not match or (match[2] and not 1 <= int(match[2]) <= OFTEN_ENOUGH):
        raise PhraseError(
            "PD020",
            f'"{text}" does not say how often it comes again. Write how often, and how many times (1 to '
            f"{OFTEN_ENOUGH}): every 2 working days, 5 times. Without a number it goes on: every 2 working days.",
        )
    every = parse_span(match[1])
    if every.amount == 0:
        raise PhraseError("PD020", f'"{text}": it would come again at once. Write: every 2 working days, 5 times.')
    return Again(every, int(match[2]) if match[2] else None)


def parse_clock(text: str) -> time:
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip())
    if not match:
        raise PhraseError("PD020", f'"{text}" is not a time of day. Write it as 09:30.')
    return time(int(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which nothing goes out that can wait: 18:00 to 08:00."""

    begins: time
    ends: time

    def __str__(self) -> str:
        return f"{clock_words(self.begins)} to {clock_words(self.ends)}"


def parse_quiet(text: str) -> Quiet:
    begins, to, ends = " ".join(text.split()).partition(" to ")
    quiet = Quiet(parse_clock(begins), parse_clock(ends)) if to else None
    if quiet is None or quiet.ends >= quiet.begins:
        raise PhraseError("PD020", f'"{text}" is not a night. Write when it begins and ends: 18:00 to 08:00.')
    return quiet


def parse_days(text: str) -> tuple[date, date]:
    """'2026-12-21 to 2027-01-04', or one day -> the first and the last; raises PhraseError."""
    first, to, last = " ".join(text.split()).partition(" to ")
    days = parse_day(first), parse_day(last if to else first)
    if days[1] < days[0]:
        raise PhraseError("PD015", f'"{text}" ends before it begins. Write the first day first.')
    return days


def phrase(
    kind: type, parse: Callable[[str], Any], *examples: str, write: Callable[[Any], str] = str
) -> tuple[object, ...]:
    """What pydantic needs to read, write and describe a phrase as text."""

    def read(value: object) -> object:
        if isinstance(value, kind):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError(
                "PD012", "A phrase is expected here, such as: {example}.", {"example": examples[0]}
            )
        try:
            return parse(value)
        except PhraseError as error:
            raise PydanticCustomError(error.code, "{said}", {"said": str(error)}) from error

    return (
        PlainValidator(read),
        PlainSerializer(write, return_type=str),
        WithJsonSchema({"type": "string", "examples": list(examples)}),
    )
