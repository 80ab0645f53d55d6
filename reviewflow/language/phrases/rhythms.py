"""How often a step comes again: every 1 month until publish, or 6 weeks after it was done until publish."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby

from reviewflow.calendar import Span, Unit
from reviewflow.language.phrases.due import NAME
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.spans import UNITS, parse_span
from reviewflow.language.synonyms import RHYTHMS


@dataclass(frozen=True, slots=True)
class Interval:
    """How long after the one before it a round comes, for so many rounds."""

    length: Span
    times: int = 1

    def __str__(self) -> str:
        return str(self.length) if self.times == 1 else f"{self.length} {self.times} times"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a step comes again, and the step whose end ends it."""

    every: Span
    until: str
    at_least: int = 0
    """How often it is done before the step that ends it may be done."""
    at_most: int | None = None
    """After so many times it comes no more, whether or not that step is done."""
    after_done: bool = False
    """Each round counts from the day on which the one before was done, and not from the first day."""
    before: tuple[Interval, ...] = ()
    """How it comes again at first, before it comes as `every` says."""

    @property
    def lengths(self) -> tuple[Span, ...]:
        """All lengths between two rounds, in their order."""
        return (*(interval.length for interval in self.before), self.every)

    @property
    def often(self) -> str:
        """'every 1 month', '6 weeks after it was done', '3 months, then every 6 months'."""
        each = "" if self.after_done else "every "
        before = [str(part) if part.times == 1 else f"{each}{part}" for part in self.before]
        return ", then ".join(
            [*before, f"{self.every} after it was done" if self.after_done else f"every {self.every}"]
        )

    def before_round(self, number: int) -> Span:
        """How long after the one before it a round comes that is so many after the first."""
        for interval in self.before:
            if number <= interval.times:
                return interval.length
            number -= interval.times
        return self.every

    def leading_to(self, number: int) -> tuple[Span, ...]:
        """The lengths from the first round to one so many after it; those of one unit as one, as months must be."""
        if not self.before or number < 1:
            return (replace(self.every, amount=self.every.amount * number),)
        each = (self.before_round(before) for before in range(1, number + 1))
        return tuple(
            Span(sum(length.amount for length in alike), unit, clear)
            for (unit, clear), alike in groupby(each, key=lambda length: (length.unit, length.clear))
        )

    def __str__(self) -> str:
        bounds = (("at least", self.at_least), ("at most", self.at_most))
        often = [f"{how} {number} time{'' if number == 1 else 's'}" for how, number in bounds if number]
        return ", ".join([f"{self.often} until {self.until}", *often])


_EARLIER = re.compile(
    r"(?P<every>every )?(?P<length>\d.*?)(?P<done> after it was done)?(?: once| (?P<times>[1-9]\d?) times?)?"
)
_THEN = re.compile(r"\bthen\b.* until ")
_CHANGES = (
    " Where it comes again in another way at first, that stands before it: 3 months, then every 6 months until close; "
    "or: every 4 weeks 3 times, then every 3 months until close."
)


def parse_rhythm(text: str) -> Rhythm:
    """'every 1 month until publish, at least 2 times' -> Rhythm, which counts whole days; raises PhraseError PD020.

    PD458 where no number of times could be both, or it would not come again; PD494 where its rounds would count in two
    ways; PD500 where it would never come as it does in the end.
    """
    *earlier, last = " ".join(text.split()).split(", then ")
    rhythm, *bounds = (part.strip() for part in last.split(","))
    match = re.fullmatch(rf"(?:every (?P<every>.+)|(?P<after>.+) after it was done) until (?P<until>{NAME})", rhythm)
    span, found = (match["every"] or match["after"]) if match else "", [_EARLIER.fullmatch(part) for part in earlier]
    changes = _THEN.search(text) is not None
    unclear = span.rstrip("s") in UNITS or " after " in span or _THEN.search(rhythm) is not None
    if not match or unclear or None in found:
        raise PhraseError(
            "PD020",
            f'"{text}" does not say how often. Write how often, and the step that ends it: {_correction(text)}.'
            f"{_CHANGES if changes else ''}",
        )
    after_done = match["after"] is not None
    before = tuple(_interval(text, part, after_done=after_done) for part in found if part)
    often = Rhythm(_length(text, span), match["until"], *_how_often(text, bounds), after_done, before)
    return _reached(text, often)


