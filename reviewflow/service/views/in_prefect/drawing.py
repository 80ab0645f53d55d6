"""The bars of a case as a picture: a line each with its name, the plan in pale and the fact in colour, and a legend.

Text and shapes only, on a ground of its own, so that it reads the same by day and by night, and on paper.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.in_prefect.shown import Bar
from reviewflow.text import day_words

WIDTH, NAMES, EDGE = 760, 350, 12
"""Pixels: of the picture, of the names on its left, and of the white around."""
LINE, ROW, HEAD, FOOT = 15, 9, 30, 42
"""Pixels: the height of a line of a name, the space around each name, the height of the axis and of the legend."""
SVG = "http://www.w3.org/2000/svg"
TEXT = 'font-family="sans-serif" font-size="12.5" fill="#1f2328"'
LETTERS = 54
"""So many fit into a line of a name."""
MARKS = 6
"""So many days are written on the axis, at the most."""


@dataclass(frozen=True, slots=True)
class Ink:
    """What a colour stands for, in the order of the legend."""

    words: str
    colour: str


GREEN, BLUE, AMBER, RED, GREY = (
    Ink("settled", "#2f7d4f"),
    Ink("waits", "#2b6cb0"),
    Ink("due soon", "#c27803"),
    Ink("overdue", "#c0392b"),
    Ink("held, or still to come", "#8a8f98"),
)
LEGEND = (RED, AMBER, BLUE, GREEN, GREY)
INKS = {
    Standing.NOT_YET: GREY,
    Standing.ON_HOLD: GREY,
    Standing.OPEN: BLUE,
    Standing.EXPECTED: BLUE,
    Standing.DUE_SOON: AMBER,
    Standing.NOT_COME: AMBER,
    Standing.OVERDUE: RED,
}
"""Of what is not settled; everything else is green."""


def picture(bars: Sequence[Bar], today: date) -> str:
    """The picture as an address that holds it, for Markdown: 'data:image/svg+xml;base64,…'; '' without bars."""
    if not bars:
        return ""
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn(bars, today).encode()).decode()}"


def drawn(bars: Sequence[Bar], today: date) -> str:
    """The picture as SVG."""
    names = [textwrap.wrap(bar.title, LETTERS, max_lines=3, placeholder=" …") for bar in bars]
    heights = [len(name) * LINE + ROW for name in names]
    bottom = HEAD + sum(heights)
    whole = bottom + FOOT
    axis = _Axis.of(bars, today)
    rows: list[str] = []
    top = HEAD
    for bar, name, height in zip(bars, names, heights, strict=True):
        rows += _row(bar, name, top, height, axis)
        top += height
    return "".join(
        (
            f'<svg xmlns="{SVG}" viewBox="0 0 {WIDTH} {whole}" width="{WIDTH}" height="{whole}" {TEXT}>',
            f'<rect width="{WIDTH}" height="{whole}" fill="#ffffff"/>',
            *_axis(axis, bottom),
            *rows,
            *_today(axis, bottom),
            *_legend(bottom + 24),
            "</svg>",
        )
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """The days that are drawn, and where."""

    first: date
    last: date
    today: date

    @classmethod
    def of(cls, bars: Sequence[Bar], today: date) -> _Axis:
        days = [day for bar in bars for day in (bar.starts, bar.due, bar.ended) if day] + [today]
        return cls(min(days) - timedelta(days=1), max(days) + timedelta(days=2), today)

    def at(self, day: date) -> float:
        """Pixels from the left."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(NAMES + EDGE + share * (WIDTH - NAMES - 2 * EDGE), 1)


def _axis(axis: _Axis, bottom: int) -> Iterator[str]:
    step = max(1, -(-(axis.last - axis.first).days // MARKS))
    for number in range(1, MARKS + 1):
        day = axis.first + timedelta(days=number * step - step // 2)
        if day < axis.last - timedelta(days=step // 3):
            at = axis.at(day)
            yield f'<path d="M{at} {HEAD - 6}V{bottom}" stroke="#e4e7eb"/>'
            yield f'<text x="{at}" y="16" text-anchor="middle" fill="#57606a" font-size="11">{day.day} {day:%b}</text>'


def _today(axis: _Axis, bottom: int) -> Iterator[str]:
    at = axis.at(axis.today)
    yield f'<path d="M{at} {HEAD - 6}V{bottom}" stroke="#1f2328" stroke-dasharray="3 3"/>'


def _row(bar: Bar, name: Sequence[str], top: int, height: int, axis: _Axis) -> Iterator[str]:
    ink, middle = INKS.get(bar.standing, GREEN), top + height / 2
    for number, words in enumerate(name):
        baseline = top + ROW / 2 + (number + 1) * LINE - 3
        yield f'<text x="{EDGE}" y="{baseline}">{escape(words)}</text>'
    starts, ends = axis.at(bar.starts), axis.at(bar.until(axis.today))
    if bar.due:
        planned = axis.at(bar.due)
        yield _box(min(starts, planned), max(starts, planned), middle, 10, f'fill="{ink.colour}" opacity="0.22"')
    if bar.standing is Standing.NOT_YET:
        yield _box(starts, max(ends, starts), middle, 8, f'fill="none" stroke="{ink.colour}" stroke-dasharray="2 2"')
    else:
        yield _box(starts, ends, middle, 6, f'fill="{ink.colour}"')
    if bar.due:
        yield f'<path d="M{axis.at(bar.due)} {middle - 7}V{middle + 7}" stroke="{ink.colour}" stroke-width="2"/>'


def _box(left: float, right: float, middle: float, height: int, look: str) -> str:
    width = round(max(right - left, 4), 1)
    return f'<rect x="{left}" y="{middle - height / 2}" width="{width}" height="{height}" {look}/>'


def _legend(top: int) -> Iterator[str]:
    at = EDGE
    for ink in LEGEND:
        yield f'<rect x="{at}" y="{top - 9}" width="10" height="10" fill="{ink.colour}"/>'
        yield f'<text x="{at + 15}" y="{top}" font-size="11.5">{ink.words}</text>'
        at += 34 + round(len(ink.words) * 6.4)
    yield f'<path d="M{at + 4} {top - 11}V{top + 3}" stroke="#1f2328" stroke-width="2"/>'
    yield f'<text x="{at + 12}" y="{top}" font-size="11.5">due</text>'
    yield f'<path d="M{at + 46} {top - 11}V{top + 3}" stroke="#1f2328" stroke-dasharray="3 3"/>'
    yield f'<text x="{at + 54}" y="{top}" font-size="11.5">today</text>'


def in_words(bars: Sequence[Bar], today: date) -> str:
    """What the picture shows, for whoever does not see it."""
    counts: dict[str, int] = {}
    for bar in bars:
        words = INKS.get(bar.standing, GREEN).words
        counts[words] = counts.get(words, 0) + 1
    told = ", ".join(f"{counts[ink.words]} {ink.words}" for ink in LEGEND if ink.words in counts)
    return f"The case drawn on {day_words(today)}, line by line: {told}. The same stands in words below."
