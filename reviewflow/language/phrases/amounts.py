"""How many, and for how many years: at least 1; 25 years."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewflow.language.phrases.error import PhraseError


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The smallest number that will do."""

    number: int

    def __str__(self) -> str:
        return f"at least {self.number}"


def parse_at_least(text: str) -> AtLeast:
    """'at least 1' -> AtLeast; raises PhraseError PD020."""
    match = re.fullmatch(r"at least (\d{1,3})", " ".join(text.split()))
    if not match:
        raise PhraseError("PD020", f'"{text}" does not say how many. Write: at least 1.')
    return AtLeast(int(match[1]))


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