def _length(text: str, span: str) -> Span:
    every = parse_span(span)
    if every.unit is Unit.HOURS or every.amount == 0:
        raise PhraseError("PD020", f'"{text}": a step comes again after days. Write: every 1 month until publish.')
    return every


def _interval(text: str, part: re.Match[str], *, after_done: bool) -> Interval:
    """How it comes again at first, which counts in the way in which it does in the end."""
    if part["every" if after_done else "done"]:
        write = "3 months, then 6 months after it was done" if after_done else "3 months, then every 6 months"
        raise PhraseError(
            "PD494",
            f'"{text}" counts one round from when the one before was done, and another in a rhythm from the first day. '
            f"All count in one way. Write: {write} until close, in this way.",
        )
    return Interval(_length(text, part["length"]), int(part["times"] or 1))


def _reached(text: str, rhythm: Rhythm) -> Rhythm:
    """The same, where there may be a round that comes as all do in the end."""
    needed = sum(interval.times for interval in rhythm.before) + 2
    if rhythm.before and rhythm.at_most is not None and rhythm.at_most < needed:
        raise PhraseError(
            "PD500",
            f'"{text}": with at most {rhythm.at_most} times, the first among them, it never comes '
            f'"{rhythm.often.rsplit(", then ", 1)[1]}". Write: at most {needed} times, or more.',
        )
    return rhythm


def _how_often(text: str, bounds: list[str]) -> tuple[int, int | None]:
    """The fewest and the most times of 'at least 2 times' and 'at most 3 times', each at most once."""
    found = [_BOUND.fullmatch(bound) for bound in bounds]
    given = {bound[1]: int(bound[2]) for bound in found if bound}
    if len(given) < len(bounds):
        raise PhraseError(
            "PD020", f'"{text}" does not say how often at least or at most. Write: {_BOUNDED}, in this way.'
        )
    fewest, most = given.get("at least", 0), given.get("at most")
    if most == 1:
        raise PhraseError("PD458", f'"{text}": what is done once does not come again. Take "repeats" out.')
    if most is not None and most < fewest:
        raise PhraseError("PD458", f'"{text}": nothing is done at least {fewest} times and at most {most} times.')
    return fewest, most


_BOUND = re.compile(r"(at least|at most) ([1-9]\d?) times?")
_BOUNDED = "every 1 month until publish, at least 2 times, at most 3 times"


_LENGTH = r"\d+ (?:working )?(?:day|week|month)s?"
_TWO = re.compile(
    rf"(?:every |after )?(?P<first>{_LENGTH})(?: once| (?P<times>[1-9]\d?) times?)?,? (?:and )?then (?:every |after )?"
    rf"(?P<every>{_LENGTH}) until (?P<until>{NAME})"
)


def _correction(text: str) -> str:
    """The same in the language's words: monthly until closed is every 1 month until closed."""
    words = " ".join(text.lower().split())
    if changing := _TWO.fullmatch(words):
        first = str(Interval(parse_span(changing["first"]), int(changing["times"] or 1)))
        each = "every " if changing["times"] else ""
        return f"{each}{first}, then every {changing['every']} until {changing['until']}"
    if counted := re.fullmatch(rf"(?:every )?(\d+ [a-z]+(?: [a-z]+)?) after .+ until ({NAME})", words):
        return f"{counted[1]} after it was done until {counted[2]}"
    loose = re.fullmatch(rf"(?:every )?(\w+(?: day)?) until ({NAME})", words)
    often = loose and (RHYTHMS.get(loose[1]) or (f"1 {loose[1]}" if loose[1] in UNITS else None))
    return f"every {often} until {loose[2]}" if loose and often else "every 1 month until publish"
