"""What a flowchart is made of: boxes, arrows, and what is said of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

OPENING = "opening"


class Shape(StrEnum):
    OPENING = "opening"
    PERSON = "person"
    DECISION = "decision"
    AUTOMATIC = "automatic"
    PROCESS = "process"
    ENDING = "ending"


class Way(StrEnum):
    ON = "on"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Flag:
    """The time limit that a step meets."""

    text: str
    national: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One thing of the process, with all that is said of it."""

    name: str
    shape: Shape
    title: str
    owner: str = ""
    number: int = 0
    """By which people know it: of steps the same as in every other page. The opening has none."""
    stage: str = ""
    """What the stage is called that it belongs to."""
    due: tuple[str, ...] = ()
    only_if: str = ""
    marks: tuple[str, ...] = ()
    """Optional, repeating, held and the like: one phrase each."""
    sent_back: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    many: bool = False
    optional: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """All that stands under the title."""
        return (
            *filter(None, [self.owner]),
            *self.due,
            *self.marks,
            *self.sent_back,
            *(flag.text for flag in self.flags),
        )


@dataclass(frozen=True, slots=True)
class Arrow:
    source: str
    target: str
    way: Way = Way.ON
    words: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    particulars: tuple[str, ...]
    """Version, edition and the like: what says which chart this is."""
    boxes: Mapping[str, Box]
    arrows: tuple[Arrow, ...]
    notes: tuple[str, ...] = ()
    """What holds for the whole case and has no place of its own."""


def numbered(box: Box) -> str:
    """The title with the number by which people know it: '3. Read the papers'."""
    return f"{box.number}. {box.title}" if box.number else box.title


def ending(name: str) -> str:
    """The name of an ending's box: endings may be called like steps."""
    return f"ends:{name}"
