"""The words for the clocks of open cases, kept for the lists of that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from reviewflow.case.model.state import Status
from reviewflow.service.messages.clock_words import ClockWords, Words, kept_words
from reviewflow.service.messages.foreseen import foreseen_of
from reviewflow.service.sweep.chase import AT_ONCE
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow


def keep_clock_words(workspace: Workspace, *, now: datetime) -> int:
    """Foresee the clocks of all cases in which something has happened since they were, or whose day is another.

    Returns of how many. Of what cannot be foreseen nothing is kept: whoever lists it sees the same as whoever shows it.
    """
    before, numbers = kept_words(workspace, now), workspace.store.open_numbers()
    as_before = {
        reference: before.cases[reference]
        for reference, number in numbers.items()
        if before.cases.get(reference, (0,))[0] == number
    }
    anew = dict(foreseen_words(workspace, [reference for reference in numbers if reference not in as_before], now))
    if anew or as_before.keys() != before.cases.keys():
        ClockWords(before.basis, before.day, as_before | anew).keep(workspace, now)
    return len(anew)


def foreseen_words(
    workspace: Workspace, references: list[str], now: datetime
) -> Iterator[tuple[str, tuple[int, Words]]]:
    """Of each of these cases that can be foreseen, the number of its last event and the word for each limit."""
    boundary = Boundary(workspace, "words of clocks", now)
    for first in range(0, len(references), AT_ONCE):
        for row in workspace.store.load_these(references[first : first + AT_ONCE]):
            words = boundary.attempt(partial(_words, workspace, row, now), None)
            if words is not None:
                yield row.reference, (row.number, words)


def _words(workspace: Workspace, row: CaseRow, now: datetime) -> Words:
    context = workspace.context(row, now)
    items = context.case.items
    running = (foreseen for foreseen in foreseen_of(context) if items[foreseen.limit].status is Status.OPEN)
    return {foreseen.limit: foreseen.verdict for foreseen in running}
