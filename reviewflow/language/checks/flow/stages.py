"""Stages: each step stands in one that is declared, and none stands empty."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    stages = subject.process.stages or {}
    for name, step in subject.steps.items():
        if step.stage is not None and step.stage not in stages:
            yield from _unknown(subject, ("steps", name, "stage"), step.stage)
        elif step.stage is None and stages:
            message = f'"{step.title}" has no stage.\nStages: {listing(stages)}.'
            yield subject.key_warning(("steps", name), "PD342", message)
    for name, use in subject.process.groups.items():
        if use.stage is not None and use.stage not in stages:
            yield from _unknown(subject, ("groups", name, "stage"), use.stage)
    used = {step.stage for step in subject.steps.values()}
    for name in stages:
        if name not in used:
            message = f'No step has the stage "{name}". Write stage: {name} on those that belong to it, or take it out.'
            yield subject.key_warning(("stages", name), "PD342", message)


def _unknown(subject: Subject, path: Path, stage: str) -> Iterator[Problem]:
    stages = subject.process.stages or {}
    known = f"Stages: {listing(stages)}." if stages else "Write the stages at the top: stages: {gather: Gathering}"
    yield subject.error(path, "PD341", f'"{stage}" is not a stage of this process.{suggestion(stage, stages)}\n{known}')
