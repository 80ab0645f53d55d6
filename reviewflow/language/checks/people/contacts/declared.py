"""Contacts of a case: declared, written to alone and by hand, with nothing that is not meant for them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library
from reviewflow.language.model import Message, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import as_written, contact_of, contact_written_to
from reviewflow.language.structure.extensions import rules_for_extensions
from reviewflow.language.suggestions import suggestion, unknown_role
from reviewflow.language.templates import ADDRESSED, OF_CONTACTS, OF_REPLIES, REPLY_BY, named, slots
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        path: Path = ("steps", name)
        yield from _owner(subject, step, (*path, "owner"))
        for written, place in subject.named(step.to, (*path, "to")):
            yield from _declared(subject, written, place)
        if contact_written_to(step):
            yield from _alone(subject, step, path)
            yield from _wording(subject, step, (*path, "send"))
        yield from _who_releases(subject, name, step, (*path, "released_by"))
    for send, path in _sent_to_others(subject):
        yield from _for_others(subject, send, path)


def _sent_to_others(subject: Subject) -> Iterator[tuple[str | None, Path]]:
    """Every message that goes to somebody else than a contact, with where it stands."""
    for name, step in subject.steps.items():
        if not contact_written_to(step):
            yield step.send, ("steps", name, "send")
        if step.asks is not None:
            yield step.asks.send, ("steps", name, "asks", "send")
        for target, reopen in step.reopens.items():
            yield reopen.send, ("steps", name, "reopens", target, "send")
    for name, hold in subject.process.holds.items():
        yield hold.send, ("holds", name, "send")
    for path, rule in rules_for_extensions(subject.process):
        yield rule.send, (*path, "send")
    for name, ending in subject.process.endings.items():
        yield ending.send, ("endings", name, "send")
    for name, limit in subject.process.limits.items():
        if limit.when_late is not None:
            yield limit.when_late.message, ("limits", name, "when_late", "message")
            yield limit.when_late.well_again, ("limits", name, "when_late", "well_again")


def _owner(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    owner = step.owner or ""
    is_named = owner in (subject.process.contacts or {}) and not _is_role(subject, owner)
    contact = contact_of(owner) or (owner if is_named else "")
    if contact:
        message = (
            f'"{contact}" is a contact of the case: a contact is written to, and never owes anything or is chased.\n'
            "Name the role that speaks with them, and record what they said."
        )
        yield subject.error(path, "PD385", message)


def _who_releases(subject: Subject, name: str, step: Step, path: Path) -> Iterator[Problem]:
    """PD488: only a letter to a contact waits to be released. PD030: by posts of the partnership."""
    if step.released_by is None:
        return
    if not contact_written_to(step):
        message = (
            f'"{name}" writes to no contact of the case, and nothing else waits until it is released.\n'
            "Let the post decide in a step of its own, and send the message after it."
        )
        yield subject.key_error(path, "PD488", message)
    loaded = subject.library.partnership
    roles = loaded.model.roles if loaded else {}
    for role, place in subject.named(step.released_by, path):
        if loaded and role not in roles and not subject.library.could_be("role", role):
            yield subject.error(place, "PD030", unknown_role(role, roles))


def _is_role(subject: Subject, name: str) -> bool:
    loaded = subject.library.partnership
    return loaded is not None and (name in loaded.model.roles or name in loaded.model.agencies)


def _declared(subject: Subject, written: str, path: Path) -> Iterator[Problem]:
    contact, known = contact_of(written), subject.process.contacts or {}
    if contact and contact not in known:
        declared = f"Contacts: {listing(known)}." if known else f"Write: contacts: {{{contact}: {{title: ...}}}}"
        message = f'"{contact}" is not a contact of this process.{suggestion(contact, known)}\n{declared}'
        yield subject.error(path, "PD384", message)
    elif written in known and not _is_role(subject, written):
        yield subject.error(path, "PD384", f'"{written}" is a contact of the case. Write: to: {as_written(written)}')


def _alone(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    if len(step.to) > 1 and not all(map(contact_of, step.to)):
        message = "A letter to a contact goes to nobody else. Make a step of its own for the others."
        yield subject.error((*path, "to"), "PD387", message)
    if step.for_each is not None:
        message = "A contact gets one letter, not one for each. Take for_each out."
        yield subject.error((*path, "for_each"), "PD387", message)


def _wording(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    message = message_of(subject, step.send)
    if message is None:
        return
    texts = [text for words in message.wordings.values() for text in (words.subject, words.text)]
    used = dict.fromkeys(name for text in texts for _, _, name in slots(text))
    allowed = OF_CONTACTS | (OF_REPLIES if step.reply else frozenset())
    refused = [f"{{{name}}}" for name in used if name not in allowed]
    if refused:
        words = (
            f'"{step.send}" goes to a contact, and says {listing(refused)}, which is not for them.\n'
            f"It may say: {listing(f'{{{name}}}' for name in sorted(allowed))}."
        )
        yield subject.error(path, "PD386", words)
    if any(ADDRESSED in named(words.subject) for words in message.wordings.values()):
        words = f"The subject of a mail can be read on its way: write {{{ADDRESSED}}} in the text only."
        yield subject.error(path, "PD386", words)


def _for_others(subject: Subject, send: str | None, path: Path) -> Iterator[Problem]:
    message = message_of(subject, send)
    if message is not None and (said := _for_contacts_alone(message)):
        yield subject.error(path, "PD388", _NOT_FOR_OTHERS.format(send, said))


_NOT_FOR_OTHERS = (
    '"{}" says {}, which only a letter to a contact can. Take it out.\n'
    "A letter to a contact is a step of its own, which somebody releases: send: ..., to: contact NAME."
)


def message_of(subject: Subject, name: str | None) -> Message | None:
    """The message of this name; None of one that is missing."""
    loaded = subject.library.messages.get(name or "")
    return loaded.model if loaded else None


def _for_contacts_alone(message: Message) -> str:
    """What a message says that is said to a contact alone: '{addressed} and {reply_by}'; '' where it is for anybody."""
    used = {name for words in message.wordings.values() for name in named(f"{words.subject}\n{words.text}")}
    return listing((f"{{{name}}}" for name in (ADDRESSED, REPLY_BY) if name in used), none="")


def check_ladders(library: Library) -> Iterator[Problem]:
    """No rung goes to a contact, or sends a letter that is meant for one."""
    loaded = library.ladders
    if loaded is None:
        return
    for name, ladder in loaded.model.ladders.items():
        for index, rung in enumerate(ladder.rungs):
            path: Path = ("ladders", name, "rungs", index)
            if any(map(contact_of, rung.to)):
                message = "A contact of a case is never chased. Name a role: it can ring, and record what was said."
                yield loaded.source.value_problem((*path, "to"), "PD385", message)
            sent = library.messages.get(rung.message)
            if sent is not None and (said := _for_contacts_alone(sent.model)):
                words = _NOT_FOR_OTHERS.format(rung.message, said)
                yield loaded.source.value_problem((*path, "message"), "PD388", words)
