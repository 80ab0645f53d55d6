"""How often a step comes again: every 1 month until publish."""

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

    def __str__(self) -> str:
        return f"every {self.every} until {self.until}"


def parse_rhythm(text: str) -> Rhythm:
    """'every 1 month until publish' -> Rhythm, which counts whole days; raises PhraseError PD020."""
    match = re.fullmatch(rf"every (.+) until ({NAME})", " ".join(text.split()))
    if not match or match[1].rstrip("s") in UNITS:
        raise PhraseError(
            "PD020",
            f'"{text}" does not say how often. Write how often, and the step that ends it: {_correction(text)}.',
        )
    every = parse_span(match[1])
    if every.unit is Unit.HOURS or every.amount == 0:
        raise PhraseError("PD020", f'"{text}": a step comes again after days. Write: every 1 month until publish.')
    return Rhythm(every, match[2])


def _correction(text: str) -> str:
    """The same in the language's words: monthly until closed is every 1 month until closed."""
    loose = re.fullmatch(rf"(?:every )?(\w+(?: day)?) until ({NAME})", " ".join(text.lower().split()))
    often = loose and (RHYTHMS.get(loose[1]) or (f"1 {loose[1]}" if loose[1] in UNITS else None))
    return f"every {often} until {loose[2]}" if loose and often else "every 1 month until publish"
