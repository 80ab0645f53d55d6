"""What a definition means, checked before anything runs: one module a concern, each yielding problems.

`check_library` is all of it, and running uses the same: what passes here runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from reviewflow.language.checks import editions, lists
from reviewflow.language.checks.flow import conditions, endings, holds, steps
from reviewflow.language.checks.forms import answers, identifying_questions, outcomes, registers, tables
from reviewflow.language.checks.people import documents, ladders, owners, sending
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time import anchors, calendars, dates, hours, limits
from reviewflow.language.inheritance.extends import has_errors
from reviewflow.language.library import Library
from reviewflow.language.problem import MOST_PROBLEMS, Problem, Severity
from reviewflow.language.reading.recovery import STAND_IN

PROCESS_CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    steps.check,
    anchors.check,
    dates.check,
    holds.check,
    answers.check,
    limits.check,
    conditions.check,
    endings.check,
    owners.check,
    lists.check,
    registers.check,
    hours.check,
    calendars.check,
    editions.check,
    tables.check,
    identifying_questions.check_process,
    documents.check_process,
    outcomes.check,
)
LIBRARY_CHECKS: tuple[Callable[[Library], Iterator[Problem]], ...] = (
    owners.check_partnership,
    owners.check_ladders,
    sending.check_library,
    ladders.check_library,
    hours.check_library,
    calendars.check_library,
    editions.check_library,
    tables.check_library,
    identifying_questions.check_library,
    documents.check_library,
)


def check_library(library: Library) -> tuple[Problem, ...]:
    """All problems of all files, in the order of the files and their lines."""
    found = list(library.problems)
    places = {_place(problem) for problem in found if problem.code not in _OF_A_KEY}
    found += [each for each in _meaning(library) if STAND_IN not in each.message and _place(each) not in places]
    found = _said_once(found)
    place = {file: number for number, file in enumerate(library.files)}
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (place.get(each.file, 0), each.mark, each.code)))


_OF_A_KEY = {"PD006", "PD010", "PD011"}  # what stands there may mean something nevertheless


def _place(problem: Problem) -> tuple[str, str, int, int]:
    mark = problem.elsewhere or problem.mark
    return problem.file, mark.file, mark.line, mark.column


_POINTING = "PD101"


def _said_once(found: list[Problem]) -> list[Problem]:
    """What is told in the file where it stands is not told again for every process that takes it over."""
    told = {(each.file, each.mark.line, each.mark.column, each.code) for each in found if each.elsewhere is None}
    once = [_pointing(each) if _there(each, told) else each for each in found]
    return [each for each in once if each.code != _POINTING or each.severity is Severity.ERROR]


def _there(problem: Problem, told: set[tuple[str, int, int, str]]) -> bool:
    mark = problem.elsewhere
    return mark is not None and (mark.file, mark.line, mark.column, problem.code) in told


def _pointing(problem: Problem) -> Problem:
    other = problem.elsewhere.file if problem.elsewhere else ""
    return replace(problem, code=_POINTING, message=has_errors(other), elsewhere=None)


def _meaning(library: Library) -> Iterator[Problem]:
    """What every check says, of a great many problems the first ones; warnings only about what could be read whole."""
    for rule in LIBRARY_CHECKS:
        yield from islice(rule(library), MOST_PROBLEMS)
    for loaded in library.processes.values():
        subject = Subject(library, loaded.model, loaded.source)
        sound = not any(problem.file == loaded.source.file for problem in library.problems)
        for check in PROCESS_CHECKS:
            found = (each for each in check(subject) if sound or each.severity is Severity.ERROR)
            yield from islice(found, MOST_PROBLEMS)


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that keep a definition from being used."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
