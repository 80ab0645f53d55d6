"""The entries of a list that a form gathered, as they stand in a case: each is owed for itself."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import FINISHED, Answer, Case, Row, Status
from reviewflow.case.plan.labels import key_of_label
from reviewflow.language.model import Step
from reviewflow.language.structure.lists import source_of

NONE_YET = ("",)
"""Until the list is there, and when it has no entries, the step stands in the case once, and nobody owes it."""


def entry_keys(step: Step, case: Case) -> tuple[str, ...]:
    """A label's key for each entry of a list; the number of each line of a table."""
    return tuple(keys_of(_answer(step, case))) or NONE_YET


def keys_of(answer: Answer | None) -> Iterator[str]:
    for number, entry in enumerate(answer if isinstance(answer, list) else (), start=1):
        yield key_of_label(entry) if isinstance(entry, str) else str(number)


def row_of(step: Step, case: Case, key: str) -> Row:
    """The line of the table that an item is about; empty when it is about none."""
    answer = _answer(step, case)
    lines = answer if isinstance(answer, list) else []
    number = int(key) if key.isascii() and key.isdigit() else 0
    line = lines[number - 1] if 1 <= number <= len(lines) else None
    return line if isinstance(line, dict) else {}


def _answer(step: Step, case: Case) -> Answer | None:
    source, field = source_of(step) or ("", "")
    state = case.items.get(source)
    return state.answers.get(field) if state is not None and state.status is Status.DONE else None


def gone(name: str, step: Step, case: Case) -> tuple[str, ...]:
    """Items whose entry is no longer on the list, now that it was gathered again."""
    keys = {f"{name}/{key}" for key in entry_keys(step, case)}
    source = case.items.get((source_of(step) or ("", ""))[0])
    if source is None or source.status not in FINISHED:
        return ()
    return tuple(
        item
        for item, state in case.items.items()
        if step_of(item) == name and item != name and item not in keys and state.status not in FINISHED
    )
