"""How many, what part, and for how many years: at least 2, police among them; 80%; 25 years."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from reviewflow.calendar import Span, Unit
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.kinds import OneOfKind, among_in, among_words
from reviewflow.language.phrases.spans import parse_span


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The smallest number of agencies that will do, and which must be among them."""

    number: int
    among: tuple[str, ...] = ()
    kinds: tuple[OneOfKind, ...] = ()
    """Of whom at least so many must be among them."""

    def __str__(self) -> str:
        return f"at least {self.number}{self.named(str)}"

    def named(self, title: Callable[[str], str]) -> str:
        """', police among them', with those who are named called as `title` says; '' where nobody is."""
        return among_words(self.among, self.kinds, title)

    @property
    def everybody_named(self) -> tuple[str, ...]:
        """All that it names, also those of whom one will do; each once."""
        return tuple(dict.fromkeys([*self.among, *(name for kind in self.kinds for name in kind.names)]))

    def absent(self, given: Collection[str]) -> Iterator[str]:
        """Whoever must be among those given and is not: 'police', 'one of health or education'."""
        yield from (name for name in self.among if name not in given)
        yield from (kind.words(str) for kind in self.kinds if not kind.is_met(given))

    def smallest(self) -> tuple[str, ...]:
        """Agencies that do as far as any are named: those that must take part, and the first of each kind."""
        found = list(self.among)
        for kind in self.kinds:
            others = [name for name in kind.names if name not in found]
            found += others[: max(kind.number - len({*kind.names} & {*found}), 0)]
        return tuple(found)


_NO_NAMES = frozenset({"", "all", "any", "each", "every", "none", "no", "yes", "some"})


def _with_a_number(text: str) -> str:
    """What was meant: 'at least 2, police and health among them' where agencies are named, else 'at least 1'."""
    says_names = text.strip() not in _NO_NAMES and not any(letter.isdigit() for letter in text)
    named = among_in(f"{text} among them") if says_names else None
    return f"at least {max(2, len(named[0]))}, {text} among them" if named is not None else "at least 1"


_SOMETIMES = re.compile(r"\b(?:where|if|when|whenever|unless)\b", re.IGNORECASE)


def parse_at_least(text: str) -> AtLeast:
    """'at least 1', or 'at least 2, police among them' -> AtLeast; raises PhraseError PD020, PD507."""
    if _SOMETIMES.search(text):
        raise PhraseError(
            "PD507",
            f'"{text}" asks for an agency in some cases only, and nobody has answered anything when a case is opened. '
            "Name whom each case needs: at least 2, police among them. Let a step ask the other one: owner: agency "
            "education, with when: {first.of_school_age: yes}.",
        )
    how_many, comma, among = " ".join(text.split()).partition(",")
    match = re.fullmatch(r"at least (\d{1,3})", how_many)
    if not match:
        raise PhraseError("PD020", f'"{text}" does not say how many. Write: {_with_a_number(text)}.')
    named = among_in(among) if comma else ((), ())
    if named is None:
        message = (
            f'"{text}" does not say which must be among them. Write: at least 2, police among them; or, for one of '
            "several: at least 2, police and one of health or education among them."
        )
        raise PhraseError("PD020", message)
    return AtLeast(int(match[1]), *named)


@dataclass(frozen=True, slots=True)
class Keep:
    """For how many years a file is kept after its case is over; None: for ever."""

    years: int | None

    def __str__(self) -> str:
        return "permanently" if self.years is None else f"{self.years} year{'' if self.years == 1 else 's'}"


def parse_keep(text: str) -> Keep:
    """'25 years' or 'permanently' -> Keep; raises PhraseError PD020."""
    words = " ".join(text.split()).lower()
    match = re.fullmatch(r"([1-9]\d?) years?", words)
    if words != "permanently" and not match:
        raise PhraseError("PD020", f'"{text}" does not say how long. Write: 25 years, or: permanently.')
    return Keep(int(match[1]) if match else None)


