"""Warnings that are answered at their place: this is meant, because. An error cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import Process
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.reading.tree import Path


@dataclass(frozen=True, slots=True)
class Meant:
    """A warning that somebody has answered."""

    problem: Problem
    reason: str

    def __str__(self) -> str:
        return f"{self.problem}\n  Meant: {self.reason}"


@dataclass(slots=True)
class _Answers:
    """What one process says is meant: at which place, of which code, and why; and what of it was asked."""

    reasons: Mapping[tuple[Path, str], str]
    used: set[tuple[Path, str]] = field(default_factory=set)

    def reason(self, problem: Problem) -> str | None:
        """Why a warning is meant: what its step, limit or ending says, else the process; None when nothing is said."""
        for place in (problem.about[:2], ()):
            if (place, problem.code) in self.reasons:
                self.used.add((place, problem.code))
                return self.reasons[place, problem.code]
        return None


def answered(library: Library, problems: Sequence[Problem]) -> tuple[tuple[Problem, ...], tuple[Meant, ...]]:
    """The problems that are left, with a remark for each answer to no warning; and the warnings that are meant."""
    by_file = {loaded.source.file: loaded for loaded in library.processes.values()}
    answers = {file: _Answers(_reasons(loaded.model)) for file, loaded in by_file.items()}
    left: list[Problem] = []
    meant: list[Meant] = []
    for problem in problems:
        said = answers.get(problem.file)
        reason = said.reason(problem) if said and problem.severity is Severity.WARNING else None
        if reason is None:
            left.append(problem)
        else:
            meant.append(Meant(problem, reason))
    wrong = {problem.file for problem in problems if problem.severity is Severity.ERROR}
    for file, loaded in by_file.items():
        if file not in wrong:  # with errors in it, not everything was asked
            left += _idle(loaded, answers[file])
    return tuple(left), tuple(meant)


def _reasons(process: Process) -> dict[tuple[Path, str], str]:
    places: list[tuple[Path, Mapping[str, str] | None]] = [((), process.meant)]
    places += [(("steps", name), step.meant) for name, step in process.steps.items()]
    places += [(("limits", name), limit.meant) for name, limit in process.limits.items()]
    places += [(("endings", name), ending.meant) for name, ending in process.endings.items()]
    return {(place, code): reason for place, said in places for code, reason in (said or {}).items()}


def _idle(loaded: Loaded[Process], answers: _Answers) -> Iterator[Problem]:
    """PD343 for each answer to a warning that is not given here; what is taken over is remarked on where it stands."""
    for place, code in answers.reasons.keys() - answers.used:
        path = (*place, "meant", code)
        if loaded.source.value_mark(path).file:
            continue
        message = f"There is no warning {code} here that this could answer. Take it out."
        yield loaded.source.key_problem(path, "PD343", message, Severity.WARNING)
