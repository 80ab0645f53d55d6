"""What the shapes and lines of a page mean: only those that are on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reviewflow.diagram.drawing.glyph_widths import Face, width
from reviewflow.diagram.shapes import Chart, Shape, Way

SIZE, ROW = 2.6, 5.0
SAMPLE, GAP = 8.0, 4.0
"""How wide a sample is with the room beside it, and how far the next one stands away, in millimetres."""


class Sign(StrEnum):
    BACK = "back"
    STACK = "stack"
    OPTIONAL = "optional"
    CONDITION = "condition"
    NATIONAL = "national"
    LOCAL = "local"


WORDS: dict[Shape | Sign, str] = {
    Shape.OPENING: "Begins",
    Shape.PERSON: "Somebody does it",
    Shape.DECISION: "Its answer decides what follows",
    Shape.AUTOMATIC: "Done by itself",
    Shape.PROCESS: "Opens another process",
    Shape.ENDING: "A way out",
    Sign.BACK: "Sent back",
    Sign.STACK: "For each agency, person or entry",
    Sign.OPTIONAL: "Optional",
    Sign.CONDITION: "Otherwise not needed",
    Sign.NATIONAL: "National limit",
    Sign.LOCAL: "Local limit",
}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    sample: Shape | Sign
    x: float
    """From the page's left margin."""

    @property
    def words(self) -> str:
        return WORDS[self.sample]


def legend(chart: Chart, room: float) -> tuple[tuple[LegendEntry, ...], ...]:
    """The rows of the legend, each no wider than the room."""
    rows: list[list[LegendEntry]] = [[]]
    x = 0.0
    for sample in _used(chart):
        across = SAMPLE + width(WORDS[sample], SIZE, Face.REGULAR)
        if x + across > room:
            rows.append([])
            x = 0.0
        rows[-1].append(LegendEntry(sample, x))
        x += across + GAP
    return tuple(tuple(row) for row in rows)


def _used(chart: Chart) -> Iterator[Shape | Sign]:
    boxes = list(chart.boxes.values())
    yield from (shape for shape in Shape if any(box.shape is shape for box in boxes))
    flags = [flag for box in boxes for flag in box.flags]
    signs = {
        Sign.BACK: any(arrow.way is Way.BACK for arrow in chart.arrows),
        Sign.STACK: any(box.many for box in boxes),
        Sign.OPTIONAL: any(box.optional for box in boxes),
        Sign.CONDITION: any(box.only_if for box in boxes),
        Sign.NATIONAL: any(flag.national for flag in flags),
        Sign.LOCAL: any(not flag.national for flag in flags),
    }
    yield from (sign for sign, used in signs.items() if used)
