"""A drawing as a picture in dots. Everything that it needs comes with packages: no fonts or programs of the machine."""

from __future__ import annotations

import resvg_py

from reviewflow.diagram.drawing.glyph_widths import FAMILY, font_files

DOTS = 220
"""Dots to an inch: small print stays sharp on paper."""


def png(svg: str) -> bytes:
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        dpi=DOTS,
        skip_system_fonts=True,
        font_files=[str(path) for path in font_files()],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
