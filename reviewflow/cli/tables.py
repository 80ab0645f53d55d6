"""Pages and tables for people. Plain text when the output is not a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reviewflow.case.rules.action_colours import Colour
from reviewflow.case.rules.standing import Standing
from reviewflow.london import london_day
from reviewflow.service.delivery.outbox import Lot, Posted
from reviewflow.service.records.disposal import Issued
from reviewflow.service.records.retention import Kept
from reviewflow.service.reports.figures.drawing import Report, as_words
from reviewflow.service.reports.registers.action_lines import ActionLine
from reviewflow.service.sweep.letter_preview import PlannedLetter
from reviewflow.service.views.case_page.shapes import CasePage, HoldLine, Line
from reviewflow.service.views.forecasts import ForecastLine
from reviewflow.service.views.history import HistoryEntry
from reviewflow.service.views.no_due_date import Undated
from reviewflow.text import day_words

STYLES = {
    Standing.OVERDUE: "bold red",
    Standing.DUE_SOON: "yellow",
    Standing.WAITING: "cyan",
    Standing.EXPECTED: "cyan",
    Standing.NOT_COME: "yellow",
    Standing.HELD: "magenta",
    Standing.DONE: "green",
    Standing.DISSENT: "yellow",
    Standing.AGREED: "green",
    Standing.DONE_LATE: "green",
}


COLOURS = {Colour.BLUE: "blue", Colour.GREEN: "green", Colour.AMBER: "yellow", Colour.RED: "bold red"}

TOGETHER = {Standing.NOT_YET, Standing.DONE}
WIDE = 120
"""Columns of a page that is not shown on a terminal but kept or printed."""


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDE)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _standing(line: Line) -> Text:
    return Text(line.standing, style=STYLES.get(line.standing, "dim"))


def _day(day: date | None) -> str:
    return day_words(day) if day else ""


def _due(line: Line) -> str:
    """A day beyond the proclaimed bank holidays may still move, and says so; what was due first stays in sight."""
    first = f" (first due {day_words(line.original)})" if line.original else ""
    day = f"{_day(line.due)}, {line.by}" if line.by else _day(line.due)
    return f"{day} (provisional){first}" if line.provisional else f"{day}{first}"


def case_page(case: CasePage, now: datetime) -> None:
    """The case as a manager would print it."""
    console = _console()
    console.print(
        Text(
            f"{case.reference} · {case.title} · {case.status}{f': {case.ending}' if case.ending else ''}", style="bold"
        )
    )
    console.print(f"Seen on {day_words(london_day(now))}. Opened {day_words(case.opened)}.")
    for _, question, day in case.dates:
        console.print(f"  {question}: {day_words(day)}")
    if case.agencies:
        console.print(f"  Agencies: {', '.join(case.agencies)}")
    if case.links:
        console.print(f"  Linked: {', '.join(case.links)}")
    for link in case.related:
        again = f". To be looked at again {day_words(link.review)}" if link.review else ""
        console.print(Text(f"  {link.words}{again}"))
    for hold in case.holds:
        console.print(Text(f"  {_held(hold)}", style=STYLES[Standing.HELD]))
    _limits(console, case)
    _steps(console, case)


def _held(hold: HoldLine) -> str:
    asked = f", asked for by {hold.requested_by}" if hold.requested_by else ""
    again = f" To be looked at again {day_words(hold.review)}." if hold.review else ""
    since = f"since {day_words(hold.since)}: {hold.why.rstrip('. ')}{asked}"
    return f"Held: {hold.title} ({since}). It stops: {'; '.join(hold.stops)}.{again}"


def _limits(console: Console, case: CasePage) -> None:
    if not case.limits:
        return
    table = _table("Time limit", "Ends", "State", "", "Will it make it?")
    for line in case.limits:
        met = f"met {day_words(line.done)}" if line.done else line.days
        table.add_row(line.title, _due(line), _standing(line), met, line.forecast)
    console.print()
    console.print(table)


def _steps(console: Console, case: CasePage) -> None:
    table = _table("Step", "Who", "Due", "State", "")
    for _, lines in groupby(case.steps, lambda line: line.item.partition("/")[0]):
        for alike in _alike([line for line in lines if line.standing is not Standing.NOT_NEEDED]):
            table.add_row(*_row(alike))
    console.print()
    console.print(table)
    fallen = [line.title for line in case.steps if line.standing is Standing.NOT_NEEDED]
    if fallen:
        console.print(f"\nNot needed: {'; '.join(fallen)}")


def _alike(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """A step's owners one by one where they differ in where they stand, else all together."""
    if len({(line.standing, line.due, line.days, line.done) for line in lines}) == 1 and lines[0].standing in TOGETHER:
        yield lines
    else:
        yield from ([line] for line in lines)


