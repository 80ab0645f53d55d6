"""How wide text is, in the one family that every drawing is set in. It comes with a package, so it is everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Source Sans Pro"
FALLBACK = f"'{FAMILY}', 'Source Sans 3', 'Arial Narrow', Arial, sans-serif"
UNKNOWN = "x"


class Face(StrEnum):
    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "It"


@dataclass(frozen=True, slots=True)
class GlyphWidths:
    """The width of each letter of a face, as a fraction of its size."""

    widths: Mapping[str, float]

    def width(self, text: str) -> float:
        return sum(map(self.widths.__getitem__, text))  # asked more often than anything else of a drawing


class _Widths(dict[str, float]):
    """Of each letter; a letter that the face does not have is as wide as another."""

    def __missing__(self, letter: str) -> float:
        return self[UNKNOWN]


def font_files() -> tuple[Path, ...]:
    return tuple(_file(face) for face in Face)


def width(text: str, size: float, face: Face) -> float:
    return _letters(face).width(text) * size


@cache
def wrapped(text: str, room: float, size: float, face: Face) -> tuple[str, ...]:
    """The text in lines no wider than the room; a word that is too long goes over the line's end in pieces."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, face) <= room:
            lines[-1] = longer
        else:
            lines += _pieces(word, room, size, face)
    return tuple(lines)


def _pieces(word: str, room: float, size: float, face: Face) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, face) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _file(face: Face) -> Path:
    spec = find_spec("font_source_sans_pro")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / f"SourceSansPro-{face}.ttf"


@cache
def _letters(face: Face) -> GlyphWidths:
    with TTFont(_file(face), lazy=True) as font:
        advance, unit = font["hmtx"].metrics, font["head"].unitsPerEm
        return GlyphWidths(_Widths({chr(code): advance[name][0] / unit for code, name in font.getBestCmap().items()}))
