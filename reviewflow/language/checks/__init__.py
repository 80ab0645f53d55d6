"""What a definition means, checked before anything runs: one module a concern, each yielding problems.

`check_library` is all of it, and running uses the same: what passes here runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reviewflow.language.checks import anchors, answers, limits, people, steps, wording
from reviewflow.language.checks.subject import Subject
from reviewflow.language.library import Library
from reviewflow.language.problem import Problem, Severity

PROCESS_CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    steps.check,
    anchors.check,
    answers.check,
    limits.check,
    people.check,
    wording.check_process,
)
LIBRARY_CHECKS: tuple[Callable[[Library], Iterator[Problem]], ...] = (
    people.check_partnership,
    people.check_ladders,
    wording.check_library,
)


def check_library(library: Library) -> tuple[Problem, ...]:
    """All problems of all files, in the order of the files and their lines."""
    found = list(library.problems)
    for rule in LIBRARY_CHECKS:
        found += rule(library)
    for loaded in library.processes.values():
        subject = Subject(library, loaded.model, loaded.source)
        for check in PROCESS_CHECKS:
            found += check(subject)
    place = {file: number for number, file in enumerate(library.files)}
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (place.get(each.file, 0), each.mark, each.code)))


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that keep a definition from being used."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
