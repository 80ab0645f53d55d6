"""The stages of a process on one page: what each is for, which steps it has, and how one leads to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reviewflow.diagram.chart import OPENS
from reviewflow.diagram.shapes import OPENING, Arrow, Box, Chart, Flag, Shape, Way
from reviewflow.language.structure.stages import Stage
from reviewflow.text import listing

REST = "Outside the stages"
_ONLY_IF, _FOR_EACH, _EACH_OF = ", only if ", ", for each", "Each of: "


@dataclass(frozen=True, slots=True)
class StagePlace:
    """A stage with the boxes of its steps in the drawing of the whole process."""

    name: str
    title: str
    boxes: tuple[str, ...]


def places_of(stages: tuple[Stage, ...]) -> tuple[StagePlace, ...]:
    """The stages as they are drawn: steps of none stand together, under a title of their own where there are others."""
    rest = REST if len(stages) > 1 else ""
    return tuple(StagePlace(stage.name or "steps", stage.title or rest, stage.steps) for stage in stages)


def overview(drawn: Chart, stages: tuple[StagePlace, ...]) -> Chart:
    """A box for each stage, the opening and each ending by an answer; `drawn` is the whole process."""
    stage_of = {name: stage.name for stage in stages for name in stage.boxes}
    others = {name: box for name, box in drawn.boxes.items() if name not in stage_of}
    number = {stage.name: place for place, stage in enumerate(stages, start=1)}
    boxes = {name: replace(box, number=0, owner=box.owner if name == OPENING else "") for name, box in others.items()}
    for stage in stages:
        boxes[stage.name] = _box(drawn, stage, number[stage.name])
    ways = dict.fromkeys(
        (stage_of.get(arrow.source, arrow.source), stage_of.get(arrow.target, arrow.target), arrow.way)
        for arrow in drawn.arrows
    )
    arrows = tuple(Arrow(*way) for way in _without_longer(ways, [OPENING, *number]) if way[0] != way[1])
    ordered = {name: boxes[name] for name in (OPENING, *number, *(name for name in others if name != OPENING))}
    return Chart(f"{drawn.title}: its stages", drawn.particulars, ordered, arrows, drawn.notes)


def _without_longer(ways: Mapping[tuple[str, str, Way], None], order: list[str]) -> Iterator[tuple[str, str, Way]]:
    """Those on which one looks: what also leads over a stage between, or back to an earlier one, is left out."""
    place = {name: number for number, name in enumerate(order)}
    on = {(source, target) for source, target, way in ways if way is Way.ON}
    for source, target, way in ways:
        if way is Way.ON and source in place and target in place:
            if place[source] >= place[target]:
                continue
            between = order[place[source] + 1 : place[target]]
            if any((source, middle) in on and (middle, target) in on for middle in between):
                continue
        yield source, target, way


def _box(drawn: Chart, stage: StagePlace, number: int) -> Box:
    steps = [drawn.boxes[name] for name in stage.boxes]
    numbers = [box.number for box in steps]
    span = f"Steps {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"Step {numbers[0]}"
    people = [box for box in steps if box.shape in {Shape.PERSON, Shape.DECISION}]
    owners = dict.fromkeys(box.owner.partition(_FOR_EACH)[0].removeprefix(_EACH_OF) for box in people if box.owner)
    flags = dict.fromkeys(Flag(flag.text.partition(_ONLY_IF)[0], flag.national) for box in steps for flag in box.flags)
    opens = [box.due[0].removeprefix(OPENS) for box in steps if box.shape is Shape.PROCESS]
    opened = listing(dict.fromkeys(words.partition(_FOR_EACH)[0] for words in opens), none="")
    return Box(
        stage.name,
        Shape.PERSON,
        stage.title,
        span,
        number=number,
        due=(f"By: {'; '.join(owners)}",) if owners else (),
        marks=(f"{OPENS}{opened}, as the answers say",) if opened else (),
        flags=tuple(flags),
    )
