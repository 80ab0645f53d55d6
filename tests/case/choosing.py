"""What is drawn from again and again: each strategy is made once, and not for each draw.

To make one takes longer than to draw from it, and leaves circles that only the search for garbage takes away: with one
for each draw that was a quarter of the time of the laws. What is drawn stays the same.
"""

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st

MOST = 8192
"""How many are kept: of a step's names, of what was asked before, of whatever a process holds."""
_kept: dict[str, st.SearchStrategy[Any]] = {}


def among(choices: Iterable[Any]) -> st.SearchStrategy[Any]:
    """One of these; nobody may change what is drawn, which others draw too."""
    values = tuple(choices)
    return _made_once(f"one of {values!r}", lambda: st.sampled_from(values))


def some_of(choices: Iterable[Any], least: int, most: int) -> st.SearchStrategy[list[Any]]:
    """So many of these, each once."""
    values = tuple(choices)
    return _made_once(
        f"{least} to {most} of {values!r}",
        lambda: st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True),
    )


def _made_once(words: str, make: Callable[[], st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    if words not in _kept:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[words] = make()
    return _kept[words]