def _row(lines: Sequence[Line]) -> tuple[str | Text, ...]:
    line = lines[0]
    done = f"done {day_words(line.done)}" if line.done else ". ".join(filter(None, (line.days, line.answered)))
    again = f" (round {line.round})" if line.round > 1 else ""
    who = "by itself" if line.automatic else line.owner
    if len(lines) > 1:
        who = f"{who}, {len(lines)} times" if line.automatic else f"{len(lines)} owners"
    named_by_owner = line.title == f"{line.step} · {line.owner}"
    what = line.step if len(lines) > 1 or named_by_owner else line.title
    return what + again, who, _due(line), _standing(line), done


def cases_table(cases: Sequence[CasePage]) -> None:
    """All cases, one a line."""
    console = _console()
    if not cases:
        console.print("No cases. Open one with: reviewflow open PROCESS --date NAME=2026-05-05 --agency NAME")
        return
    table = _table("Case", "Process", "State", "Overdue", "Due soon", "Next limit")
    for case in cases:
        lines = [line for line in case.steps if line.days]
        overdue = sum(line.standing is Standing.OVERDUE for line in lines)
        soon = sum(line.standing is Standing.DUE_SOON for line in lines)
        running = [line for line in case.limits if line.days and line.due]
        nearest = min(running, key=lambda line: line.due or case.opened, default=None)
        limit = f"{_day(nearest.due)}, {nearest.days}{'' if nearest.in_time else ' (at risk)'}" if nearest else ""
        late = Text(str(overdue or ""), style="bold red")
        table.add_row(case.reference, case.title, case.status, late, str(soon or ""), limit)
    console.print(table)


def forecast_page(lines: Sequence[ForecastLine]) -> None:
    """Those in danger first, each with what its day hangs on."""
    console = _console()
    if not lines:
        console.print("No time limit is running.")
    for line in lines:
        style = STYLES[Standing.DONE if line.in_time else Standing.OVERDUE]
        console.print(Text(f"{line.reference} · {line.title}: {'yes' if line.in_time else 'no'}", style=style))
        console.print(Text(f"  {line.words}"))
        if line.why:
            console.print(Text(f"  {line.why}"))
        if line.breach:
            console.print(Text(f"  Why it is late, as recorded: {line.breach.rstrip('. ')}."))


def due_table(lines: Sequence[tuple[str, Line]]) -> None:
    """What is overdue or due soon, most urgent first."""
    console = _console()
    if not lines:
        console.print("Nothing is due.")
        return
    table = _table("Due", "", "Case", "What", "Who", "State")
    for reference, line in lines:
        table.add_row(_due(line), line.days, reference, line.title, line.owner, _standing(line))
    console.print(table)


def undated_table(found: Sequence[Undated]) -> None:
    """What is owed and has no day; nothing when there is none."""
    if found:
        table = _table("No day yet", "Case", "Who", "Why")
        for each in found:
            table.add_row(each.line.title, each.reference, each.line.owner, each.why)
        _console().print(table)


def actions_table(lines: Sequence[ActionLine]) -> None:
    """Actions, one a line, each with its colour in a word."""
    console = _console()
    if not lines:
        console.print("No actions.")
        return
    table = _table("No.", "Action", "Lead", "Due", "State", "RAG")
    for line in lines:
        moved = f" (first due {day_words(line.original_due)})" if _has_moved(line) and line.original_due else ""
        colour = Text(f"{line.rag}: {line.why}" if line.why else line.rag, style=COLOURS.get(line.rag, ""))
        follows = f" (from {line.follows})" if line.follows else ""
        table.add_row(f"{line.number}{follows}", line.action, line.lead, f"{_day(line.due)}{moved}", line.state, colour)
    console.print(table)


def _has_moved(line: ActionLine) -> bool:
    return line.original_due != line.due


