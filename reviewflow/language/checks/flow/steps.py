"""Steps: what they wait for, that each is done by somebody or automatic, and never both."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from reviewflow.language.checks.needed import add_to_after
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import OPENED, Process, Start
from reviewflow.language.phrases import AtLeast, parse_anchor
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure import graph
from reviewflow.language.structure.calendars import CHOSEN
from reviewflow.language.structure.lists import source_of
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing

AUTOMATIC = {
    "send": "send (a message)",
    "start": "start (a process)",
    "set": "set (a date)",
    "wait": "wait (for a day)",
    "make": "make (a document)",
    "run": "run (a deployment)",
}


def check(subject: Subject) -> Iterator[Problem]:
    yield from _names(subject)
    yield from _after(subject)
    yield from _circle(subject)
    for name in subject.steps:
        yield from _kind(subject, name)
        yield from _start(subject, name)


def _names(subject: Subject) -> Iterator[Problem]:
    taken = dict.fromkeys((*subject.process.opening.dates, OPENED), "a date")
    for section, what, names in (
        ("dates", "a date", subject.process.dates),
        ("steps", "a step", subject.steps),
        ("limits", "a time limit", subject.process.limits),
        ("endings", "an ending", subject.process.endings),
    ):
        for name in names:
            if name in taken:
                message = f'"{name}" is already the name of {taken[name]}. Give each of them a name of its own.'
                yield subject.key_error((section, name), "PD024", message)
            taken.setdefault(name, what)


def _after(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        for other, path in subject.named(step.after, ("steps", name, "after")):
            if other == name:
                yield subject.error(path, "PD023", f'"{name}" cannot wait for itself. Name the step before it.')
            elif other not in subject.steps:
                known = [*subject.steps, *subject.process.groups]
                yield subject.error(path, "PD022", unknown("a step of this process", other, known, "Its steps"))


def _circle(subject: Subject) -> Iterator[Problem]:
    circle = [] if subject.order else graph.cycle(subject.steps)
    if circle and len(set(circle)) > 1:
        pairs = list(itertools.pairwise(circle))
        waiting = listing([_waits_words(subject, one, other) for one, other in pairs])
        repeats = (one for one, other in pairs if _how(subject, one, other) == "repeats")
        again = next(repeats, None)
        way_out = "Take one of them out of after. To send work back, use reopens on the later step."
        if again is not None:
            ends = next(one for one, other in pairs if other == again)
            way_out = (
                f'Take "{again}" out of the after of "{ends}": it is open beside what comes again, and whoever does it '
                "does so when it is time."
            )
        message = (
            f"These steps wait for each other in a circle: {waiting}. "
            f"Nothing could ever {'end' if again else 'begin'}.\n{way_out}"
        )
        yield subject.error(("steps", circle[0], _how(subject, *circle[:2])), "PD023", message)


def _waits_words(subject: Subject, one: str, other: str) -> str:
    return f'"{one}" {_WAITING[_how(subject, one, other)]} "{other}"'


_WAITING = {"after": "waits for", "for_each": "is done for the lines of", "repeats": "comes again until"}


def _how(subject: Subject, one: str, other: str) -> str:
    """The key by which one step waits for another."""
    step = subject.steps[one]
    if other in step.after:
        return "after"
    return "for_each" if (source_of(step) or ("", ""))[0] == other else "repeats"


def _kind(subject: Subject, name: str) -> Iterator[Problem]:
    step, path = subject.steps[name], ("steps", name)
    kinds = [key for key in ("owner", *AUTOMATIC) if getattr(step, key)]
    if not kinds:
        message = f'Nobody does "{name}". Give it an owner, or one of {listing(AUTOMATIC.values(), last="or")}.'
        yield subject.key_error(path, "PD026", message)
    elif len(kinds) > 1:
        one = listing(["owner", *AUTOMATIC], last="or")
        message = f'"{name}" has {listing(kinds)}; a step has one of {one}. Make two steps of it.'
        yield subject.key_error((*path, kinds[1]), "PD026", message)
    if kinds and "owner" not in kinds:
        for key in ("form", "ladder", "reopens", "ends_rounds", "places", "lifts", "not_before"):
            if getattr(step, key):
                message = f'"{key}" belongs to a step that a person does; "{name}" happens by itself. Take it out.'
                yield subject.key_error((*path, key), "PD026", message)
    if step.wait is not None and step.due is not None:
        message = f'"{name}" is done when the day of its wait has come, so it has no other due day. Take it out.'
        yield subject.key_error((*path, "due"), "PD026", message)
    if step.to and not step.send:
        yield subject.key_error((*path, "to"), "PD026", '"to" belongs to a step that sends a message. Take it out.')
    if step.about and not (step.send or step.make):
        message = '"about" belongs to a step that sends a message or makes a document. Take it out.'
        yield subject.key_error((*path, "about"), "PD026", message)


def _start(subject: Subject, name: str) -> Iterator[Problem]:
    start, path = subject.steps[name].start, ("steps", name, "start")
    if start is not None:
        yield from start_problems(subject, start, path)
        yield from _start_days(subject, name, path)


def start_problems(subject: Subject, start: Start, path: Path) -> Iterator[Problem]:
    """Whether the process that is started is there, and gets what it opens with."""
    known = subject.library.processes
    if start.process not in known:
        if not subject.library.could_be("process", start.process):
            message = unknown("a process in definitions/processes", start.process, known, "Processes")
            yield subject.error((*path, "process"), "PD030", message)
        return
    target = known[start.process].model
    for date in target.opening.dates:
        if date not in start.dates:
            message = f'"{start.process}" opens with the date "{date}". Say where it comes from, under dates.'
            yield subject.key_error((*path, "dates"), "PD031", message)
    for date in start.dates:
        if date not in target.opening.dates:
            message = unknown(f"a date that {start.process} opens with", date, target.opening.dates, "Its dates")
            yield subject.key_error((*path, "dates", date), "PD031", message)
    yield from _start_times(start, target, subject, path)
    yield from _start_calendar(start, target, subject, path)
    needs = target.opening.agencies
    if needs is not None and needs.number and start.agencies is None:
        message = f'"{start.process}" needs agencies. Write: agencies: same'
        yield subject.key_error(path, "PD031", message)
    if needs is None and start.agencies is not None:
        message = f'No agencies take part in "{start.process}". Take this line out.'
        yield subject.key_error((*path, "agencies"), "PD031", message)
    if needs is not None and start.agencies is not None:
        yield from _start_agencies(start, needs, subject, path)


def _start_agencies(start: Start, needs: AtLeast, subject: Subject, path: Path) -> Iterator[Problem]:
    """PD496: whoever must take part in the case that is opened takes part in each that opens it."""
    own = subject.process.opening.agencies
    known = own.among if own is not None else ()
    kinds = own.kinds if own is not None else ()
    kept = {kind.words(str) for kind in kinds}
    if missing := [who for who in needs.absent(known) if who not in kept]:
        message = (
            f'"{start.process}" needs {listing(missing)} among its agencies, and a case of this process may be '
            "without: the other would not be opened. Ask for the same under opening."
        )
        yield subject.warning((*path, "agencies"), "PD496", message)


def _start_times(start: Start, target: Process, subject: Subject, path: Path) -> Iterator[Problem]:
    """A date of which the time of day is asked gets that too: hours count from it."""
    handed = start.times or {}
    for date in target.opening.times:
        if date not in handed and date in start.dates:
            message = (
                f'"{start.process}" asks for the time of day of "{date}". Say where '
                f"that comes from: times: {{{date}: {start.dates[date]}}}, or a question for a time of day."
            )
            yield subject.key_error((*path, "dates", date), "PD031", message)
    for date in handed:
        if date not in target.opening.times:
            message = unknown(f"a date of which {start.process} asks the time", date, target.opening.times, "Its times")
            yield subject.key_error((*path, "times", date), "PD031", message)


def _start_calendar(start: Start, target: Process, subject: Subject, path: Path) -> Iterator[Problem]:
    """The calendar of the new case is one of those that it lets be chosen."""
    possible, own = target.opening.calendar, subject.process.opening.calendar or ()
    if possible is None and start.calendar is not None:
        yield subject.key_error(
            (*path, "calendar"), "PD031", f'"{start.process}" asks for no calendar. Take this line out.'
        )
    elif possible is not None and start.calendar is None:
        same = " or calendar: chosen (that of this case)" if own else ""
        message = f'"{start.process}" asks whose days are counted. Write: calendar: {possible[0]}{same}'
        yield subject.key_error(path, "PD031", message)
    elif possible is not None and start.calendar is not None:
        handed = own if start.calendar == CHOSEN else (start.calendar,)
        if not handed or not set(handed) <= set(possible):
            wrong = next((name for name in handed if name not in possible), CHOSEN)
            message = unknown(f"a calendar that {start.process} lets be chosen", wrong, possible, "Its calendars")
            yield subject.error((*path, "calendar"), "PD031", message)


def _start_days(subject: Subject, name: str, path: Path) -> Iterator[Problem]:
    start = subject.steps[name].start
    for key, handed in (("dates", start.dates), ("times", start.times or {})) if start else ():
        for date, text in handed.items():
            step = parse_anchor(text).name
            if step in subject.steps and step != name and not subject.waits(name, step):
                message = f'"{name}" takes a day from "{step}", but does not wait for it. '
                message += add_to_after(subject, name, step)
                yield subject.error((*path, key, date), "PD027", message)
