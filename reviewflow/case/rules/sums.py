"""Numbers that were answered, added up: of a column of a table, or of several owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from reviewflow.case.model.state import WAS_DONE, Answer, Item

_DECIMALS = 4
"""As many as an answer may have: what lies beyond is how a machine adds."""


def sum_of_answers(states: Iterable[Item | None], field: str, column: str) -> float | None:
    """The numbers in a column, or the answers themselves where `column` is '', added up; an empty cell adds nothing.

    None where nothing was done, so that nobody can have said a number.
    """
    done = [state for state in states if state is not None and state.status in WAS_DONE]
    numbers = [number for state in done for number in _numbers(state.answers.get(field), column)]
    return round(fsum(numbers), _DECIMALS) if done else None


def _numbers(answer: Answer | None, column: str) -> Iterator[float]:
    if column:
        cells = [row.get(column) for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
        yield from (float(cell) for cell in cells if isinstance(cell, (int, float)))
    elif isinstance(answer, (int, float)):
        yield float(answer)
