"""How large each box must be for its text. All sizes are in tenths of the size of a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewflow.diagram.drawing.glyph_widths import Face, wrapped
from reviewflow.diagram.shapes import Box, Shape, numbered

TITLE, TEXT = 10.0, 8.8
LINE = 1.15
"""The height of a line, in parts of its size."""
PAD = 4.0
SLANT = 6.0
"""How far the slanted sides of a shape lean in."""
STACK = 2.6
"""How far each sheet of a stack looks out from behind the one before."""
SHEETS = 2
BARS = 3.5
"""How far inside its sides a process that is opened has its bars."""


class Tone(StrEnum):
    PLAIN = "plain"
    CONDITION = "condition"
    NATIONAL = "national"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind; all but plain ones have a coloured strip behind them."""

    lines: tuple[str, ...]
    size: float = TEXT
    face: Face = Face.REGULAR
    tone: Tone = Tone.PLAIN

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LINE + (0 if self.tone is Tone.PLAIN else 2.5)


@dataclass(frozen=True, slots=True)
class Sized:
    box: Box
    blocks: tuple[Block, ...]
    width: float
    height: float
    """As much as its text needs."""

    @property
    def inset(self) -> float:
        """From the side of the box to its text."""
        return _inset(self.box.shape)

    @property
    def behind(self) -> float:
        """How far the sheets behind it look out, to the right and below."""
        return SHEETS * STACK if self.box.many else 0


def sized(box: Box, width: float, elsewhere: Sequence[str] = ()) -> Sized:
    """A box of this width, as high as its text needs; `elsewhere` are its references to boxes in other columns."""
    room = width - 2 * _inset(box.shape) - (SHEETS * STACK if box.many else 0)
    blocks = tuple(_blocks(box, room, elsewhere))
    return Sized(box, blocks, room + 2 * _inset(box.shape), sum(block.height for block in blocks) + 2 * PAD)


def _inset(shape: Shape) -> float:
    match shape:
        case Shape.DECISION | Shape.AUTOMATIC:
            return PAD + SLANT
        case Shape.PROCESS:
            return PAD + BARS
        case Shape.PERSON | Shape.OPENING | Shape.ENDING:
            return PAD


def _blocks(box: Box, room: float, elsewhere: Sequence[str]) -> Iterator[Block]:
    if box.only_if:
        yield _block(box.only_if, room, face=Face.ITALIC, tone=Tone.CONDITION)
    yield Block(wrapped(numbered(box), room, TITLE, Face.BOLD), TITLE, Face.BOLD)
    for text in (box.owner, *box.due, *box.marks):
        if text:
            yield _block(text, room)
    for text in box.sent_back:
        yield _block(text, room, face=Face.ITALIC)
    for text in elsewhere:
        yield _block(text, room, face=Face.BOLD)
    for flag in box.flags:
        yield _block(flag.text, room, face=Face.BOLD, tone=Tone.NATIONAL if flag.national else Tone.LOCAL)


def _block(text: str, room: float, *, face: Face = Face.REGULAR, tone: Tone = Tone.PLAIN) -> Block:
    room -= 0 if tone is Tone.PLAIN else 4
    return Block(wrapped(text, room, TEXT, face), TEXT, face, tone)
