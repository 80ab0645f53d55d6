"""How many of several must agree: all; 2 of 3; at least 5, chair and one of governors among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.kinds import OneOfKind, among_in, among_words
from reviewflow.text import listing

SHARES = {
    "a quarter": (1, 4),
    "a third": (1, 3),
    "half": (1, 2),
    "two thirds": (2, 3),
    "three quarters": (3, 4),
}
"""Shares of a list in words, as (parts, of how many): at least that many of those who are asked."""
MORE_THAN_HALF = "more than half"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of several owners must agree: a number, a share in words, or, with neither, all of them."""

    number: int | None = None
    of: int | None = None
    share: str = ""
    """One of SHARES, or MORE_THAN_HALF."""
    among: tuple[str, ...] = ()
    """Who must be among those who agree: roles or agencies."""
    kinds: tuple[OneOfKind, ...] = ()
    """Of whom at least so many must be among those who agree."""

    def __str__(self) -> str:
        return self.words(str)

    @property
    def is_all(self) -> bool:
        """Whether fewer than all are never enough."""
        return self.number is None and not self.share

    def words(self, title: Callable[[str], str]) -> str:
        """'two thirds, police among them', with those who are named called as `title` says."""
        return f"{self.how_many}{self.named(title)}"

    @property
    def how_many(self) -> str:
        """'two thirds', '2 of 3', 'at least 5' or 'all'."""
        if self.number is not None:
            return f"at least {self.number}" if self.of is None else f"{self.number} of {self.of}"
        return self.share or "all"

    def named(self, title: Callable[[str], str]) -> str:
        """', police among them'; '' where nobody is named."""
        return among_words(self.among, self.kinds, title)

    def needed(self, asked: int) -> int:
        """How many must agree where `asked` are asked: two thirds of 7 are 5, more than half of 4 are 3."""
        if self.number is not None:
            return self.number
        if self.share == MORE_THAN_HALF:
            return asked // 2 + 1
        parts, of = SHARES.get(self.share, (1, 1))
        return -(-asked * parts // of)

    def is_met(self, agreeing: Collection[str], asked: int) -> bool:
        """Whether those who agree, by role, agency or entry of a list, are enough of `asked`."""
        return len(agreeing) >= self.needed(asked) and not any(self.absent(agreeing))

    def absent(self, agreeing: Collection[str]) -> Iterator[str | OneOfKind]:
        """Whoever must be among those who agree and is not: by name, and each kind of which too few do."""
        yield from (name for name in self.among if name not in agreeing)
        yield from (kind for kind in self.kinds if not kind.is_met(agreeing))

    def of_members(self, members: Mapping[str, tuple[str, tuple[str, ...]]]) -> Quorum:
        """The same with the members of each kind that is named alone, and what the kind is called."""
        return replace(self, kinds=tuple(kind.of_members(members) for kind in self.kinds))


def parse_quorum(text: str) -> Quorum:
    """'all', '2 of 3', 'at least 5' or 'two thirds, police among them' -> Quorum; raises PhraseError PD020."""
    words = " ".join(text.split()).lower()
    how_many, comma, among = words.partition(",")
    match = re.fullmatch(r"(\d{1,2}) of (\d{1,2})", how_many)
    least = re.fullmatch(r"at least ([1-9]\d?)( members| of them)?", how_many)
    named, kinds = _among(text, among) if comma else ((), ())
    if how_many == "all" and not comma:
        return Quorum()
    if match and 1 <= int(match[1]) <= int(match[2]):
        return Quorum(int(match[1]), int(match[2]), among=named, kinds=kinds)
    if least:
        return Quorum(int(least[1]), among=named, kinds=kinds)
    share = how_many.removesuffix(" of them")
    if share in SHARES or share == MORE_THAN_HALF:
        return Quorum(share=share, among=named, kinds=kinds)
    if how_many == "all":
        raise PhraseError("PD020", f'"{text}" names some although all must agree. Write: all.')
    shares = listing([*SHARES, MORE_THAN_HALF])
    message = f'"{text}" does not say how many must agree. Write: all, or 2 of 3, or at least 5, or a share: {shares}.'
    raise PhraseError("PD020", message)


def _among(text: str, words: str) -> tuple[tuple[str, ...], tuple[OneOfKind, ...]]:
    """Who is named, and of which kinds; raises PhraseError PD020."""
    if (found := among_in(words)) is not None:
        return found
    message = (
        f'"{text}" does not say who must be among them. Write: 2 of 3, police among them; or, for one of several: '
        "2 of 3, one of police or health among them."
    )
    raise PhraseError("PD020", message)
