"""The chart as Mermaid text: for pages and wikis that draw it themselves. It says what the picture says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from reviewflow.diagram.shapes import Arrow, Box, Chart, Shape, Way, numbered
from reviewflow.markdown import plain

FRAMES = {
    Shape.OPENING: ("([", "])"),
    Shape.PERSON: ("[", "]"),
    Shape.DECISION: ("{{", "}}"),
    Shape.AUTOMATIC: ("[/", "/]"),
    Shape.PROCESS: ("[[", "]]"),
    Shape.ENDING: ("([", "])"),
}
COLOURS = {
    Shape.OPENING: "fill:#e8e8e8",
    Shape.PERSON: "fill:#eef4fb",
    Shape.DECISION: "fill:#fff4d6",
    Shape.AUTOMATIC: "fill:#ececec",
    Shape.PROCESS: "fill:#e6f3e8",
    Shape.ENDING: "fill:#e8e8e8,stroke-width:3px",
}
MANY = "For each: several of these"


def mermaid(chart: Chart) -> str:
    return "\n".join(_lines(chart)) + "\n"


def markdown(chart: Chart) -> str:
    """A page with the drawing in it."""
    notes = "".join(f"- {plain(note)}\n" for note in chart.notes)
    return f"# {plain(chart.title)}\n\n{plain(' · '.join(chart.particulars))}\n\n```mermaid\n{mermaid(chart)}```\n" + (
        f"\n{notes}" if notes else ""
    )


def _lines(chart: Chart) -> Iterator[str]:
    yield "---"
    yield f"title: {json.dumps(' · '.join((chart.title, *chart.particulars)), ensure_ascii=False)}"
    yield "---"
    yield "flowchart TD"
    for number, (stage, boxes) in enumerate(_by_stage(chart)):
        if stage:
            yield f"  subgraph stage_{number}[{_quoted(_plain(stage))}]"
        yield from map(_box, boxes)
        if stage:
            yield "  end"
    for arrow in chart.arrows:
        yield f"  {_id(arrow.source)} {_way(arrow)} {_id(arrow.target)}"
    for note in chart.notes:
        yield f"  %% {_plain(note)}"
    for shape in dict.fromkeys(box.shape for box in chart.boxes.values()):
        yield f"  classDef {shape} {COLOURS[shape]},stroke:#1a1a1a,color:#1a1a1a"


def _by_stage(chart: Chart) -> Iterator[tuple[str, list[Box]]]:
    """The boxes of no stage in front, then those of each stage together, in the order of their numbers."""
    by_number = sorted(chart.boxes.values(), key=lambda box: box.number)
    stages = dict.fromkeys(["", *(box.stage for box in by_number)])
    for stage in stages:
        yield stage, [box for box in (by_number if stage else chart.boxes.values()) if box.stage == stage]


def _box(box: Box) -> str:
    opens, closes = FRAMES[box.shape]
    return f"  {_id(box.name)}{opens}{_quoted('<br>'.join(_said(box)))}{closes}:::{box.shape}"


def _said(box: Box) -> Iterator[str]:
    if box.only_if:
        yield _plain(box.only_if)
    yield f"<b>{_plain(numbered(box))}</b>"
    yield from (_plain(line) for line in box.lines)
    if box.many:
        yield MANY


def _way(arrow: Arrow) -> str:
    line = "-.->" if arrow.way is Way.BACK else "-->"
    return f"{line}|{_quoted(_plain(arrow.words))}|" if arrow.words else line


def _id(name: str) -> str:
    """Names of its own for Mermaid, which knows words such as end."""
    return "s_" + re.sub(r"\W", "_", name)


def _plain(text: str) -> str:
    """Letters that Mermaid reads as something else, as the code it has for them."""
    return "".join(f"#{ord(letter)};" if letter in '"#<>&`\\;%' else letter for letter in " ".join(text.split()))


def _quoted(text: str) -> str:
    return f'"{text}"'
