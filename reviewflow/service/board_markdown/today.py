"""Today in Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reviewflow.markdown import plain
from reviewflow.service.board.facts.shapes import Clock, HoldRow, OwedRow
from reviewflow.service.board.today import Today
from reviewflow.service.board_markdown.page import BoardPage, board_page, part
from reviewflow.service.views.in_prefect.links import case_link
from reviewflow.text import day_words


def today_page(seen: Today) -> BoardPage:
    """What is late first, then each of the next days, then the clocks, and what waits for a word of the office."""
    parts = (
        part("Late now", OWED, _late(seen.late), none="Nothing is late."),
        *(part(_day_title(day.day, seen), OWED, _owed(day.rows)) for day in seen.days),
        part("Clocks", CLOCKS, clock_rows(seen.clocks)),
        part("Decisions that are awaited", OWED, _owed(seen.decisions)),
        part("Reasons that are owed", OWED, _owed(seen.reasons)),
        part("What others were to answer by now", OWED, _owed(seen.awaited)),
        part("Owed, and no day is set", ("Case", "Who", "What", "Why"), _undated(seen)),
        part("Held", ("Look again", "Case", "Hold", "Since"), _holds(seen)),
        part("Mail", ("What became of it", "Case", "What", "To", "When"), _mail(seen)),
        part("What changed", ("When", "Case", "What"), _changed(seen)),
    )
    return board_page("today", seen.headline, parts, seen.now)


OWED = ("How it stands", "Case", "Who", "What", "Due", "Last message")
CLOCKS = ("Will it be met?", "Day", "Case", "Limit", "Ends", "Why")


def clock_rows(clocks: Iterable[Clock]) -> list[list[str]]:
    """A line a clock."""
    return [
        [
            f"**{plain(clock.verdict)}**",
            plain(clock.day_words),
            case_link(clock.reference),
            plain(clock.title),
            plain(day_words(clock.due)),
            plain(clock.words),
        ]
        for clock in clocks
    ]


def _late(rows: Iterable[OwedRow]) -> list[list[str]]:
    return [[f"**{how}**", *rest] for how, *rest in _owed(rows)]


def _owed(rows: Iterable[OwedRow]) -> list[list[str]]:
    return [
        [
            plain(row.words),
            case_link(row.reference),
            plain(row.who),
            plain(row.what),
            plain(", ".join(filter(None, (day_words(row.due), row.by)))),
            plain(row.last.words if row.last else row.answered),
        ]
        for row in rows
    ]


def _undated(seen: Today) -> list[list[str]]:
    return [[case_link(row.reference), *map(plain, (row.line.owner, row.line.title, row.why))] for row in seen.undated]


def _day_title(day: date, seen: Today) -> str:
    words = day_words(day)
    return f"Due today, {words}" if day == seen.today else f"Due {words}"


def _holds(seen: Today) -> list[list[str]]:
    return [
        [
            plain(_look_again(hold)),
            case_link(hold.reference),
            plain(hold.title),
            plain(day_words(hold.since)),
        ]
        for hold in seen.holds
    ]


def _look_again(hold: HoldRow) -> str:
    if hold.look_again is None:
        return f"ends by itself {day_words(hold.ends)}" if hold.ends else "no day is set"
    return f"{'overdue: ' if hold.overdue else ''}{day_words(hold.look_again)}"


def _mail(seen: Today) -> list[list[str]]:
    return [
        [f"**{plain(row.state)}**", case_link(row.reference), plain(row.what), plain(row.to), plain(row.at)]
        for row in seen.mail
    ]


def _changed(seen: Today) -> list[list[str]]:
    return [[plain(row.at), case_link(row.reference), plain(row.words)] for row in seen.changed.rows]
