"""A case on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from reviewflow.case.rules.standing import Standing
from reviewflow.cli.tables.plain import STYLES, due_cell, page, standing_cell, table
from reviewflow.london import london_day
from reviewflow.service.views.case_page.shapes import link_words
from reviewflow.service.views.linked_cases import other_words
from reviewflow.text import day_words, listing

if TYPE_CHECKING:
    from reviewflow.service.views.case_page.shapes import CasePage, HoldLine, Line

TOGETHER = {Standing.NOT_YET, Standing.DONE}
KEPT_ANSWERS = {Standing.LATE, Standing.IN_TIME, Standing.LATE_DISSENT}
"""Of answers that came when it was settled without them: each is shown with its day."""


MOST = 40
"""Steps that are shown of a case one by one; of a case of more, those that are owed or have a day to come."""
SETTLED = {Standing.DONE, Standing.DONE_LATE, Standing.AGREED, Standing.SILENT, Standing.SKIPPED, Standing.NO_MORE}


def case_page(case: CasePage, now: datetime, *, whole: bool = False) -> None:
    """The case as a manager would print it; `whole` with every step, however many there are."""
    console = page()
    console.print(
        Text(
            f"{case.reference} · {case.title} · {case.status}{f': {case.ending}' if case.ending else ''}", style="bold"
        )
    )
    console.print(f"Seen on {day_words(london_day(now))}. Opened {day_words(case.opened)}.")
    for _, question, day in case.dates:
        console.print(f"  {question}{'' if question.endswith('?') else ':'} {day_words(day)}")
    if case.agencies:
        console.print(f"  Agencies: {', '.join(case.agencies)}")
    for words in (*case.taken_over, *link_words(case)):
        console.print(f"  {words}")
    for link in case.related:
        again = f". To be looked at again {day_words(link.review)}" if link.review else ""
        console.print(Text(f"  {link.words}{again}"))
    for other in case.others:
        console.print(Text(f"  {other_words(other)}"))
    for hold in case.holds:
        console.print(Text(f"  {_hold_words(hold)}", style=STYLES[Standing.ON_HOLD]))
    for since in case.legal_holds:
        words = f"  Legal hold since {day_words(since)}: its file is not destroyed until it is lifted."
        console.print(Text(words, style=STYLES[Standing.ON_HOLD]))
    _limits(console, case)
    _steps(console, case, whole=whole or len(case.steps) <= MOST)


def _hold_words(hold: HoldLine) -> str:
    asked = f", asked for by {hold.requested_by}" if hold.requested_by else ""
    again = f" To be looked at again {day_words(hold.review)}." if hold.review else ""
    again += f" It ends by itself {day_words(hold.ends)}." if hold.ends else ""
    since = f"since {day_words(hold.since)}: {hold.why.rstrip('. ')}{asked}"
    stops = f"It stops: {'; '.join(hold.stops)}." if hold.stops else "Nothing that it stops is still to be done."
    return f"Held: {hold.title} ({since}). {stops}{again}"


def _limits(console: Console, case: CasePage) -> None:
    if not case.limits:
        return
    rows = table("Time limit", "Ends", "State", "", "Will it make it?")
    for line in case.limits:
        met = f"met {day_words(line.done)}" if line.done else line.days
        rows.add_row(line.title, due_cell(line), standing_cell(line), met, line.forecast)
    console.print()
    console.print(rows)


def _steps(console: Console, case: CasePage, *, whole: bool) -> None:
    rows = table("Step", "Who", "Due", "State", "")
    from reviewflow.service.views.case_page.shapes import settled_words

    for stage in (*case.stages, ""):
        lines = [line for line in case.steps if line.stage == stage]
        if stage and lines:
            rows.add_row(Text(f"{stage}: {settled_words(lines)}", style="bold"), "", "", "", "")
        for row in _stage(lines if whole else [line for line in lines if _is_ahead(line)]):
            rows.add_row(*row)
    console.print()
    console.print(rows)
    fallen = [line.title for line in case.steps if line.standing is Standing.NOT_NEEDED]
    if not whole:
        console.print(f"\n{_left_out(case, len(fallen))}")
    elif fallen:
        console.print(f"\nNot needed: {'; '.join(fallen)}")


def _is_ahead(line: Line) -> bool:
    """Whether somebody owes it now or on a day that is planned, or answered otherwise than one would expect."""
    if line.standing is Standing.NOT_YET:
        return line.due is not None and not line.automatic
    return line.standing not in SETTLED


def _left_out(case: CasePage, fallen: int) -> str:
    settled = sum(line.standing in SETTLED for line in case.steps)
    others = sum(line.standing is Standing.NOT_YET and not _is_ahead(line) for line in case.steps)
    parts = ((settled, "settled"), (others, "to come without a day"), (fallen, "not needed"))
    left_out = listing((f"{count} {what}" for count, what in parts if count), none="nothing")
    return f"Left out: {left_out}. Every step: reviewflow show {case.reference} --all"


def _stage(lines: Sequence[Line]) -> Iterator[tuple[str | Text, ...]]:
    for _, of_step in groupby(lines, lambda line: line.item.partition("/")[0]):
        for alike in _alike([line for line in of_step if line.standing is not Standing.NOT_NEEDED]):
            yield _row(alike)


def _alike(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """A step's owners one by one where they differ in where they stand, else all together."""
    if (
        len({(line.standing, line.due, line.days, line.done, line.comes, line.together) for line in lines}) == 1
        and lines[0].standing in TOGETHER
    ):
        yield lines
    else:
        yield from ([line] for line in lines)


def _row(lines: Sequence[Line]) -> tuple[str | Text, ...]:
    line = lines[0]
    day = _done(line) if line.done else line.days
    said = line.answered if not line.done or line.standing in KEPT_ANSWERS else ""
    comes = line.comes if line.standing is not Standing.SILENT else ""
    done = ". ".join(
        filter(
            None,
            (": ".join(filter(None, (day, comes))), line.passed, said, line.together, "" if line.done else line.rounds),
        )
    )
    again = f" (round {line.round})" if line.round > 1 else ""
    who = "by itself" if line.automatic else line.owner
    if len(lines) > 1:
        who = f"{who}, {len(lines)} times" if line.automatic else f"{len(lines)} owners"
    named_by_owner = line.title == f"{line.step} · {line.owner}"
    what = line.step if len(lines) > 1 or named_by_owner else line.title
    return what + again, who, due_cell(line), standing_cell(line), done


def _done(line: Line) -> str:
    how = line.answered if line.standing is Standing.SILENT else "done"
    return f"{how} {day_words(line.done)}" if line.done else how
