"""The entries of a list that a form gathered, as the case has them: a step `for_each` list owes an item for each."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.state import FINISHED, WAS_DONE, Answer, Case, Item, Row, Status
from reviewflow.case.plan.labels import key_of_label
from reviewflow.language.model import Step
from reviewflow.language.structure.lists import names_who_is_out, source_of

NONE_YET = ("",)
"""The key while the list is not there or has no entries: the step stands in the case once, and nobody owes it."""


_GONE = frozenset({Status.NOT_NEEDED, Status.WITHDRAWN})
"""Of what gathers a table that grows: its lines are owed by nobody."""


def entry_keys(step: Step, case: Case) -> tuple[str, ...]:
    """The keys of a step's items: of a list the key of each label, of a table the number of each line from 1.

    While lines may still come, one more that nobody owes: what waits for all lines waits for it.
    """
    keys = tuple(keys_of(_answer(step, case)))
    return (*keys, *NONE_YET) if keys and may_grow(step, case) else keys or NONE_YET


def may_grow(step: Step, case: Case) -> bool:
    """Whether lines may still be added to the table for which a step is done, and some were."""
    source, field = source_of(step) or ("", "")
    state = case.items.get(source)
    return state is not None and field in state.growing and state.status not in FINISHED


def keys_of(answer: Answer | None) -> Iterator[str]:
    """The key of each entry of an answer; none for an answer that is no list, nor for a line that was withdrawn."""
    return (key for key, _ in entries_of(answer))


def entries_of(answer: Answer | None) -> Iterator[tuple[str, str | Row]]:
    """Each entry of an answer by its key, as in `keys_of`."""
    for number, entry in enumerate(answer if isinstance(answer, list) else (), start=1):
        if isinstance(entry, str):
            yield key_of_label(entry), entry
        elif isinstance(entry, dict) and entry:
            yield str(number), entry


def row_of(step: Step, case: Case, key: str) -> Row:
    """The line of a table that the key names, by column; empty when there is none."""
    answer = _answer(step, case)
    lines = answer if isinstance(answer, list) else []
    number = int(key) if key.isascii() and key.isdigit() else 0
    line = lines[number - 1] if 1 <= number <= len(lines) else None
    return line if isinstance(line, dict) else {}


def named_out(step: Step, case: Case) -> frozenset[str]:
    """Who takes no part in a step, as an answer names them: agencies, posts or members of a group."""
    source, field = names_who_is_out(step)
    state = case.items.get(source)
    answer = state.answers.get(field) if state is not None and state.status in WAS_DONE else None
    named = answer if isinstance(answer, list) else [answer]
    return frozenset(name for name in named if isinstance(name, str) and name)


def _answer(step: Step, case: Case) -> Answer | None:
    source, field = source_of(step) or ("", "")
    state = case.items.get(source)
    stands = state is not None and (state.status in WAS_DONE or (field in state.growing and not _is_gone(case, state)))
    return state.answers.get(field) if state is not None and stands else None


def _is_gone(case: Case, gathering: Item) -> bool:
    """Whether nobody owes anything for the lines of a table that grew; where the case ends, its ending says what is."""
    return gathering.status in _GONE and not (case.closing or case.ending)


def removed_entries(name: str, step: Step, case: Case) -> tuple[str, ...]:
    """The unfinished items of the step `name` whose entry is no longer on the list, since it was gathered again."""
    source = case.items.get((source_of(step) or ("", ""))[0])
    grows = source is not None and (source_of(step) or ("", ""))[1] in source.growing
    if source is None or (source.status not in FINISHED and not grows):
        return ()
    begins = f"{name}/"
    unfinished = [
        item for item, state in case.items.items() if item.startswith(begins) and state.status not in FINISHED
    ]
    if not unfinished:
        return ()
    keys = {f"{begins}{key}" for key in entry_keys(step, case)}
    return tuple(item for item in unfinished if item not in keys)
