"""Who the contacts of a case are: given, shown, erased. Each is encrypted; the history tells of it without a name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError

from reviewflow.case.handlers.contacts import why_unknown
from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import Recipient, contact_recipient
from reviewflow.case.model.snapshot import load
from reviewflow.language.model import Email
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import Decided, decide, find, store_decided
from reviewflow.service.contacts.marks import mark_of
from reviewflow.service.workspace.contact_keys import ContactPerson, open_sealed, seal
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, LogEntry, SealedContact
from reviewflow.text import day_words

REVEALED = "contact_revealed"
"""What the office's log tells when somebody looked who a contact is."""
LONGEST = 150


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact of a case: whether it is given, and never who it is."""

    name: str
    title: str
    given: date | None
    erased: date | None

    @property
    def words(self) -> str:
        if self.erased:
            return f"erased {day_words(self.erased)}"
        return f"given {day_words(self.given)}" if self.given else "not given"


def contacts_of(workspace: Workspace, reference: str) -> list[ContactLine]:
    """Every contact that the process of a case declares; raises UnknownCase."""
    plan, case = workspace.plan_and_case(find(workspace, reference))
    declared = plan.definition.process.contacts or {}
    titles = {name: contact.title for name, contact in declared.items()}
    return [_line(name, titles.get(name, name), case.contacts.get(name)) for name in {**titles, **case.contacts}]


def _line(name: str, title: str, known: object) -> ContactLine:
    return ContactLine(name, title, getattr(known, "given", None), getattr(known, "erased", None))


def read_person(mailbox: str, addressed: str) -> ContactPerson:
    """Who a contact is, as it was typed; raises UserError, which repeats nothing of it."""
    person = ContactPerson(mailbox.strip(), " ".join(addressed.split()))
    wrong = [*_mailbox_problems(person.mailbox), *_addressed_problems(person.addressed)]
    if wrong:
        raise UserError("\n".join([*wrong, "Nothing was kept."]))
    return person


def _mailbox_problems(mailbox: str) -> Iterator[str]:
    try:
        TypeAdapter(Email).validate_python(mailbox)
    except ValidationError:
        yield "The mailbox is not an e-mail address."


def _addressed_problems(addressed: str) -> Iterator[str]:
    if not addressed:
        yield "How do they wish to be addressed? The letter begins with it: Ms Example."
    if len(addressed) > LONGEST or re.search(r"[{}<>]", addressed) or not addressed.isprintable():
        yield f"How they wish to be addressed is a line of at most {LONGEST} characters, without braces."


def give(
    workspace: Workspace, keys: str, reference: str, contact: str, person: ContactPerson, *, by: str, now: datetime
) -> None:
    """Keep who a contact is, encrypted, in the transaction that says so. Raises ContactSealed, Refused, UnknownCase."""
    reference = find(workspace, reference).reference
    _withdraw_pages(workspace, reference, contact, now)
    sealed = SealedContact(contact, seal(keys, reference, contact, person))
    _keep(workspace, reference, c.GiveContact(contact), sealed, by=by, now=now)


def erase_contact(workspace: Workspace, reference: str, contact: str, reason: str, *, by: str, now: datetime) -> None:
    """Take out what is kept of a contact; needs no key. Raises Refused or UnknownCase."""
    _withdraw_pages(workspace, find(workspace, reference).reference, contact, now)
    _keep(workspace, reference, c.EraseContact(contact, reason), SealedContact(contact), by=by, now=now)


def _withdraw_pages(workspace: Workspace, reference: str, contact: str, now: datetime) -> None:
    """The pages of letters that went before open nothing any more: before it is kept that the contact is another."""
    for notice in workspace.store.notices(reference):
        if notice.recipient == contact_recipient(contact):
            workspace.store.withdraw_links(mark_of(notice.recipient, notice.number), now=stamp(now))


def _keep(
    workspace: Workspace, reference: str, command: c.Command, contact: SealedContact, *, by: str, now: datetime
) -> None:
    def decided(row: CaseRow) -> Decided:
        result, change = decide(workspace, row, command, by=by, now=now)
        return result, change and replace(change, contact=contact)

    store_decided(workspace, reference, decided, key=None)


def person_of(workspace: Workspace, keys: str, reference: str, contact: str) -> ContactPerson:
    """Who a contact is; raises UserError when that is not known, and ContactSealed without the key."""
    sealed = workspace.store.sealed_contact(reference, contact)
    if sealed is None:
        row = find(workspace, reference)
        wrong = why_unknown(load(row.reference, row.state), contact)
        raise UserError(wrong or f'Who "{contact}" is is not kept for {reference}.')
    return open_sealed(keys, reference, contact, sealed)


def kept_as(workspace: Workspace, keys: str, letter: str, address: str) -> str:
    """What letters have in place of this address, where the letter of this number went to a contact with it.

    The address itself for any other letter, and where that can no longer be known.
    """
    letter = workspace.store.letter_of(letter)
    for notice in workspace.store.notices(letter.rpartition("/")[0]):
        to = Recipient.parse(notice.recipient)
        if notice.number == letter and to.is_contact:
            try:
                person = person_of(workspace, keys, notice.reference, to.name)
            except UserError:
                return address
            return mark_of(notice.recipient, letter) if person.mailbox.lower() == address.lower() else address
    return address


def reveal(workspace: Workspace, keys: str, reference: str, *, by: str, now: datetime) -> dict[str, ContactPerson]:
    """Who the given contacts of a case are. That it was looked up, and by whom, is noted before anything is shown."""
    row = find(workspace, reference)
    given = [line.name for line in contacts_of(workspace, reference) if line.given and not line.erased]
    people = {name: person_of(workspace, keys, row.reference, name) for name in given}
    if people:
        body = json.dumps({"case": row.reference, "contacts": given}, sort_keys=True)
        workspace.store.note(LogEntry(stamp(now), by, REVEALED, body))
    return people
