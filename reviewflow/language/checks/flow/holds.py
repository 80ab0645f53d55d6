"""Holds: they stop steps that there are, are placed by answers that are asked, and somebody is reminded of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.calendar import Unit
from reviewflow.language.checks.forms.answers import own_answers
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import Hold, Placing
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown, unknown_role


def check(subject: Subject) -> Iterator[Problem]:
    for name, hold in subject.process.holds.items():
        path: Path = ("holds", name)
        for step, place in subject.named(hold.stops, (*path, "stops")):
            if step not in subject.steps:
                message = unknown("a step of this process", step, subject.steps, "Its steps")
                yield subject.error(place, "PD022", message)
        yield from _who_may(subject, hold, path)
        yield from _reminds(subject, hold, path)
    for name, owed in subject.steps.items():
        yield from _moved_by(subject, name, "places", owed.places)
        yield from _moved_by(subject, name, "lifts", owed.lifts)


def _who_may(subject: Subject, hold: Hold, path: Path) -> Iterator[Problem]:
    """PD030: who may place and release it is a role or an agency of the partnership."""
    partnership = subject.library.partnership
    if partnership is None or subject.library.could_be("partnership", ""):
        return
    known = [*partnership.model.roles, *partnership.model.agencies]
    for name, place in subject.named(hold.by, (*path, "by")):
        if name not in known and not subject.library.could_be("role", name):
            yield subject.error(place, "PD030", unknown_role(name, known))


def _reminds(subject: Subject, hold: Hold, path: Path) -> Iterator[Problem]:
    longest = hold.at_most
    if longest is not None and (longest.unit is Unit.HOURS or longest.amount == 0):
        message = f'"{longest}": a hold lasts days, weeks or months. Write: 6 months.'
        yield subject.error((*path, "at_most"), "PD020", message)
    if hold.review is not None and (hold.review.unit is Unit.HOURS or hold.review.amount == 0):
        message = f'"{hold.review}": a hold is looked at again after days. Write: 30 days.'
        yield subject.error((*path, "review"), "PD020", message)
    known, written = subject.library.messages, "send" in hold.model_fields_set
    if hold.send not in known and not subject.library.could_be("message", hold.send):
        message = unknown("a message in definitions/messages", hold.send, known, "Messages")
        yield (
            subject.error((*path, "send"), "PD030", message)
            if written
            else subject.key_error(path, "PD030", f"Whoever looks at this hold again is reminded of it.\n{message}")
        )
    roles = subject.library.partnership.model.roles if subject.library.partnership else None
    for role, place in subject.named(hold.to, (*path, "to")):
        if roles is not None and role not in roles:
            wrong = unknown_role(role, roles)
            here = place if "to" in hold.model_fields_set else path
            yield subject.error(here, "PD030", wrong) if here is place else subject.key_error(here, "PD030", wrong)


def _moved_by(subject: Subject, name: str, key: str, placings: Mapping[str, Placing]) -> Iterator[Problem]:
    holds = subject.process.holds
    for hold, placing in placings.items():
        path: Path = ("steps", name, key, hold)
        if hold not in holds:
            yield subject.key_error(path, "PD071", unknown('a hold under "holds:"', hold, holds, "Its holds"))
        elif key == "lifts" and name in holds[hold].stops:
            message = (
                f'"{name}" stands still while "{hold}" is in place, so its answer cannot lift it. '
                "Let another step lift it, or take it out of stops."
            )
            yield subject.key_error(path, "PD071", message)
        what = "A hold is placed" if key == "places" else "A hold is lifted"
        yield from own_answers(subject, name, placing.when, (*path, "when"), "PD071", what)
