"""What the present edition of rules would move in open cases, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from reviewflow.case.model.ids import step_of
from reviewflow.cli.tables.plain import page, table
from reviewflow.text import day_words, moment_words

if TYPE_CHECKING:
    from reviewflow.service.commands.rules_edition import Moved, WouldMove
    from reviewflow.service.workspace.workspace import Workspace

ADOPT = (
    'They go on as they are until you decide. All at once: reviewflow recount --rules --because "..."; one: '
    'reviewflow recount REFERENCE --rules --because "..."'
)


def moving_table(workspace: Workspace, cases: Sequence[WouldMove]) -> None:
    """A line for each thing that would move; a word when nothing would."""
    console = page()
    if not cases:
        console.print("Every open case is run by the present rules.")
        return
    rows = table("Case", "What", "Now", "By the present rules")
    for case in cases:
        for title, now, then in _lines(workspace, case):
            rows.add_row(case.reference, title, now, then)
    console.print(rows)
    console.print(Text(ADOPT))


def _lines(workspace: Workspace, case: WouldMove) -> Iterator[tuple[str, str, str]]:
    now, then = case.status
    if now != then:
        yield "the case", now, then
    row = workspace.store.load(case.reference)
    for moved in case.moved:
        title = workspace.plan(row.definition).definition.title(step_of(moved.item)) if row else moved.item
        yield title, *_words(moved)
    if now == then and not case.moved:
        yield "nothing moves", "", ""


def _words(moved: Moved) -> tuple[str, str]:
    """What differs, before and after: 'due Mon 5 May 2026; next message Tue 6 May 2026, 09:30'."""
    sides: tuple[list[str], list[str]] = ([], [])
    for side, status, due, coming in zip(sides, moved.status, moved.due, moved.next_message, strict=True):
        if moved.status[0] != moved.status[1]:
            side.append(str(status))
        if moved.due[0] != moved.due[1]:
            side.append(f"due {day_words(due)}" if due else "no due day")
        if moved.next_message[0] != moved.next_message[1]:
            side.append(f"next message {moment_words(coming)}" if coming else "no message")
    return "; ".join(sides[0]), "; ".join(sides[1])
