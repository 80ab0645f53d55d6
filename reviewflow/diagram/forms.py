"""The forms that a flowchart comes in, by the ending of the file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from reviewflow.language.definition import Definition
from reviewflow.language.model import Partnership

if TYPE_CHECKING:
    from reviewflow.diagram.drawing.page import DrawnPage
    from reviewflow.diagram.shapes import Chart

SMALLEST = 7.0
"""Points: smaller letters cannot be read on paper by everybody."""


class DiagramForm(StrEnum):
    SVG = "svg"
    PNG = "png"
    MERMAID = "mmd"
    MARKDOWN = "md"
    BPMN = "bpmn"


def form_of(file: Path) -> DiagramForm | None:
    """The form that a file's ending stands for; None for an ending that is not known."""
    ending = file.suffix.removeprefix(".").lower()
    return DiagramForm(ending) if ending in set(DiagramForm) else None


def drawn(form: DiagramForm, definition: Definition, partnership: Partnership) -> bytes:
    """The drawing as the bytes of a file; the same definition always gives the same bytes."""
    from reviewflow.diagram.chart import chart

    if form is DiagramForm.BPMN:
        from reviewflow.diagram.modelling.bpmn import bpmn

        return bpmn(definition, partnership).encode()
    return _drawn(form, chart(definition, partnership))


def drawn_whole(form: DiagramForm, definitions: Mapping[str, Definition], partnership: Partnership) -> bytes:
    """All processes on one page, as the bytes of a file. Raises ValueError for BPMN, which draws one process."""
    from reviewflow.diagram.whole import whole

    shown = whole(definitions, partnership)
    if form in {DiagramForm.SVG, DiagramForm.PNG}:
        from reviewflow.diagram.drawing.page import page_with_arrows

        return printed(form, page_with_arrows(shown, SMALLEST))
    return _drawn(form, shown)


def _drawn(form: DiagramForm, shown: Chart) -> bytes:
    match form:
        case DiagramForm.SVG | DiagramForm.PNG:
            from reviewflow.diagram.drawing.page import page

            return printed(form, page(shown))
        case DiagramForm.MERMAID | DiagramForm.MARKDOWN:
            from reviewflow.diagram.mermaid import markdown, mermaid

            return (mermaid(shown) if form is DiagramForm.MERMAID else markdown(shown)).encode()
        case DiagramForm.BPMN:
            raise ValueError("BPMN draws one process.")
        case _:
            assert_never(form)


def printed(form: DiagramForm, shown: DrawnPage) -> bytes:
    """A page that is laid out, as a picture: SVG or PNG."""
    from reviewflow.diagram.drawing.png import png
    from reviewflow.diagram.drawing.svg import svg

    text = svg(shown)
    return png(text) if form is DiagramForm.PNG else text.encode()