def foretold_table(found: Sequence[tuple[PlannedLetter, bool]]) -> None:
    """Who would get which letter when, and what it tells of, if nobody answers until then."""
    console = _console()
    if not found:
        console.print("Nobody would get a letter.")
        return
    table = _table("When", "To", "Letter", "What it tells of")
    some_leave = any(leaves for _, leaves in found)
    for each, leaves in found:
        when = f"{_moment(each.when)}{' at once' if each.urgent else ''}"
        when += " (to the folder)" if some_leave and not leaves else ""
        whom = "; ".join(dict.fromkeys(told.whom for told in each.tells))
        about = [
            f"{told.reference} {told.title}: {told.message}" if told.reference else told.message for told in each.tells
        ]
        table.add_row(when, f"{whom} <{each.address}>", each.subject, "\n".join(dict.fromkeys(about)))
    console.print(table)


def foretold_letters(found: Sequence[tuple[PlannedLetter, bool]]) -> None:
    """The same letters, word for word."""
    console = _console()
    for each, leaves in found:
        kept = "" if leaves else " (written to the folder and not sent)"
        head = f"{'=' * 72}\n{_moment(each.when)}{kept}\nTo: {each.address}\nSubject: {each.subject}\n"
        console.print(f"{head}\n{each.text}", markup=False, highlight=False, soft_wrap=True)
    if not found:
        console.print("Nobody would get a letter.")


def _moment(when: datetime) -> str:
    return f"{day_words(when.date())} {when:%H:%M}"


def retention_table(found: Sequence[Kept], now: datetime) -> None:
    """Every case, one a line; first those that may go first."""
    console = _console()
    table = _table("Case", "Process", "State", "Class", "Kept for", "Over", "Destroy after", "")
    for each in found:
        note = f"Legal hold: {each.legal_hold}" if each.legal_hold else ""
        note = "may be destroyed" if each.may_be_destroyed(london_day(now)) else note
        days = _day(each.over), _day(each.destroy_after)
        keep = f"{each.keep or 'not set'}{f', to {_day(each.kept_until)} at least' if each.kept_until else ''}"
        table.add_row(each.case, each.title, each.status, each.kind, keep, *days, note)
    console.print(table if found else "No cases.")


def destroyed_table(found: Sequence[Issued]) -> None:
    """Every case that was destroyed, one a line."""
    table = _table("Case", "Process", "Class", "Destroyed (UTC)", "By", "Because")
    for each in found:
        said = each.certificate
        table.add_row(said.case, said.title, said.kind, each.at[:16].replace("T", " "), each.by, said.reason)
    _console().print(table if found else "No case was destroyed.")


def history_page(reference: str, entries: Sequence[HistoryEntry]) -> None:
    """Every fact with the day it is about, who said so and when it was recorded (UTC)."""
    console = _console()
    console.print(Text(f"History of {reference}", style="bold"))
    table = _table("No.", "About", "What", "By", "Recorded (UTC)")
    for entry in entries:
        table.add_row(str(entry.number), entry.on, entry.words, entry.by, entry.recorded_at[:16].replace("T", " "))
    console.print(table)


LOTS = {
    Lot.REFUSED: "Refused or sent back for good: the next in the chain has it, business support was told",
    Lot.WAITS: "Waits",
    Lot.SENT: "Sent",
    Lot.WITHDRAWN: "Withdrawn",
}


def outbox_page(messages: Sequence[Posted]) -> None:
    """What needs somebody first, then what waits, then what has gone."""
    console = _console()
    if not messages:
        console.print("There are no messages.")
    for lot, title in LOTS.items():
        found = [each for each in messages if each.lot is lot]
        if found:
            table = _table("Number", "To", "Subject", "")
            for each in found:
                table.add_row(each.number, each.to, Text(each.subject), each.words)
            console.print(Text(f"{title} ({len(found)})", style="bold"))
            console.print(table)
            console.print()


def sheet_page(report: Report) -> None:
    """Figures, a table a sheet."""
    console = _console()
    console.print(Text(report.title, style="bold"))
    console.print(report.says)
    for sheet in report.sheets:
        console.print()
        console.print(Text(sheet.title, style="bold"))
        console.print(sheet.says)
        table = _table(*sheet.columns)
        for row in sheet.rows:
            table.add_row(*(as_words(cell) for cell in row))
        console.print(table if sheet.rows else "Nothing to show.")
