"""Fields of a message that are worked out when its template names them: most templates name few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

Words = Mapping[str, str | Callable[[], str]]
"""By field its words, or what works them out."""


class OnDemand(Mapping[str, str]):
    """The words of each field; what is worked out for one is worked out once."""

    def __init__(self, words: Words) -> None:
        self._words = dict(words)

    def __getitem__(self, name: str) -> str:
        words = self._words[name]
        if not isinstance(words, str):
            words = self._words[name] = words()
        return words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
