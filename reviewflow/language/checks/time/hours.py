"""Hours: they count from a date of which the time of day is asked, and only what is due by the hour is chased by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from reviewflow.calendar import Landing, Span, Unit
from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import FieldType, Ladders, LimitKind
from reviewflow.language.phrases import Anchor, DayRule, Offset, counts_hours
from reviewflow.language.problem import Problem
from reviewflow.language.reading.recovery import STAND_IN
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.language.suggestions import unknown
from reviewflow.text import clock_words, listing


def check(subject: Subject) -> Iterator[Problem]:
    opening = subject.process.opening
    for name, path in subject.named(opening.times, ("opening", "times")):
        if name not in opening.dates:
            message = unknown("a date that is asked when a case opens", name, opening.dates, "Its dates")
            yield subject.error(path, "PD021", message)
    for name, step in subject.steps.items():
        place: Path = ("steps", name)
        yield from _counted_back(subject, step.due, (*place, "due"))
        by_hours = counts_hours(step.due)
        yield from _ladder(subject, step.ladder, place, by_hours=by_hours or _named(step.due) is not None)
        yield from _reminded_in_time(subject, step.ladder, step.due, place)
        if by_hours:
            yield from _asked_in_time(subject, name)
        if by_hours and (step.repeats or step.silence or step.on_a_working_day is not Landing.AS_IT_FALLS):
            key = "repeats" if step.repeats else "silence" if step.silence else "on_a_working_day"
            message = f'"{key}" goes with days, but this is due by the hour. Take it out, or count days.'
            yield subject.key_error((*place, key), "PD020", message)
    for name, limit in subject.process.limits.items():
        yield from _counted_back(subject, limit.due, ("limits", name, "due"))
        by_hours = counts_hours(limit.due) or _national_hours(subject, limit.national)
        yield from _ladder(subject, limit.ladder, ("limits", name), by_hours=by_hours or _named(limit.due) is not None)
        yield from _reminded_in_time(subject, limit.ladder, limit.due, ("limits", name))
        if by_hours and limit.national is not None:
            yield from from_problems(subject, Anchor(limit.counts_from or ""), ("limits", name, "from"))


def from_problems(subject: Subject, anchor: Anchor, path: Path) -> Iterator[Problem]:
    """Whether the time of day of what hours count from will be known."""
    times = subject.process.opening.times
    if anchor.name in subject.steps:
        yield from _step_problems(subject, anchor, path)
    elif str(anchor) not in times and STAND_IN not in times:
        asked = f"Times are asked of: {listing(times)}." if times else "No time of day is asked here."
        message = f'Hours count from a time of day, and that of "{anchor}" is not asked. {asked}'
        remedy = f"\nWrite under opening: times: {anchor}" if anchor.name in subject.process.opening.dates else ""
        yield subject.error(path, "PD020", message + remedy)


def _step_problems(subject: Subject, anchor: Anchor, path: Path) -> Iterator[Problem]:
    """A step gives a moment by a required question for a time of day, or by when a person records it as done."""
    name, form = anchor.name, subject.form(anchor.name)
    clocks = [question for question, field in form.items() if field.type is FieldType.TIME and field.required]
    if anchor.field is not None:
        if subject.form_is_known(name) and anchor.field not in clocks:
            what = f"a time of day that the form of {name} must be given"
            yield subject.error(path, "PD021", unknown(what, anchor.field, clocks, "Its times"))
    elif subject.steps[name].owner is None:
        message = f'Hours count from a time of day, and "{name}" happens by itself. Count from what a person does.'
        yield subject.error(path, "PD020", message)
    elif any(field.completes for field in form.values()):
        message = (
            f'Hours count from a time of day, and the form of "{name}" asks for the day on which it was done. Ask for '
            f"the time too (type: time), and count from it: {name}.{clocks[0] if clocks else 'at'}"
        )
        yield subject.error(path, "PD020", message)


def _counted_back(subject: Subject, rule: DayRule | None, path: Path) -> Iterator[Problem]:
    """PD511: hours back from a moment, which is known only once it has come, so that this is late when it begins."""
    for part in rule.parts if rule is not None else ():
        if part.before and isinstance(part.span, Span) and part.span.unit.by_the_clock:
            message = (
                f'"{part}" counts back from a moment that has come when it is known, so this is late as soon as it is '
                f"owed. Name the day and the time by which it is due: {_day_before(subject, part.anchor)} by 10:00."
            )
            yield subject.warning(path, "PD511", message)


def _day_before(subject: Subject, anchor: Anchor) -> str:
    """'1 working day before book.meets_on', of the day that the same form asks for where there is one."""
    form = subject.form(anchor.name) if anchor.name in subject.steps else {}
    days = [name for name, field in form.items() if field.type is FieldType.DATE and not field.completes]
    return f"1 working day before {anchor.name}.{days[0]}" if days else f"1 working day before {anchor.name}"


def _named(rule: DayRule | None) -> time | None:
    """The time of day that a rule names."""
    return None if rule is None else rule.by


def _reminded_in_time(subject: Subject, name: str | None, rule: DayRule | None, path: Path) -> Iterator[Problem]:
    """PD411: a message of the due day goes before the time of day by which it is due, or it comes too late."""
    ladder, by = subject.library.ladder(name) if name else None, _named(rule)
    partnership = subject.library.partnership
    if ladder is None or by is None or partnership is None:
        return
    for rung in ladder.rungs:
        goes = rung.at or partnership.model.send_at
        if rung.when.span is None and goes >= by:
            message = (
                f'"{path[-1]}" is due by {clock_words(by)}, but on that day its ladder "{name}" writes only at '
                f"{clock_words(goes)}. Write at: with an earlier time at this rung, or remind the working day before."
            )
            yield subject.warning((*path, "ladder"), "PD411", message)


def _national_hours(subject: Subject, national: str | None) -> bool:
    edition = subject.library.guidance.get(subject.process.guidance or "")
    limit = edition.model.limits.get(national or "") if edition else None
    clock = limit is not None and limit.kind in {LimitKind.LATEST, LimitKind.EXPECTATION}
    return clock and limit is not None and limit.within is not None and limit.within.unit is Unit.HOURS


def _ladder(subject: Subject, name: str | None, path: Path, *, by_hours: bool) -> Iterator[Problem]:
    ladder = subject.library.ladder(name) if name else None
    hourly = [rung.when for rung in ladder.rungs if _is_hourly(rung.when)] if ladder else []
    if ladder and by_hours and (hourly or ladder.urgent):
        yield from _letters_wait(subject, path)
    if hourly and not by_hours:
        message = f'The ladder "{name}" counts hours ("{hourly[0]}"), but this is due by the day. Take another.'
        yield subject.error((*path, "ladder"), "PD037", message)


def _asked_in_time(subject: Subject, name: str) -> Iterator[Problem]:
    """A letter about what is due by the hour goes under its own name: it may wait though the reminders do not."""
    loaded = subject.library.partnership
    at_once = loaded.model.breaks_daily if loaded is not None else subject.steps
    for asking, step in subject.steps.items():
        if step.send and step.about == name and asking not in at_once and not contact_written_to(step):
            message = (
                f'"{name}" is due by the hour, and "{asking}", which writes about it, does not go at once: it may go '
                f"after that is due. Add {asking} to breaks_daily in partnership.yaml."
            )
            yield subject.warning(("steps", asking, "send"), "PD400", message)


def _letters_wait(subject: Subject, path: Path) -> Iterator[Problem]:
    """Letters that are counted in hours and are not urgent wait for the morning, which may be after they are due."""
    loaded, name = subject.library.partnership, str(path[-1])
    if loaded is None or name in loaded.model.breaks_daily:
        return
    quiet = f"the quiet hours ({loaded.model.quiet}), " if loaded.model.quiet else ""
    message = (
        f'"{name}" is due by the hour, and its messages do not go at once: they wait for {quiet}closed days and the '
        f"one letter a day of each mailbox, and may go after it is due. Add {name} to breaks_daily in partnership.yaml."
    )
    yield subject.warning((*path, "ladder"), "PD400", message)


def _is_hourly(when: Offset) -> bool:
    return isinstance(when.span, Span) and when.span.unit.by_the_clock


def check_library(library: Library) -> Iterator[Problem]:
    if library.ladders is not None:
        for name in library.ladders.model.ladders:
            yield from _rungs(library.ladders, name)


def _rungs(loaded: Loaded[Ladders], name: str) -> Iterator[Problem]:
    rungs = loaded.model.ladders[name].rungs
    if not any(_is_hourly(rung.when) for rung in rungs):
        return
    for index, rung in enumerate(rungs):
        path: Path = ("ladders", name, "rungs", index)
        if _is_hourly(rung.when) and rung.at is not None:
            message = f'"{rung.when}" is a moment already; it has no other time of day. Take "at" out.'
            yield loaded.source.key_problem((*path, "at"), "PD037", message)
        if rung.when.span is None:
            message = 'In a ladder that counts hours, "on the day" is not clear. Write: 0 hours after.'
            yield loaded.source.value_problem((*path, "when"), "PD037", message)
