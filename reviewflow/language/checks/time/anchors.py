"""Dates: every due rule counts from something that this process knows, and that will have happened."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import NamedDay
from reviewflow.language.checks.lists import column_problems, listed_of
from reviewflow.language.checks.needed import (
    add_to_after,
    may_be_not_needed,
    needed_whenever,
    one_always_is_needed,
    only_after,
    surely_answered,
)
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.after_ending import ending_problems, without_a_day
from reviewflow.language.checks.time.hours import from_problems
from reviewflow.language.checks.time.named_days import meeting_problems
from reviewflow.language.model import EACH, FieldType, FormField
from reviewflow.language.phrases import THE_ENDING, Anchor, AsMany, DayRule, Due, counts_hours, parse_anchor
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import suggestion, unknown
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        path = ("steps", name)
        for key, rule in (("due", step.due), ("not_before", step.not_before)):
            if rule is not None:
                yield from rule_problems(subject, rule, (*path, key), name)
        for target, reopen in step.reopens.items():
            if reopen.due is not None:
                yield from rule_problems(subject, reopen.due, (*path, "reopens", target, "due"), "")
        if step.start is not None:
            for date, text in step.start.dates.items():
                yield from anchor_problems(subject, parse_anchor(text), (*path, "start", "dates", date), name)
            for date, text in (step.start.times or {}).items():
                yield from from_problems(subject, parse_anchor(text), (*path, "start", "times", date))
    for name, limit in subject.process.limits.items():
        if limit.due is not None:
            yield from rule_problems(subject, limit.due, ("limits", name, "due"), "")
        if limit.counts_from is not None:
            yield from anchor_problems(subject, Anchor(limit.counts_from), ("limits", name, "from"), "")
    yield from _not_before(subject)
    yield from _in_order(subject)
    for name, step in subject.steps.items():
        if step.owner is not None and step.due is not None and subject.before:
            yield from _owed_without_a_day(subject, name, step.due)
        if step.due is not None:
            yield from without_a_day(subject, name, step.due)


def _owed_without_a_day(subject: Subject, name: str, rule: DayRule) -> Iterator[Problem]:
    """A day that counts from steps that may not have been done when this is owed: it is owed without a day."""
    others = [other for other in dict.fromkeys(_names(rule)) if other != name]
    known = [other for other in others if other in subject.steps and name not in subject.before.get(other, ())]
    early = [other for other in known if not subject.waits(name, other)]
    for other in early if isinstance(rule, Due) or rule.later else ():
        message = (
            f'"{name}" counts its day from "{other}", and does not wait for it. Until "{other}" is done it is owed '
            f"without a day, and nobody is reminded. {_what_else(subject, name, other, rule)}"
        )
        yield subject.warning(("steps", name, "due"), "PD323", message)
    if known == others and not early and _may_never_be(subject, name, frozenset(others)):
        any_of_these = listing((f'"{other}"' for other in others), last="or")
        message = (
            f'"{name}" counts its day from {any_of_these}, which may be not needed. Then it is owed without a day, and '
            "nobody is reminded. Count from something that always happens."
        )
        yield subject.warning(("steps", name, "due"), "PD323", message)


def _what_else(subject: Subject, name: str, other: str, rule: DayRule) -> str:
    """What to write in place of a day that counts from a step that is not waited for."""
    if not any(part.before and part.anchor.name == other for part in rule.parts):
        return f"{add_to_after(subject, name, other)} Or count from something earlier."
    return (
        f'A day before "{other}" has passed once that is done. Count back from the day for which "{other}" is planned: '
        "a date under dates, a time limit, or a day that a step before them asks for."
    )


def _names(rule: DayRule) -> tuple[str, ...]:
    return tuple(anchor.name for part in rule.parts for anchor in part.anchors)


def _may_never_be(subject: Subject, name: str, others: frozenset[str]) -> bool:
    """Whether a step may be owed although none of the others was needed; of several, one that happened is enough."""
    when = subject.steps[name].when
    if when is not None and not others.isdisjoint(surely_answered(when)):
        return False
    if any(needed_whenever(subject, other, name) for other in others) or one_always_is_needed(subject, others):
        return False
    return all(may_be_not_needed(subject, other) for other in others) and not only_after(subject, name, others)


def _in_order(subject: Subject) -> Iterator[Problem]:
    """PD365: the order is one of dates that are asked for, each once."""
    opening = subject.process.opening
    for date, path in subject.named(opening.in_order or (), ("opening", "in_order")):
        if date not in opening.dates:
            message = unknown("a date that is asked for at the opening", date, opening.dates, "Its dates")
            yield subject.error(path, "PD365", message)
    order = opening.in_order or ()
    if len(set(order)) < len(order) or len(order) == 1:
        message = "An order needs two dates or more, each named once: in_order: [aware, notified]."
        yield subject.error(("opening", "in_order"), "PD365", message)


def rule_problems(subject: Subject, rule: DayRule, path: Path, step: str) -> Iterator[Problem]:
    """What is wrong with a rule by itself; with `step`, whose day it is. Of several rules, with each."""
    if rule.by is not None and not _of_what_is_owed(path):
        message = f'"{rule}" says a time of day, but here a day is needed. Only the due of a step or a limit has one.'
        yield subject.error(path, "PD020", message)
    if isinstance(rule, Due):
        yield from _part_problems(subject, rule, path, step)
        return
    for part in rule.parts:
        if counts_hours(part):
            message = f'"{part}" counts hours, and cannot be compared with days. Count days.'
            yield subject.error(path, "PD020", message)
        else:
            yield from _part_problems(subject, part, path, step)


def _of_what_is_owed(path: Path) -> bool:
    return path[-1] == "due" and len(path) == 3 and path[0] in {"steps", "limits"}  # noqa: PLR2004 - of one of these


def _part_problems(subject: Subject, rule: Due, path: Path, step: str) -> Iterator[Problem]:
    by_the_hour = _of_what_is_owed(path)
    if rule.anchor.name == THE_ENDING and counts_hours(rule):
        message = f'"{rule}" counts hours, and an ending has a day alone. Count days: 1 working day after the ending.'
        yield subject.error(path, "PD485", message)
        return
    if counts_hours(rule) and by_the_hour:
        yield from from_problems(subject, rule.anchor, path)
        yield from anchor_problems(subject, Anchor(rule.anchor.name), path, step) if rule.anchor.field else ()
        if rule.anchor.field:
            return
    elif counts_hours(rule):
        yield subject.error(path, "PD020", f'"{rule}" counts hours, but here a day is needed. Write: 1 working day.')
    yield from anchor_problems(subject, rule.anchor, path, step)
    if isinstance(rule.span, NamedDay) and rule.span.group:
        yield from meeting_problems(subject, rule.span, path)
    if isinstance(rule.span, AsMany):
        yield from _asked_number(subject, rule.span, path, step)


def _asked_number(subject: Subject, length: AsMany, path: Path, step: str) -> Iterator[Problem]:
    """PD416: what says how long is a number of an earlier step's form, or of the line, within bounds."""
    if length.step == EACH:
        yield from _number_in_line(subject, length, path, step)
        return
    if length.step not in subject.steps:
        yield from _field(subject, Anchor(length.step, length.field), path)
        return
    yield from anchor_problems(subject, Anchor(length.step), path, step)
    form = subject.form(length.step)
    field, numbers = form.get(length.field), [name for name, each in form.items() if each.type is FieldType.NUMBER]
    if not subject.form_is_known(length.step):
        return
    if field is None or field.type is not FieldType.NUMBER:
        what = f"a number in the form of {length.step}"
        yield subject.error(path, "PD416", unknown(what, length.field, numbers, "Its numbers"))
    else:
        yield from _bounded(subject, length, field, path)


