"""How often a step comes again: every 1 month until publish, or 6 weeks after it was done until publish."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewflow.calendar import Span, Unit
from reviewflow.language.phrases.due import NAME
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.spans import UNITS, parse_span
from reviewflow.language.synonyms import RHYTHMS


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

    @property
    def often(self) -> str:
        """'every 1 month', '6 weeks after it was done'."""
        return f"{self.every} after it was done" if self.after_done else f"every {self.every}"

    def __str__(self) -> str:
        bounds = (("at least", self.at_least), ("at most", self.at_most))
        often = [f"{how} {number} time{'' if number == 1 else 's'}" for how, number in bounds if number]
        return ", ".join([f"{self.often} until {self.until}", *often])


_THEN = re.compile(r"\bthen\b.* until ")
_ONE_RHYTHM = (
    " The first time is due by the step's own due, and from then on it comes in one rhythm: what comes in another one "
    "later is a step of its own, after this one."
)


def parse_rhythm(text: str) -> Rhythm:
    """'every 1 month until publish, at least 2 times' -> Rhythm, which counts whole days; raises PhraseError PD020.

    PD458 where no number of times could be both, or it would not come again.
    """
    rhythm, *bounds = (part.strip() for part in " ".join(text.split()).split(","))
    match = re.fullmatch(rf"(?:every (?P<every>.+)|(?P<after>.+) after it was done) until (?P<until>{NAME})", rhythm)
    span = (match["every"] or match["after"]) if match else ""
    changes = _THEN.search(text) is not None
    if not match or changes or span.rstrip("s") in UNITS or " after " in span:
        raise PhraseError(
            "PD020",
            f'"{text}" does not say how often. Write how often, and the step that ends it: {_correction(text)}.'
            f"{_ONE_RHYTHM if changes else ''}",
        )
    every = parse_span(span)
    if every.unit is Unit.HOURS or every.amount == 0:
        raise PhraseError("PD020", f'"{text}": a step comes again after days. Write: every 1 month until publish.')
    return Rhythm(every, match["until"], *_how_often(text, bounds), after_done=match["after"] is not None)


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


def _correction(text: str) -> str:
    """The same in the language's words: monthly until closed is every 1 month until closed."""
    words = " ".join(text.lower().split())
    if counted := re.fullmatch(rf"(?:every )?(\d+ [a-z]+(?: [a-z]+)?) after .+ until ({NAME})", words):
        return f"{counted[1]} after it was done until {counted[2]}"
    loose = re.fullmatch(rf"(?:every )?(\w+(?: day)?) until ({NAME})", words)
    often = loose and (RHYTHMS.get(loose[1]) or (f"1 {loose[1]}" if loose[1] in UNITS else None))
    return f"every {often} until {loose[2]}" if loose and often else "every 1 month until publish"
