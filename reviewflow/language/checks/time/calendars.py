"""Calendars: every one that days are counted in is there, and only local days are moved to a working day."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import OFFICE, PUBLISHED, Landing, Unit
from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import OF_THE_STEP, Limit, Partnership, Reopen, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.calendars import CHOSEN
from reviewflow.language.suggestions import unknown


def check(subject: Subject) -> Iterator[Problem]:
    process = subject.process
    yield from _choice(subject)
    if process.calendar is not None:
        yield from _known(subject, process.calendar, ("calendar",))
    for name, step in subject.steps.items():
        if step.calendar is not None:
            yield from _known(subject, step.calendar, ("steps", name, "calendar"))
        yield from _moves(subject, step, ("steps", name))
        for target, reopen in step.reopens.items():
            yield from _moves(subject, reopen, ("steps", name, "reopens", target))
    for name, limit in process.limits.items():
        if limit.calendar is not None:
            yield from _known(subject, limit.calendar, ("limits", name, "calendar"))
        if limit.national is None:
            yield from _moves(subject, limit, ("limits", name))
        if limit.national is not None and limit.ladder is not None:
            yield from _warned_in_time(subject, limit.ladder, ("limits", name, "ladder"))
        if limit.national is not None and limit.on_a_working_day is not Landing.AS_IT_FALLS:
            message = "A national limit keeps its day, working day or not. Take this line out."
            yield subject.key_error(("limits", name, "on_a_working_day"), "PD044", message)


def _warned_in_time(subject: Subject, name: str, path: Path) -> Iterator[Problem]:
    """Of a national limit people are warned on the office's days: it does not wait for anybody's holidays."""
    ladder = subject.library.ladder(name)
    if ladder is not None and ladder.calendar is not None:
        message = (
            f'The ladder "{name}" is counted in a calendar of its own ("{ladder.calendar}"), and a national limit '
            "does not wait for that. Name a ladder without a calendar."
        )
        yield subject.error(path, "PD300", message)


def _moves(subject: Subject, owed: Step | Limit | Reopen, path: Path) -> Iterator[Problem]:
    if owed.on_a_working_day is not Landing.AS_IT_FALLS and owed.due is None:
        message = "There is no day here that could be moved to a working day. Write due, or take this line out."
        yield subject.key_error((*path, "on_a_working_day"), "PD044", message)


def _choice(subject: Subject) -> Iterator[Problem]:
    """The calendars of which one is chosen are there, and something counts in the chosen one."""
    process = subject.process
    for name, path in subject.named(process.opening.calendar or (), ("opening", "calendar")):
        yield from _known(subject, name, path, may_be_chosen=False)
    stated = [process.calendar, *(step.calendar for step in process.steps.values())]
    stated += [limit.calendar for limit in process.limits.values()]
    if process.opening.calendar is not None and CHOSEN not in stated:
        message = (
            "A calendar is chosen when a case opens, but nothing counts in it. Write calendar: chosen where it does."
        )
        yield subject.key_error(("opening", "calendar"), "PD301", message)


def _known(subject: Subject, name: str, path: Path, *, may_be_chosen: bool = True) -> Iterator[Problem]:
    if name == CHOSEN and may_be_chosen:
        if subject.process.opening.calendar is None:
            message = "No calendar is chosen when a case opens. Write under opening: calendar: [one, another]"
            yield subject.error(path, "PD301", message)
        return
    partnership = subject.library.partnership
    if name in (OFFICE, *PUBLISHED) or (partnership is None and subject.library.could_be("partnership", "")):
        return
    own = partnership.model.calendars if partnership else {}
    if name not in own:
        yield subject.error(path, "PD030", unknown("a calendar", name, (OFFICE, *PUBLISHED, *own), "Calendars"))


def check_library(library: Library) -> Iterator[Problem]:
    """A partner's calendar is like a published one and is not called like one; national limits are counted in those."""
    if library.partnership is not None:
        yield from _own(library.partnership)
    yield from _ladders(library)
    for edition in library.guidance.values():
        for name, limit in edition.model.limits.items():
            if limit.calendar not in PUBLISHED:
                message = unknown("a calendar of bank holidays", limit.calendar, PUBLISHED, "Calendars")
                yield edition.source.value_problem(("limits", name, "calendar"), "PD030", message)


def _ladders(library: Library) -> Iterator[Problem]:
    """A ladder names a calendar that there is, and counts days in it."""
    own = library.partnership.model.calendars if library.partnership else {}
    unread = library.partnership is None and library.could_be("partnership", "")
    known = (OF_THE_STEP, OFFICE, *PUBLISHED, *own)
    for name, ladder in library.ladders.model.ladders.items() if library.ladders else ():
        path: Path = ("ladders", name, "calendar")
        if library.ladders is None or ladder.calendar is None:
            continue
        if ladder.calendar not in known and not unread:
            message = unknown("a calendar", ladder.calendar, known, "Calendars")
            yield library.ladders.source.value_problem(path, "PD030", message)
        if any(rung.when.span is not None and rung.when.span.unit is Unit.HOURS for rung in ladder.rungs):
            message = (
                'A ladder that counts hours has no calendar: they run day and night. Take "calendar" out, or '
                "count hours of working days."
            )
            yield library.ladders.source.key_problem(path, "PD037", message)


def _own(partnership: Loaded[Partnership]) -> Iterator[Problem]:
    for name, own in partnership.model.calendars.items():
        path: Path = ("calendars", name)
        if name in (OFFICE, CHOSEN, *PUBLISHED):
            message = f'"{name}" is the name of a calendar that there is already. Give this one another name.'
            yield partnership.source.key_problem(path, "PD024", message)
        if own.like not in PUBLISHED:
            message = unknown("a calendar of bank holidays", own.like, PUBLISHED, "Calendars")
            yield partnership.source.value_problem((*path, "like"), "PD030", message)
