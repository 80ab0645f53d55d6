"""The few stages of a process, with the steps of each; and the number by which people know a step."""

from __future__ import annotations

from dataclasses import dataclass

from reviewflow.language.model import Process
from reviewflow.language.structure import graph

NO_STAGE = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its steps, in the order in which they can be done; without a title what belongs to none."""

    name: str
    title: str
    steps: tuple[str, ...]


def stages_of(process: Process) -> tuple[Stage, ...]:
    """Every step once: by stage in the file's order, then those of no stage; raises graphlib.CycleError."""
    titles = {**(process.stages or {}), NO_STAGE: ""}
    order = graph.order(process.steps)
    found = [
        (name, title, tuple(step for step in order if _stage(process, step) == name)) for name, title in titles.items()
    ]
    return tuple(Stage(*stage) for stage in found if stage[2])


def _stage(process: Process, step: str) -> str:
    stage = process.steps[step].stage
    return stage if stage in (process.stages or {}) and stage else NO_STAGE


def stage_title(process: Process, step: str) -> str:
    """What the stage of a step is called; "" when it has none."""
    return (process.stages or {}).get(_stage(process, step), "")


def numbering(process: Process) -> dict[str, int]:
    """The number of each step, from 1, the same wherever a step has one: stage by stage, each after what it waits for.

    Raises graphlib.CycleError.
    """
    steps = [step for stage in stages_of(process) for step in stage.steps]
    return {name: number for number, name in enumerate(steps, start=1)}
