"""The addresses of a letter: made as it leaves, the same each time it is tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.rules.timing.meeting_days import meeting_of
from reviewflow.language.structure.contacts import replied_to
from reviewflow.london import london_day
from reviewflow.service.answers.form_key import FormKey, form_key
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.door.key import Door
from reviewflow.service.door.tokens import hash_of, token_of
from reviewflow.service.door.who import answering_contact, answering_post, is_asked
from reviewflow.service.messages.answer_places import PAGE, Place, filled, places, words_with_page, words_without_page
from reviewflow.service.views.redaction import item_of
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import NewLink

LASTS = timedelta(days=90)
"""How long an address opens at the most, from the first try of its letter."""


@dataclass(frozen=True, slots=True)
class LetterWords:
    """Subject and text of a letter as it leaves."""

    subject: str
    text: str


def with_addresses(
    workspace: Workspace, door: Door | None, ready: OutgoingLetter, subject: str, text: str, *, now: datetime
) -> LetterWords:
    """The letter with an address for each item that its mailbox may answer; else it says how to answer without one."""
    kinds = [(place.form, place.kind == PAGE) for place in places(text)] if door is not None else []
    forms = {form: all(page for other, page in kinds if other == form) for form, _ in kinds}
    addresses = addresses_of(workspace, door, ready, forms, now=now) if door is not None and forms else {}

    def words(place: Place) -> str:
        address = addresses.get(place.form)
        if address is None:
            return words_without_page(workspace.partnership, place.kind, place.form.partition("/")[0])
        return words_with_page(place.kind, address)

    plain = filled(subject, lambda place: words_without_page(workspace.partnership, place.kind, ready.reference))
    return LetterWords(plain, filled(text, words))


def addresses_of(
    workspace: Workspace, door: Door, ready: OutgoingLetter, forms: Mapping[str, bool], *, now: datetime
) -> dict[str, str]:
    """By form, the address of its page; kept before the letter leaves, so that none leads nowhere.

    `forms` says of each whether it is only listed, among others: then it is for its owner alone.
    """
    until = london_day(ready.since) + LASTS
    contexts = _Contexts(workspace, now)
    links, addresses = [], {}
    for form, is_listed in sorted(forms.items()):
        token = token_of(door.keys[0], ready.number, ready.address, form, *_who(workspace, ready))
        link = _link(contexts, ready, form_key(form), hash_of(door.keys[0], token), until, own=is_listed)
        if link is not None:
            links.append(link)
            addresses[form] = door.address(token)
    workspace.store.keep_links(links)
    return addresses


def _who(workspace: Workspace, ready: OutgoingLetter) -> Iterator[str]:
    """Of a letter to a contact what is kept of who that is now: for another person the address is another."""
    for notice in ready.notices:
        to = Recipient.parse(notice.recipient)
        if to.is_contact:
            yield workspace.store.sealed_contact(notice.reference, to.name) or ""


class _Contexts:
    """The cases that a letter is about, each read once."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        self._workspace, self._now = workspace, now
        self._read: dict[str, tuple[int, CaseContext] | None] = {}

    def of(self, reference: str) -> tuple[int, CaseContext] | None:
        """The case's row id, and the case as it is now; None when there is none."""
        if reference not in self._read:
            row = self._workspace.store.load(reference)
            self._read[reference] = (row.id, self._workspace.context(row, self._now)) if row is not None else None
        return self._read[reference]


def _link(
    contexts: _Contexts, ready: OutgoingLetter, form: FormKey, hashed: str, until: date, *, own: bool
) -> NewLink | None:
    """What an address opens; None for what this mailbox does not answer, or nobody does any more."""
    read = contexts.of(form.reference)
    if read is None:
        return None
    case_id, context = read
    item = item_of(context.plan, context.case, form.shown_item)
    state = context.case.items.get(item)
    if state is None or state.round != form.round:
        return None
    if any(Recipient.parse(recipient).is_contact for recipient in ready.recipients):
        asked = replied_to(context.plan.steps[step_of(item)])
        post = answering_contact(context, item, asked)
    else:
        asked = item
        has_page = is_asked(context, item) or meeting_of(context.plan, item)  # an answered one has the calendar entry
        post = answering_post(context, item, ready.address, own=own) if has_page else ""
    if not post:
        return None
    return NewLink(hashed, case_id, asked, context.case.items[asked].round, post, ready.number, until.isoformat())
