"""Time limits: a step meets each, national ones are in the guidance, and a local file never loosens them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import Span
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.circles import circle_through, counted_from
from reviewflow.language.folder.guidance_editions import is_looser
from reviewflow.language.model import Limit, LimitKind, NationalLimit
from reviewflow.language.phrases import DayRule, Due, by_words
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown


def check(subject: Subject) -> Iterator[Problem]:
    yield from _guidance(subject)
    yield from _circle(subject)
    for name, limit in subject.process.limits.items():
        path: Path = ("limits", name)
        for step, place in _met_by(limit, path):
            if step not in subject.steps:
                yield subject.error(place, "PD022", unknown("a step of this process", step, subject.steps, "Its steps"))
        yield from _twice(subject, limit, path)
        yield from _shape(subject, limit, path)
        if limit.national is not None:
            yield from _national(subject, limit, path)
        yield from _too_late(subject, name, limit)
        yield from _unwatched(subject, limit, path)


def _guidance(subject: Subject) -> Iterator[Problem]:
    guidance = subject.process.guidance
    known = subject.library.guidance
    if guidance is not None and guidance not in known and not subject.library.could_be("guidance", guidance):
        message = unknown("a guidance file in definitions/guidance", guidance, known, "Editions")
        yield subject.error(("guidance",), "PD030", message)


def _circle(subject: Subject) -> Iterator[Problem]:
    """Limits that count from each other could never be counted."""
    limits = {name: limit for name, limit in subject.process.limits.items() if name not in subject.dates}
    for name, first in limits.items():
        way = circle_through(name, lambda other: counted_from(subject, other) if other in limits else ())
        if way:
            key = "due" if first.due else "from"
            message = f"These limits count from each other in a circle: {', '.join(way)}. Count from a date."
            yield subject.error(("limits", name, key), "PD023", message)
            return


def _shape(subject: Subject, limit: Limit, path: Path) -> Iterator[Problem]:
    if (limit.national is None) == (limit.due is None):
        message = "A time limit is either national (national and from) or local (due). Give one of them."
        yield subject.key_error(path, "PD043", message)
    if limit.national is not None and limit.counts_from is None:
        yield subject.key_error(path, "PD043", 'A national limit needs "from": the date it counts from.')
    for key, value in (("from", limit.counts_from), ("within", limit.within)):
        if value is not None and limit.national is None:
            message = f'"{key}" belongs to a national limit; a local one says it in due.'
            yield subject.key_error((*path, key), "PD043", message)
    if limit.calendar is not None and limit.national is not None:
        message = "The calendar of a national limit is set by the guidance. Take this line out."
        yield subject.key_error((*path, "calendar"), "PD043", message)


def _national(subject: Subject, limit: Limit, path: Path) -> Iterator[Problem]:
    if subject.process.guidance is None:
        message = 'A national limit comes from an edition of the guidance. Write "guidance:" at the top of the file.'
        yield subject.error((*path, "national"), "PD041", message)
        return
    edition = subject.library.guidance.get(subject.process.guidance)
    if edition is None:
        return
    national = edition.model.limits.get(limit.national or "")
    if national is None:
        what = f"a limit of {edition.model.guidance}"
        countable = [name for name, other in edition.model.limits.items() if other.within]
        yield subject.error((*path, "national"), "PD041", unknown(what, limit.national or "", countable, "Its limits"))
    elif national.within is None or national.kind not in {LimitKind.LATEST, LimitKind.EXPECTATION}:
        message = f'"{limit.national}" has no number of days to count ({national.kind}); it cannot run as a clock.'
        yield subject.error((*path, "national"), "PD041", message)
    elif limit.within is not None:
        yield from _loosened(subject, limit, national, national.within, (*path, "within"))


def _unwatched(subject: Subject, limit: Limit, path: Path) -> Iterator[Problem]:
    if limit.national is not None and limit.ladder is None:
        message = "Nobody is warned before this national limit ends. Name a ladder, such as: ladder: statutory"
        yield subject.key_warning(path, "PD046", message)


def _loosened(subject: Subject, limit: Limit, national: NationalLimit, allowed: Span, path: Path) -> Iterator[Problem]:
    within = limit.within or allowed  # a local file may be stricter than the guidance, never looser
    where = f"National limits live in {subject.process.guidance}; a local limit may only make them stricter."
    if within.unit is not allowed.unit:
        message = f'"{within}" cannot be compared with the national {allowed}. Write it in {allowed.unit}.\n{where}'
        yield subject.error(path, "PD040", message)
    elif is_looser(within, allowed, backwards=national.before):
        message = f"{within} is looser than the national {allowed} ({national.title.lower()}).\n{where}"
        yield subject.error(path, "PD040", message)


def _met_by(limit: Limit, path: Path) -> Iterator[tuple[str, Path]]:
    """Each step that meets a limit, with the place where it stands."""
    if isinstance(limit.met_by, str):
        yield limit.steps[0], (*path, "met_by")
    else:
        yield from ((step, (*path, "met_by", number)) for number, step in enumerate(limit.steps))


def _twice(subject: Subject, limit: Limit, path: Path) -> Iterator[Problem]:
    """Of several that meet a limit each stands once, and none comes only after another, which meets it before."""
    places = list(_met_by(limit, path))
    for number, (step, place) in enumerate(places):
        earlier = [other for other, _ in places[:number]]
        before = [other for other, _ in places if other != step and _always_before(subject, other, step)]
        if step in earlier:
            yield subject.error(place, "PD445", f'"{step}" stands here twice. Take one out.')
        elif before:
            message = f'"{step}" comes only after "{before[0]}", which meets this limit first. Take "{step}" out.'
            yield subject.error(place, "PD445", message)


def _always_before(subject: Subject, other: str, step: str) -> bool:
    """Whether a step is done in every case before another."""
    known = subject.steps.get(other)
    needed = known is not None and known.when is None and not known.optional
    return needed and other in subject.before.get(step, ())


def _too_late(subject: Subject, name: str, limit: Limit) -> Iterator[Problem]:
    """A step that leads to the limit's own step must not be due after the limit, where both count alike."""
    met_by = limit.steps[0]
    if not subject.before or met_by not in subject.steps or len(limit.steps) > 1:  # another of several may come before
        return
    for step_name in (*sorted(subject.before[met_by]), met_by):
        rule = subject.steps[step_name].due
        for span, anchor in _lengths(subject, limit):
            for due in _at_least(rule):
                alike = isinstance(due.span, Span) and due.span.unit is span.unit and due.anchor.name == anchor
                if alike and isinstance(due.span, Span) and _is_later(due.span, span, rule, limit.due):
                    message = (
                        f'"{step_name}" is due {due.span} after {anchor}{by_words(rule) if rule else ""}, but '
                        f"{name.replace('_', ' ')} ends after {span}{by_words(limit.due) if limit.due else ''}: it "
                        f'would come after "{met_by}" must be done.'
                    )
                    yield subject.error(("steps", step_name, "due"), "PD042", message)


