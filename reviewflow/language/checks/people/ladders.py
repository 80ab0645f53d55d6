"""Ladders: repeats count in the unit of their rung, recognition goes no higher than it may, every chase says enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import Ladder, Ladders, Message, Rung, Until
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown
from reviewflow.language.templates import slots
from reviewflow.text import listing

MODEST = ("owner", "deputy", "business_support", "business_manager")
"""Whom a ladder of recognition may write to."""
ABOVE = frozenset({"senior", "designated", "partner"})
"""The people to whom an agency's work is escalated."""
NEEDED = ("next", "contact_phone")
"""The fields that every chase carries."""
_DEBT = re.compile(r"\b(?:overdue|late|escalat\w*|failed|chas(?:e|ed|ing)|demand\w*)\b", re.IGNORECASE)


def check_library(library: Library) -> Iterator[Problem]:
    loaded = library.ladders
    if loaded is None:
        return
    sound = not any(problem.file == loaded.source.file for problem in library.problems)
    for name, ladder in loaded.model.ladders.items():
        path: Path = ("ladders", name)
        yield from _thanks(library, loaded, ladder, path)
        for index, rung in enumerate(ladder.rungs):
            place = (*path, "rungs", index)
            yield from _repeat(loaded, rung, place)
            if ladder.recognition:
                yield from _modest(loaded, rung, place)
            elif sound and "owner" not in rung.to and not ABOVE.isdisjoint(rung.to):
                yield from _owner_not_told(loaded, index, place)
    yield from _wording(library, loaded)


def _thanks(library: Library, loaded: Loaded[Ladders], ladder: Ladder, path: Path) -> Iterator[Problem]:
    known = library.messages
    if ladder.thanks is not None and ladder.thanks not in known and not library.could_be("message", ladder.thanks):
        message = unknown("a message in definitions/messages", ladder.thanks, known, "Messages")
        yield loaded.source.value_problem((*path, "thanks"), "PD030", message)


def _repeat(loaded: Loaded[Ladders], rung: Rung, path: Path) -> Iterator[Problem]:
    """Whether a rung comes again in the units in which it counts, and ends where that makes sense."""
    hourly = rung.when.span is not None and rung.when.span.unit.by_the_clock
    if rung.repeat is not None and rung.repeat.every.unit.by_the_clock != hourly:
        unit = "hours" if hourly else "days"
        message = f'"{rung.when}" counts {unit}, so it comes again in {unit} too, not "{rung.repeat}".'
        yield loaded.source.value_problem((*path, "repeat"), "PD048", message)
    if rung.until is Until.ACKNOWLEDGED and not rung.when.before:
        message = (
            f'"until: acknowledged" goes with reminders ahead of the day, and this falls {rung.when}: whoever has only '
            "said that the request arrived would not be reminded of the work any more. Take it out."
        )
        yield loaded.source.value_problem((*path, "until"), "PD048", message)


def _modest(loaded: Loaded[Ladders], rung: Rung, path: Path) -> Iterator[Problem]:
    for index, to in enumerate(rung.to):
        if to not in MODEST:
            message = (
                f'This ladder is recognition, and "{to}" is above the business manager: an invitation to tell of good '
                f"work is never a debt. It may go to {listing(MODEST)}."
            )
            place = (*path, "to") if len(rung.to) == 1 else (*path, "to", index)
            yield loaded.source.value_problem(place, "PD063", message)


def _owner_not_told(loaded: Loaded[Ladders], index: int, path: Path) -> Iterator[Problem]:
    message = (
        f"Rung {index + 1} goes above whoever owes the work, and they are not told so. Add owner to it: everybody "
        "who is escalated knows it."
    )
    yield loaded.source.value_problem((*path, "to"), "PD062", message, Severity.WARNING)


def _wording(library: Library, loaded: Loaded[Ladders]) -> Iterator[Problem]:
    """What the messages of ladders must say, once for each message."""
    modest, other = dict[str, Loaded[Message]](), dict[str, Loaded[Message]]()
    for ladder in loaded.model.ladders.values():
        for rung in ladder.rungs:
            if rung.message in library.messages:
                (modest if ladder.recognition else other)[rung.message] = library.messages[rung.message]
    for message in modest.values():
        yield from _words_of_debt(message)
    for name, message in {**modest, **other}.items():
        yield from _missing_fields(message, NEEDED if name in other else NEEDED[1:])


def _words_of_debt(loaded: Loaded[Message]) -> Iterator[Problem]:
    match = _DEBT.search(loaded.model.text) or _DEBT.search(loaded.model.subject)
    if match:
        message = f'A ladder of recognition sends this, and it says "{match[0]}". Thank and invite; nobody is in debt.'
        yield loaded.source.value_problem(("text",), "PD063", message, Severity.WARNING)


def _missing_fields(loaded: Loaded[Message], fields: tuple[str, ...]) -> Iterator[Problem]:
    used = {name for _, _, name in slots(loaded.model.text)}
    missing = [f"{{{name}}}" for name in fields if name not in used]
    if missing:
        message = (
            f"A ladder sends this message, and it does not say {listing(_TELLS[name] for name in missing)}. "
            f"Write {listing(missing)} in it."
        )
        yield loaded.source.value_problem(("text",), "PD062", message, Severity.WARNING)


_TELLS = {"{next}": "what happens next and when", "{contact_phone}": "whom to ring"}
