"""What a definition means, checked before anything runs: one module a concern, each yielding problems.

`check_library` is all that can be said from the files of definitions alone; a definition without its errors runs. What
needs more is checked by the command `check` beside it: the calendars file, the room that holidays leave before a limit
(`flow.calendar_room`, given calendars), and versions against the cases of a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from reviewflow.language.checks import cut_text, editions, growing, lists
from reviewflow.language.checks.flow import (
    conditions,
    dropped,
    ending_rounds,
    endings,
    holds,
    letters_without,
    names,
    quorums,
    silence,
    stages,
    steps,
    unanswered,
)
from reviewflow.language.checks.flow.other_cases import in_linked, started_cases, together
from reviewflow.language.checks.forms import (
    answers,
    asked_later,
    bounds,
    identifying_questions,
    members,
    outcomes,
    registers,
    tables,
)
from reviewflow.language.checks.people import (
    agencies,
    another_person,
    asking,
    confirming,
    documents,
    ladders,
    letters,
    offering,
    outside,
    owners,
    rungs,
    sending,
)
from reviewflow.language.checks.people.contacts import declared, in_order, replies
from reviewflow.language.checks.people.who_is_who import languages, partnership, standing, standing_groups
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time import (
    anchors,
    calendars,
    dates,
    extensions,
    hours,
    idle_days,
    kept_days,
    limits,
    long_past,
    named_days,
    standstills,
    targets,
)
from reviewflow.language.folder.library import Library
from reviewflow.language.inheritance.extends import has_errors
from reviewflow.language.problem import MOST_PROBLEMS, Problem, Severity
from reviewflow.language.reading.recovery import STAND_IN

PROCESS_CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    steps.check,
    names.check,
    stages.check,
    letters_without.check,
    started_cases.check,
    anchors.check,
    dates.check,
    holds.check,
    answers.check,
    limits.check,
    extensions.check,
    standstills.check,
    targets.check,
    named_days.check,
    conditions.check,
    quorums.check,
    silence.check,
    endings.check,
    dropped.check,
    ending_rounds.check,
    kept_days.check,
    long_past.check,
    unanswered.check,
    owners.check,
    agencies.check,
    letters.check,
    declared.check,
    replies.check,
    in_order.check,
    languages.check,
    outside.check,
    asking.check,
    another_person.check,
    confirming.check,
    offering.check,
    standing.check,
    lists.check,
    growing.check,
    registers.check,
    asked_later.check,
    bounds.check,
    hours.check,
    idle_days.check,
    calendars.check,
    editions.check,
    tables.check,
    identifying_questions.check_process,
    documents.check_process,
    outcomes.check,
    members.check,
    together.check,
    in_linked.check,
)
LIBRARY_CHECKS: tuple[Callable[[Library], Iterator[Problem]], ...] = (
    partnership.check_library,
    names.check_library,
    standing_groups.check_library,
    languages.check_library,
    rungs.check_ladders,
    declared.check_ladders,
    outside.check_ladders,
    sending.check_library,
    ladders.check_library,
    hours.check_library,
    calendars.check_library,
    editions.check_library,
    tables.check_library,
    identifying_questions.check_library,
    documents.check_library,
    members.check_library,
    cut_text.check_library,
)


def check_library(library: Library) -> tuple[Problem, ...]:
    """All problems of all files, in the order of the files and their lines."""
    library = replace(library, partnership=library.partnership or library.half_partnership)
    problems = list(library.problems)
    places = {_place(problem) for problem in problems if problem.code not in _OF_A_KEY}
    stand_ins = library.stand_ins
    problems += [
        problem
        for problem in _meaning(library)
        if (problem.file, problem.about) not in stand_ins
        and STAND_IN not in problem.message  # it follows from what could not be read, which is told already
        and _place(problem) not in places
    ]
    position = {file: number for number, file in enumerate(library.files)}
    unique = dict.fromkeys(_without_repeats(problems))
    return tuple(sorted(unique, key=lambda problem: (position.get(problem.file, 0), problem.mark, problem.code)))


_OF_A_KEY = {"PD006", "PD010", "PD011"}  # what stands there may mean something nevertheless


def _place(problem: Problem) -> tuple[str, str, int, int]:
    mark = problem.elsewhere or problem.mark
    return problem.file, mark.file, mark.line, mark.column


_POINTING = "PD101"


def _without_repeats(problems: list[Problem]) -> list[Problem]:
    """A problem of text that a process takes over, reported in the file it stands in, becomes a pointer to that file.

    Of warnings nothing is left.
    """
    reported = {
        (problem.file, problem.mark.line, problem.mark.column, problem.code)
        for problem in problems
        if problem.elsewhere is None
    }
    once = [_pointing(problem) if _is_repeat(problem, reported) else problem for problem in problems]
    return [problem for problem in once if problem.code != _POINTING or problem.severity is Severity.ERROR]


def _is_repeat(problem: Problem, reported: set[tuple[str, int, int, str]]) -> bool:
    mark = problem.elsewhere
    return mark is not None and (mark.file, mark.line, mark.column, problem.code) in reported


def _pointing(problem: Problem) -> Problem:
    other = problem.elsewhere.file if problem.elsewhere else ""
    return replace(problem, code=_POINTING, message=has_errors(other), elsewhere=None)


def _meaning(library: Library) -> Iterator[Problem]:
    """The problems of every check, at most MOST_PROBLEMS of each; warnings only for files that could be read whole."""
    broken = {problem.file for problem in library.problems}
    subjects = [Subject(library, loaded.model, loaded.source) for loaded in library.processes.values()]
    found = [rule(library) for rule in LIBRARY_CHECKS] + [check(each) for each in subjects for check in PROCESS_CHECKS]
    for problems in found:
        kept = (each for each in problems if each.severity is Severity.ERROR or each.file not in broken)
        yield from islice(kept, MOST_PROBLEMS)


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that keep a definition from being used."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
