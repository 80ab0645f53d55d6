"""Texts as safeguarding officers write them: those that could identify somebody, by kind, and those that could not.

A third was put aside when they were written, before any rule was tried on them: `held_out`. Rules are mended by what
the others show, never by what these show.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewflow.privacy import screen

FOLDER = Path(__file__).with_name("texts")
MUST_BE_SEEN = frozenset({"nhs", "phone", "dob", "postcode", "nino", "upn"})
"""Numbers, days of birth and postcodes. Names, addresses, mailboxes and the numbers of records are beside them."""


@dataclass(frozen=True, slots=True)
class Sample:
    text: str
    kind: str
    """'' for an innocent one."""

    @property
    def held_out(self) -> bool:
        return zlib.crc32(self.text.encode()) % 3 == 0


@dataclass(frozen=True, slots=True)
class Score:
    texts: int
    seen: int
    wrong: tuple[str, ...]
    """Identifying ones that were let through, or innocent ones that were refused."""

    @property
    def share(self) -> float:
        return self.seen / self.texts


def identifying() -> list[Sample]:
    lines = (FOLDER / "identifying.txt").read_text(encoding="utf-8").splitlines()
    return [Sample(text, kind) for kind, _, text in (line.partition(" | ") for line in lines)]


def innocent() -> list[Sample]:
    return [Sample(text, "") for text in (FOLDER / "innocent.txt").read_text(encoding="utf-8").splitlines()]


def score(samples: Iterable[Sample]) -> Score:
    looked = [(sample, screen(sample.text) is not None) for sample in samples]
    wrong = tuple(sample.text for sample, seen in looked if seen != bool(sample.kind))
    return Score(len(looked), sum(seen for _, seen in looked), wrong)


def by_kind(samples: Iterable[Sample]) -> Iterator[tuple[str, Score]]:
    every = list(samples)
    for kind in Counter(sample.kind for sample in every):
        yield kind, score(sample for sample in every if sample.kind == kind)