@dataclass(frozen=True, slots=True)
class Percentage:
    """A part of all, in per cent: 1 to 100."""

    percent: int

    def __str__(self) -> str:
        return f"{self.percent}%"

    @property
    def fewest(self) -> int:
        """Of fewer than so many, a single one would decide whether the share is reached: 5 for 80%, 10 for 90%."""
        return -(-100 // (100 - self.percent)) if self.percent < 100 else 1  # noqa: PLR2004

    def is_reached(self, part: int, number: int) -> bool:
        """Whether `part` of `number` are enough."""
        return 100 * part >= self.percent * number


def parse_share(text: str) -> Percentage:
    """'80%' -> Share; raises PhraseError PD020, and PD401 for what no part of all can be."""
    match = re.fullmatch(r"(\d{1,6}) ?(?:%|per ?cent)", " ".join(text.split()).lower())
    if not match:
        raise PhraseError("PD020", f'"{text}" does not say what part of the cases. Write: 80%.')
    if not 1 <= int(match[1]) <= 100:  # noqa: PLR2004
        raise PhraseError("PD401", f'"{text}" is no part of all cases. Write a number from 1 to 100: 80%.')
    return Percentage(int(match[1]))


@dataclass(frozen=True, slots=True)
class Within:
    """So long after the case ended, or after something was done."""

    span: Span
    of_the_ending: bool

    def __str__(self) -> str:
        return f"{self.span} of {'the ending' if self.of_the_ending else 'the day on which it was done'}"


def parse_within(text: str) -> Within:
    """'20 working days of the ending', '5 working days' (after it was done) -> Within; raises PhraseError PD020."""
    length, of, since = " ".join(text.split()).partition(" of ")
    ending = since in {"the ending", "its ending"}
    span = parse_span(length)
    if (of and not ending and since != "the day on which it was done") or span.unit is Unit.HOURS or not span.amount:
        raise PhraseError("PD020", f'"{text}" does not say until when. Write: 20 working days of the ending.')
    return Within(span, ending)


THE_SUM_OF = "the sum of"
_NAME = "[a-z][a-z0-9_]*"
SUM_PATTERN = rf"{THE_SUM_OF} {_NAME}\.{_NAME}(?:\.{_NAME})?"
_SUM = re.compile(rf"{THE_SUM_OF} ({_NAME})\.({_NAME})(?:\.({_NAME}))?")


@dataclass(frozen=True, slots=True)
class SumOf:
    """The numbers in the column `column` of a step's table `field`; without one, those of all who answer `field`."""

    step: str
    field: str
    column: str = ""

    def __str__(self) -> str:
        return f"{THE_SUM_OF} {self.step}.{self.field}{f'.{self.column}' if self.column else ''}"


def sum_of(text: str) -> SumOf | None:
    """'the sum of register.costs.amount' -> SumOf; None for anything else."""
    match = _SUM.fullmatch(" ".join(text.split()))
    return SumOf(match[1], match[2], match[3] or "") if match else None


@dataclass(frozen=True, slots=True)
class AtMost:
    """How many times something that may happen, and need not, may be begun."""

    times: int

    def __str__(self) -> str:
        return "at most once" if self.times == 1 else f"at most {self.times} times"


_AT_MOST = re.compile(r"at most (?:once|([1-9]\d?) times?)")
MEANS_AT_MOST = re.compile(r"most|once|twice|time|\d")
"""What is found in a text that says how often, and not whether."""


def parse_at_most(text: str) -> AtMost:
    """'at most 2 times' -> AtMost; raises PhraseError PD508."""
    match = _AT_MOST.fullmatch(" ".join(text.split()))
    if match is None:
        number = {"once": 1, "twice": 2}.get(text.strip().lower()) or next(map(int, re.findall(r"[1-9]\d?", text)), 2)
        raise PhraseError(
            "PD508",
            f'"{text}" does not say how often it may be begun. Write: {AtMost(number)}, or: yes, for as often as '
            "it happens.",
        )
    return AtMost(int(match[1] or 1))