def _is_later(own: Span, ends: Span, rule: DayRule | None, limit: DayRule | None) -> bool:
    """Whether a step is due after a limit ends: on a later day, or on its day by a later time."""
    by, ends_by = rule.by if rule else None, limit.by if limit else None
    is_later_then = ends_by is not None and (by is None or by > ends_by)
    return own.counted > ends.counted or (own.counted == ends.counted and is_later_then)


def _at_least(rule: DayRule | None) -> Iterator[Due]:
    """The rules before whose days a rule gives none: itself, or each of which the later counts."""
    if isinstance(rule, Due) or (rule is not None and rule.later):
        yield from (part for part in rule.parts if part.span and not part.before and not part.anchor.field)


def _lengths(subject: Subject, limit: Limit) -> Iterator[tuple[Span, str]]:
    """How long the limit runs at the most, and from what: one, or each of which the earlier counts."""
    if limit.due is None:
        span, anchor = _national_length(subject, limit)
        if span is not None and anchor is not None:
            yield span, anchor
    elif isinstance(limit.due, Due) or not limit.due.later:
        for part in limit.due.parts:
            if isinstance(part.span, Span) and not part.before and part.anchor.field is None:
                yield part.span, part.anchor.name


def _national_length(subject: Subject, limit: Limit) -> tuple[Span | None, str | None]:
    edition = subject.library.guidance.get(subject.process.guidance or "")
    national = edition.model.limits.get(limit.national or "") if edition else None
    if national is None or national.before:
        return None, None
    return limit.within or national.within, limit.counts_from
