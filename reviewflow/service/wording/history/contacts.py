"""The sentences of events about the contacts of a case and the letters to them: never who they are."""

from __future__ import annotations

from typing import assert_never

from reviewflow.case.model import events
from reviewflow.service.wording.answers import answers_words
from reviewflow.service.wording.history.names import Names, decided_by, inline


def contact_sentence(event: events.ContactEvent, names: Names) -> str:
    """An event about a contact of the case, or a letter to it."""
    who = _title(event.contact, names)
    match event:
        case events.ContactGiven(changed=changed):
            how = "given anew" if changed else "given"
            return f"Contact “{who}” was {how}. Who that is stands apart, encrypted."
        case events.ContactErased(reason=reason):
            return f"Contact “{who}” was erased, because {inline(reason)}."
        case events.LetterPrepared(item, message):
            letter = f"the letter {names.message(message)} to “{who}”"
            return f"{names.title(item)}: {letter} is written, and waits for release."
        case events.LetterReleased(item, by_role=role):
            return f"{names.title(item)}: the letter to “{who}” was released.{decided_by(role, names)}"
        case events.LetterRefused(item, reason=reason, by_role=role):
            decided = decided_by(role, names)
            return f"{names.title(item)}: the letter to “{who}” does not go, because {inline(reason)}.{decided}"
        case events.NextContactAsked():
            return _next_contact(event, who, names)
        case _:
            assert_never(event)


def _title(contact: str, names: Names) -> str:
    contacts = names.definition.process.contacts or {}
    return contacts[contact].title if contact in contacts else contact.replace("_", " ")


def _next_contact(event: events.NextContactAsked, who: str, names: Names) -> str:
    before, following = f"“{_title(event.was, names)}”", f"“{who}” is written to next"
    said = answers_words(event.said, names.definition.recorded(event.step), names.person) if event.said else ""
    if event.refused:
        return f"{names.title(event.item)}: {following}, because the letter to {before} did not go."
    was = f"{before} has not accepted ({said})" if said else f"no answer from {before}"
    return f"{names.title(event.item)}: {was}. {following}."
