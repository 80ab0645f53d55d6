"""Several that are asked one after the other: each can be asked, one can accept, and silence passes it on (PD383)."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import Unit
from reviewflow.language.checks.forms.answers import own_answers
from reviewflow.language.checks.forms.asked import always
from reviewflow.language.checks.lists import roles_among
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import holds_for
from reviewflow.language.model import Asks, FieldType, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.lists import OWNING
from reviewflow.language.structure.owners import ACCEPTED, NEXT, owner_in_answer
from reviewflow.language.structure.silence import silence_answers
from reviewflow.language.suggestions import unknown, unknown_role

_CANNOT = ("for_each", "due", "quorum", "dissent", "repeats", "waits_for", "choose", "reopens")
"""What a step cannot have beside an order of asking."""


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        path: Path = ("steps", name)
        if step.owner == NEXT and step.asks is None:
            message = f'"owner: {NEXT}" goes with asks, which says who is asked: asks: {{in_order: [chair, ...], ...}}'
            yield subject.error((*path, "owner"), "PD383", message)
        if step.asks is not None:
            yield from _step(subject, step, path)
            yield from _order(subject, name, step.asks, (*path, "asks", "in_order"))
            yield from _answers(subject, name, step, step.asks)


def _step(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    if step.owner != NEXT:
        yield subject.key_error((*path, "asks"), "PD383", f"Who is asked in order does it. Write: owner: {NEXT}")
    for key in _CANNOT:
        if getattr(step, key):
            message = f'"{key}" does not go with asks: each is asked alone, and has days of its own. Take it out.'
            yield subject.key_error((*path, key), "PD383", message)
    if step.asks is not None and step.asks.within.unit is Unit.HOURS:
        message = "Who is asked has whole days to answer. Write: within: 3 working days"
        yield subject.error((*path, "asks", "within"), "PD383", message)


def _order(subject: Subject, name: str, asks: Asks, path: Path) -> Iterator[Problem]:
    match asks.in_order:
        case str(place):
            yield from _gathered(subject, name, place, path)
        case roles:
            partnership = subject.library.partnership
            known = partnership.model.roles if partnership else roles
            for index, role in enumerate(roles):
                if role not in known:
                    yield subject.error((*path, index), "PD030", unknown_role(role, known))
            if len(roles) < 2 or len(set(roles)) < len(roles):  # noqa: PLR2004  one after another
                yield subject.error(path, "PD383", "Name two or more roles here, each once, in the order of asking.")


def _gathered(subject: Subject, name: str, place: str, path: Path) -> Iterator[Problem]:
    source, _, field = place.partition(".")
    if source not in subject.steps:
        yield subject.error(path, "PD022", unknown("a step of this process", source, subject.steps, "Its steps"))
        return
    if not subject.waits(name, source) or source == name or subject.steps[source].for_each is not None:
        message = f'The order is gathered once, before: "{name}" must wait for "{source}", and one owner must do that.'
        yield subject.error(path, "PD383", message)
    asked = subject.form(source).get(field)
    if subject.form_is_known(source) and (asked is None or asked.type not in OWNING):
        known = [key for key, question in subject.form(source).items() if question.type in OWNING]
        what = f"a question for agencies or choices in the form of {source}"
        yield subject.error(path, "PD383", unknown(what, field, known, "Such questions"))
    elif asked is not None and asked.type is FieldType.CHOICES:
        yield from roles_among(subject, asked, path)


def asks_agencies(subject: Subject, step: Step) -> bool:
    """Whether those who are asked in order are agencies."""
    source, _, field = (step.asks.in_order if step.asks and isinstance(step.asks.in_order, str) else "").partition(".")
    asked = subject.form(source).get(field) if source in subject.steps else None
    return asked is not None and asked.type is FieldType.AGENCIES


def accepted_by_agencies(subject: Subject, step: Step) -> bool:
    """Whether it is owned by whoever accepted, of agencies that were asked in order."""
    owner = owner_in_answer(step)
    source = subject.steps.get(owner.step) if owner is not None and owner.kind == ACCEPTED else None
    return source is not None and asks_agencies(subject, source)


def _answers(subject: Subject, name: str, step: Step, asks: Asks) -> Iterator[Problem]:
    path: Path = ("steps", name, "asks", "accepts")
    yield from own_answers(subject, name, asks.accepts, path, "PD383", "It is accepted")
    if subject.form_is_known(name) and always(asks.accepts, subject.form(name)):
        message = "Every answer accepts, so nobody but the first is ever asked. Leave one that does not."
        yield subject.error(path, "PD383", message)
    given = {field: frozenset({value}) for field, value in silence_answers(step).items()}
    if not given or holds_for(asks.accepts, given):
        message = (
            "Say what it means when nothing comes, and which answer that is, so that what follows can ask for it: "
            "silence: {counts_as: declined, answers: {will_you: no}}"
        )
        yield subject.key_error(("steps", name, "asks"), "PD383", message)
