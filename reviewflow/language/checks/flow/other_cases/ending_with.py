"""Endings with another case: one that a step of this process starts, or the one that started this one."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import ORIGIN, AfterRound, Ending, Process
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing


def with_another_case(subject: Subject, ending: Ending, path: Path) -> Iterator[Problem]:
    """That there is one such case, that it is said once, and that nothing else ends the case so."""
    which = ending.with_the_end_of
    if which is None:
        return
    place = (*path, "with_the_end_of")
    yield from _of_a_step(subject, which, place) if which != ORIGIN else _of_the_origin(subject, place)
    for key in ("when", "after"):
        if getattr(ending, key) is not None:
            message = f"Either another case ends this one so, or {key} does. Write two endings, each with one of them."
            yield subject.key_error((*path, key), "PD501", message)
    if any(other is ending for other in _with_the_same(subject.process, which)[1:]):
        message = f'Another ending is taken with the end of "{which}" already, so this one never is. Take one out.'
        yield subject.error(place, "PD501", message)


def _with_the_same(process: Process, which: str) -> list[Ending]:
    return [ending for ending in process.endings.values() if ending.with_the_end_of == which]


def _of_a_step(subject: Subject, which: str, place: Path) -> Iterator[Problem]:
    starting = [name for name, step in subject.steps.items() if step.start is not None]
    if which in subject.steps and which not in starting:
        possible = listing((*starting, ORIGIN), last="or")
        message = f'"{which}" starts no case that could be over. Write one of these: {possible}.'
        yield subject.error(place, "PD501", message)
    elif which not in starting:
        known = [*starting, ORIGIN]
        yield subject.error(place, "PD501", unknown("a step that starts a case", which, known, "They are"))
    elif (step := subject.steps[which]).for_each is not None or step.after_round is AfterRound.EACH:
        many = "for each round" if step.after_round is AfterRound.EACH else "for each of several"
        message = (
            f'"{which}" starts a case {many}, and with which of them this one would end is not said. Ask in a step '
            "whether all are over, and end it by that answer: when: {look.all_over: yes}"
        )
        yield subject.error(place, "PD501", message)


def _of_the_origin(subject: Subject, place: Path) -> Iterator[Problem]:
    if ORIGIN in subject.steps:
        message = f'A step is called "{ORIGIN}", which means the case from which this one came. Give it another name.'
        yield subject.error(place, "PD501", message)
    processes = (loaded.model for loaded in subject.library.processes.values())
    if not any(subject.process.process in _starts(process) for process in processes):
        message = "No process starts a case of this one, so that none ends so. Start it somewhere, or take this out."
        yield subject.warning(place, "PD502", message)


def _starts(process: Process) -> set[str]:
    """The processes of which it starts a case by a step; what an ending starts goes on without this one."""
    return {step.start.process for step in process.steps.values() if step.start is not None}
