"""The entries of a list that a form gathered, as the case has them: a step `for_each` list owes an item for each."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.state import FINISHED, WAS_DONE, Answer, Case, Row
from reviewflow.case.plan.labels import key_of_label
from reviewflow.language.model import Step
from reviewflow.language.structure.lists import source_of

NONE_YET = ("",)
"""The key while the list is not there or has no entries: the step stands in the case once, and nobody owes it."""


def entry_keys(step: Step, case: Case) -> tuple[str, ...]:
    """The keys of a step's items: of a list the key of each label, of a table the number of each line from 1."""
    return tuple(keys_of(_answer(step, case))) or NONE_YET


def keys_of(answer: Answer | None) -> Iterator[str]:
    """The key of each entry of an answer; none for an answer that is no list."""
    for number, entry in enumerate(answer if isinstance(answer, list) else (), start=1):
        yield key_of_label(entry) if isinstance(entry, str) else str(number)


def row_of(step: Step, case: Case, key: str) -> Row:
    """The line of a table that the key names, by column; empty when there is none."""
    answer = _answer(step, case)
    lines = answer if isinstance(answer, list) else []
    number = int(key) if key.isascii() and key.isdigit() else 0
    line = lines[number - 1] if 1 <= number <= len(lines) else None
    return line if isinstance(line, dict) else {}


def _answer(step: Step, case: Case) -> Answer | None:
    source, field = source_of(step) or ("", "")
    state = case.items.get(source)
    return state.answers.get(field) if state is not None and state.status in WAS_DONE else None


def removed_entries(name: str, step: Step, case: Case) -> tuple[str, ...]:
    """The unfinished items of the step `name` whose entry is no longer on the list, since it was gathered again."""
    source = case.items.get((source_of(step) or ("", ""))[0])
    if source is None or source.status not in FINISHED:
        return ()
    begins = f"{name}/"
    unfinished = [
        item for item, state in case.items.items() if item.startswith(begins) and state.status not in FINISHED
    ]
    if not unfinished:
        return ()
    keys = {f"{begins}{key}" for key in entry_keys(step, case)}
    return tuple(item for item in unfinished if item not in keys)
