"""The morning in the terminal: the same values as the pages, in the same order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from reviewflow.cli.tables.long import Cell, print_table
from reviewflow.cli.tables.plain import day_cell, page
from reviewflow.service.board.facts.shapes import Verdict
from reviewflow.service.board.facts.together import grouped
from reviewflow.text import day_words, moment_words

if TYPE_CHECKING:
    from datetime import date

    from reviewflow.service.board.facts.shapes import Clock, HoldRow, OwedRow
    from reviewflow.service.board.facts.together import Together
    from reviewflow.service.board.today import Today

STYLES: Mapping[Verdict, str] = {
    Verdict.MISSED: "bold red",
    Verdict.UNLIKELY: "red",
    Verdict.TIGHT: "yellow",
    Verdict.HELD: "magenta",
    Verdict.ON_COURSE: "cyan",
    Verdict.MET: "green",
}


def today_page(today: Today) -> None:
    """How it stands first, then what is late, the clocks, what falls due, and what waits for a word."""
    console = page()
    console.print(Text(f"{today.office}, {moment_words(today.now)}"))
    console.print(Text(today.headline, style="bold"))
    _section("Late now", ("Late by", "Case", "What", "Who", "Last message"), list(map(_late, today.late)))
    _section(
        "Will each clock be met?", ("Forecast", "Case", "Clock", "Today", "Ends", ""), list(map(_clock, today.clocks))
    )
    due = [_due(owed.day, row) for owed in today.days for row in grouped(owed.rows)]
    number = sum(len(owed.rows) for owed in today.days)
    _section("Due today and in the next five working days", ("Day", "Case", "What", "Who"), due, number=number)
    _section("Decisions awaited", ("Case", "What", "Who", ""), list(map(_waits, today.decisions)))
    _section("Reasons owed", ("Case", "What", "Who", ""), list(map(_waits, today.reasons)))
    _section("Holds", ("Case", "What", "Since", "Look again"), list(map(_hold, today.holds)))
    mail = [(row.reference, row.what, row.to, row.state, row.at) for row in today.mail]
    _section("Mail to see to", ("Case", "What", "To", "State", "When"), mail)
    _section("Not come yet from others", ("Case", "What", "Who", ""), list(map(_waits, today.awaited)))
    owed = [(row.reference, row.line.title, row.line.owner, row.why) for row in today.undated]
    _section("Owed, and no day is set", ("Case", "What", "Who", "Why"), owed)
    changed = [(change.at, change.reference, change.words) for change in today.changed.rows]
    _section(f"Changed since {day_words(today.changed.since)}", ("When", "Case", "What"), changed)


def _section(title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, number: int | None = None) -> None:
    """Nothing where there is none; `number` where a row stands for several."""
    if rows:
        page().print(Text(f"\n{title} ({number or len(rows)})", style="bold"))
        print_table(columns, rows)


def _late(row: OwedRow) -> tuple[Cell, ...]:
    last = row.last.words if row.last else "nothing"
    return Text(row.words.removesuffix(" overdue"), style="bold red"), row.reference, row.what, row.who, last


def _clock(clock: Clock) -> tuple[Cell, ...]:
    forecast = Text(str(clock.verdict).capitalize(), style=STYLES[clock.verdict])
    return forecast, clock.reference, clock.title, clock.day_words, day_words(clock.due), clock.words


def _due(day: date, row: Together) -> tuple[Cell, ...]:
    return f"{day_words(day)}{f', {row.by}' if row.by else ''}", row.reference, row.what, row.who


def _waits(row: OwedRow) -> tuple[Cell, ...]:
    return row.reference, row.what, row.awaited or row.who, row.words


def _hold(hold: HoldRow) -> tuple[Cell, ...]:
    again = f"{day_cell(hold.look_again)}{', overdue' if hold.overdue else ''}"
    if hold.look_again is None and hold.ends is not None:
        again = f"ends by itself {day_words(hold.ends)}"
    return hold.reference, hold.title, day_words(hold.since), again
