"""Ladders: the message of each rung is there, and the rungs come in an order that can be meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from reviewflow.calendar import NamedDay, Unit
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import CONTRIBUTORS, OUTSIDE, OWNER, Ladder, Ladders, Rung
from reviewflow.language.phrases import Offset
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import contact_of
from reviewflow.language.suggestions import unknown, unknown_role

OF_AGENCY = ("deputy", "senior", "designated", "partner")


POSTS = (OWNER, *OF_AGENCY, CONTRIBUTORS, OUTSIDE)


def check_ladders(library: Library) -> Iterator[Problem]:
    """Rungs stand in the order in which they fall, and send messages that exist."""
    loaded = library.ladders
    if loaded is None:
        return
    for name, ladder in loaded.model.ladders.items():
        yield from _rung_order(loaded, ladder, name)
        for index, rung in enumerate(ladder.rungs):
            yield from _rung_message(library, loaded, rung, ("ladders", name, "rungs", index))


def _rung_message(library: Library, loaded: Loaded[Ladders], rung: Rung, path: Path) -> Iterator[Problem]:
    if rung.message not in library.messages and not library.could_be("message", rung.message):
        message = unknown("a message in definitions/messages", rung.message, library.messages, "Messages")
        yield loaded.source.value_problem((*path, "message"), "PD030", message)
    roles = library.partnership.model.roles if library.partnership else None
    for index, to in enumerate(rung.to):
        if roles is not None and to not in roles and to not in POSTS and not contact_of(to):
            place = (*path, "to") if len(rung.to) == 1 else (*path, "to", index)
            known = [*POSTS, *roles]
            yield loaded.source.value_problem(place, "PD030", unknown_role(to, known))


_ROUGHLY = {
    Unit.DAYS: timedelta(days=1),
    Unit.WORKING_DAYS: timedelta(days=1.4),
    Unit.WEEKS: timedelta(weeks=1),
    Unit.MONTHS: timedelta(days=30.5),
    Unit.HOURS: timedelta(hours=1),
    Unit.WORKING_HOURS: timedelta(hours=1.4),
}


def _roughly(offset: Offset) -> timedelta:
    """How long after the due day it falls; a weekday as late as it can."""
    if isinstance(offset.span, NamedDay):
        return -timedelta(days=1) if offset.before else timedelta(weeks=offset.span.number)
    length = timedelta() if offset.span is None else offset.span.counted * _ROUGHLY[offset.span.unit]
    return -length if offset.before else length


def _at_the_soonest(offset: Offset) -> timedelta:
    """The same, a weekday as early as it can."""
    return _roughly(offset) - (timedelta(days=6) if isinstance(offset.span, NamedDay) else timedelta())


def _may_meet(earlier: Rung, later: Rung) -> bool:
    """Whether the weekday that one of two rungs names may be the day of the other, or lie on its wrong side."""
    named = isinstance(earlier.when.span, NamedDay) or isinstance(later.when.span, NamedDay)
    return named and _roughly(earlier.when) >= _at_the_soonest(later.when)


_TWO_AT_ONCE = (
    'Two rungs fall at the same time: "{}". Make one of them, with both under to, or give the second a later time: at: '
    "14:00."
)


def _rung_order(loaded: Loaded[Ladders], ladder: Ladder, name: str) -> Iterator[Problem]:
    for index in range(1, len(ladder.rungs)):
        earlier, later = ladder.rungs[index - 1], ladder.rungs[index]
        clock = (earlier.at and later.at and later.at <= earlier.at) or later.at is None
        same = _roughly(later.when) == _roughly(earlier.when) and clock
        if _may_meet(earlier, later):
            message = (
                f'"{later.when}" may fall on the same day as "{earlier.when}", or before it. Put a week between a rung '
                "that names a day of the week and the next."
            )
            yield loaded.source.value_problem(("ladders", name, "rungs", index, "when"), "PD037", message)
        elif _roughly(later.when) < _roughly(earlier.when) or same:
            message = (
                f'"{later.when}" does not come after "{earlier.when}". Put the rungs in the order in which they fall.'
            )
            if _roughly(later.when) == _roughly(earlier.when):
                message = _TWO_AT_ONCE.format(later.when)
            yield loaded.source.value_problem(("ladders", name, "rungs", index, "when"), "PD037", message)