def _number_in_line(subject: Subject, length: AsMany, path: Path, step: str) -> Iterator[Problem]:
    """PD034 or PD416: it is a column of numbers in the table for whose lines the step is done, always filled in."""
    for problem in column_problems(subject, step, length.field, path, {FieldType.NUMBER}):
        yield problem
        return
    listed = listed_of(subject, subject.steps[step]) if step in subject.steps else None
    if listed is None:
        return
    column = listed.columns[length.field]
    if not column.always_required:
        message = f'The column "{length.field}" may be left empty, and then there would be no day. Take out required.'
        yield subject.error(path, "PD416", message)
    yield from _bounded(subject, length, column, path)


def _bounded(subject: Subject, length: AsMany, field: FormField, path: Path) -> Iterator[Problem]:
    if not isinstance(field.at_least, int) or field.at_least < 0 or field.at_most is None:
        message = (
            f'"{length}" says how many {length.unit} are counted, so a figure too many would be believed. Say in its '
            "form which are taken: at_least: 1, at_most: 12."
        )
        yield subject.error(path, "PD416", message)


def anchor_problems(subject: Subject, anchor: Anchor, path: Path, step: str) -> Iterator[Problem]:
    if anchor.day is not None:
        return
    if anchor.name == THE_ENDING:
        yield from ending_problems(subject, path)
        return
    if anchor.name == EACH:
        yield from column_problems(subject, step, anchor.field or "", path, {FieldType.DATE})
        return
    if anchor.field is not None:
        yield from _field(subject, anchor, path)
        if anchor.name not in subject.steps:
            return
    known = [*subject.dates, *subject.process.limits, *subject.steps]
    if anchor.name not in known:
        yield subject.error(
            path,
            "PD021",
            f'"{anchor.name}" is not a date, a limit or a step of this process.{suggestion(anchor.name, known)}\n'
            f"Dates: {listing(subject.dates)}. "
            + (f"Limits: {listing(subject.process.limits)}. " if subject.process.limits else "")
            + f"Steps: {listing(subject.steps)}.",
        )
    elif step and anchor.name == step:
        yield subject.error(
            path,
            "PD025",
            f'"{step}" cannot count from itself: it has not happened when it is due. Name an earlier step.',
        )
    elif step and step in subject.before.get(anchor.name, ()):
        message = f'"{step}" counts from "{anchor.name}", which only happens after it. Count from something earlier.'
        yield subject.error(path, "PD025", message)


def _field(subject: Subject, anchor: Anchor, path: Path) -> Iterator[Problem]:
    if anchor.name not in subject.steps:
        message = unknown("a step of this process", anchor.name, subject.steps, "Its steps")
        yield subject.error(path, "PD022", message)
    elif subject.form_is_known(anchor.name) and anchor.field not in subject.date_fields(anchor.name):
        what = f"a date in the form of {anchor.name}"
        message = unknown(what, str(anchor.field), subject.date_fields(anchor.name), "Its dates")
        yield subject.error(path, "PD021", message)


def _not_before(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        for other in dict.fromkeys(_names(step.not_before)) if step.not_before else ():
            if other == name or other not in subject.steps or not subject.before or subject.waits(name, other):
                continue
            message = (
                f'"{name}" may not be done before a day that counts from "{other}", but it does not wait for '
                f'"{other}". {add_to_after(subject, name, other)}'
            )
            yield subject.error(("steps", name, "not_before"), "PD027", message)
