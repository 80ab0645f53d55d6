"""Owners and recipients that are written as a phrase: the agency is one, the answer that names somebody is there."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.lists import roles_among
from reviewflow.language.checks.needed import add_to_after
from reviewflow.language.checks.people.accepting import check_accepted
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import AGENCY, FieldType, FormField, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.extensions import asked_in, asks_somebody
from reviewflow.language.structure.owners import (
    ACCEPTED,
    OwnerFromAnswer,
    named_agency,
    owner_in_answer,
    post_of_agency,
)
from reviewflow.language.suggestions import AN_AGENCY, not_among, unknown

_FITTING = {AGENCY: FieldType.AGENCY, "role": FieldType.CHOICE}


def is_phrase(step: Step) -> bool:
    """Whether the owner is written as a phrase."""
    return bool(named_agency(step) or owner_in_answer(step) or post_of_agency(step))


def check_owner(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    """What is wrong with an owner that is written as a phrase; `path` is the step's."""
    owner = (*path, "owner")
    agency, answered, name = named_agency(step), owner_in_answer(step), str(path[-1])
    if agency:
        yield from check_agency(subject, agency, owner)
    if post_of_agency(step) and step.for_each != AGENCY:
        message = f'"{step.owner}" needs "for_each: agency": in each agency that post does it.'
        yield subject.error(owner, "PD381", message)
    if answered is not None and answered.step not in subject.steps:
        yield subject.error(
            owner, "PD022", unknown("a step of this process", answered.step, subject.steps, "Its steps")
        )
    elif answered is not None:
        yield from _answered(subject, name, answered, owner)


def check_agency(subject: Subject, agency: str, path: Path) -> Iterator[Problem]:
    """Whether an agency that is named as owner or recipient is one; `path` ends at it."""
    partnership = subject.library.partnership
    if partnership and agency not in partnership.model.agencies:
        yield subject.error(path, "PD381", not_among(AN_AGENCY, agency, partnership.model.agencies))


def check_recipient(subject: Subject, answered: OwnerFromAnswer, path: Path) -> Iterator[Problem]:
    """What is wrong with a recipient whom an answer names; `path` ends at it. Nobody need be named."""
    if answered.step not in subject.steps:
        yield subject.error(path, "PD022", unknown("a step of this process", answered.step, subject.steps, "Its steps"))
        return
    yield from _answered(subject, str(path[1]), answered, path, owns=False)


def everybody_asked(subject: Subject, step: Step, asked: str, place: Path) -> Iterator[Problem]:
    """PD441: what is wrong with `everybody asked in` an `asked` step, of a step that sends; `place` ends at it."""
    name = str(place[1])
    if asked not in subject.steps:
        yield subject.error(place, "PD022", unknown("a step of this process", asked, subject.steps, "Its steps"))
    elif not asks_somebody(subject.steps[asked]):
        message = f'"{asked}" asks nobody and writes to no post or agency. Name a step with an owner, or with send.'
        yield subject.error(place, "PD441", message)
    elif name == asked:
        message = f'"{name}" cannot write to those whom it asks itself. Name an earlier step.'
        yield subject.error(place, "PD441", message)
    elif name in _named_through(subject, asked):
        message = (
            f'"{name}" writes to whom "{asked}" wrote to, and that leads back to "{name}": a circle. '
            "Name a step that asks posts or agencies itself."
        )
        yield subject.error(place, "PD441", message)
    elif step.for_each is not None:
        message = (
            f'Each entry of "for_each" would write to everybody who was asked in "{asked}". Take for_each out: '
            "everybody gets one letter."
        )
        yield subject.error(place, "PD441", message)
    elif not (step.optional or subject.waits(name, asked)):
        message = f'"{asked}" may have asked nobody by then. {add_to_after(subject, name, asked)}'
        yield subject.error(place, "PD441", message)


def _named_through(subject: Subject, step: str) -> set[str]:
    """The steps to whose readers a step writes, and to whose readers those write in turn."""
    through, ahead = set[str](), [step]
    while ahead:
        steps = [subject.steps[name] for name in ahead if name in subject.steps]
        named = {asked for each in steps for asked in map(asked_in, each.to) if asked}
        ahead = list(named - through)
        through |= named
    return through


def _answered(
    subject: Subject, name: str, answered: OwnerFromAnswer, path: Path, *, owns: bool = True
) -> Iterator[Problem]:
    source, form = subject.steps[answered.step], subject.form(answered.step)
    done = "is owned by" if owns else "is sent to"
    if name == answered.step:
        message = f'"{name}" cannot be owned by whom its own answer names. Ask in a step before it.'
        yield subject.error(path, "PD382", message)
        return
    if not subject.waits(name, answered.step):
        message = (
            f'"{name}" {done} whom "{answered.step}" names, but does not wait for it: nobody may be named yet. '
            f"{add_to_after(subject, name, answered.step)}"
        )
        yield subject.error(path, "PD382", message)
    if answered.kind == ACCEPTED:
        yield from check_accepted(subject, name, answered.step, path, owns=owns)
        return
    if source.for_each is not None or source.repeats is not None:
        message = (
            f'"{answered.step}" is answered more than once, so it names several. Let a step that is done once ask.'
        )
        yield subject.error(path, "PD382", message)
    if subject.form_is_known(answered.step):
        yield from _question(subject, answered, form.get(answered.field), path, owns=owns)


def _question(
    subject: Subject, answered: OwnerFromAnswer, asked: FormField | None, path: Path, *, owns: bool
) -> Iterator[Problem]:
    fitting = _FITTING[answered.kind]
    if asked is None or asked.type is not fitting:
        form = subject.form(answered.step)
        known = [name for name, field in form.items() if field.type is fitting]
        what = f"a question of {answered.step} of type {fitting}"
        yield subject.error(path, "PD382", unknown(what, answered.field, known, "Such questions"))
        return
    if owns and not asked.required:
        message = f'"{answered.field}" may be left empty, and then nobody would do it. Take out required: no.'
        yield subject.error(path, "PD382", message)
    if asked.type is FieldType.CHOICE:
        yield from roles_among(subject, asked, path)
