"""Letters to the contacts of cases: each waits until a named person releases or refuses it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import Recipient, role_recipient, step_of
from reviewflow.language.definition import Definition
from reviewflow.service.commands.carry_out import Decided, decide, store_decided
from reviewflow.service.messages.answer_places import filled
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import item_words
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import TO_RELEASE, CaseRow, Notice
from reviewflow.text import listing

PAGE_WORDS = "(here stands the address of a page for just this, made as the letter leaves)"


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A letter to a contact that nobody has released yet."""

    number: str
    reference: str
    to: str
    """The title of the contact; never who that is."""
    about: str
    released_by: str
    """Who alone may release or refuse it, for people; '' where anybody may."""
    since: str
    subject: str
    text: str


def waiting_letters(workspace: Workspace) -> list[WaitingLetter]:
    """Every letter that waits to be released, the longest waiting first."""
    return [_letter(workspace, notice) for notice in workspace.store.notices(status=TO_RELEASE)]


def waiting_letter(workspace: Workspace, number: str) -> WaitingLetter:
    """One letter that waits; raises UserError when none of that number does."""
    return _letter(workspace, _waiting(workspace, number))


def _letter(workspace: Workspace, notice: Notice) -> WaitingLetter:
    row = workspace.store.load(notice.reference)
    assert row is not None
    definition, name = workspace.plan(row.definition).definition, Recipient.parse(notice.recipient).name
    contact = (definition.process.contacts or {}).get(name)
    about = item_words(definition, notice.item, {}, lambda other: other)
    to = contact.title if contact else name
    text, by = filled(notice.text, lambda _: PAGE_WORDS), _who_may(workspace, definition, notice.item)
    return WaitingLetter(notice.number, notice.reference, to, about, by, notice.created_at, notice.subject, text)


def _who_may(workspace: Workspace, definition: Definition, item: str) -> str:
    """'Head of Legal (head_of_legal)'."""
    step = definition.process.steps.get(step_of(item))
    roles = (step.released_by or ()) if step else ()
    titles = (f"{recipient_title(workspace.partnership, role_recipient(role))} ({role})" for role in roles)
    return listing(titles, last="or", none="")


def release(workspace: Workspace, number: str, *, by: str, now: datetime, by_role: str = "") -> None:
    """Let a letter go with the next that leave; raises UserError or Refused when it cannot."""
    notice = _waiting(workspace, number)
    _decide(workspace, notice, c.ReleaseLetter(notice.item, by_role), by=by, now=now)


def refuse(workspace: Workspace, number: str, reason: str, *, by: str, now: datetime, by_role: str = "") -> None:
    """Withdraw a letter, and go on without it; raises UserError or Refused."""
    notice = _waiting(workspace, number)
    _decide(workspace, notice, c.RefuseLetter(notice.item, reason, by_role), by=by, now=now)


def _decide(
    workspace: Workspace, notice: Notice, command: c.ReleaseLetter | c.RefuseLetter, *, by: str, now: datetime
) -> None:
    if not by.strip():
        raise UserError("Who decides it? Give a name and post: --by NAME. The letter still waits.")

    def decided(row: CaseRow) -> Decided:
        result, change = decide(workspace, row, command, by=by, now=now)
        goes = notice.id if isinstance(command, c.ReleaseLetter) else None
        return result, change and replace(change, release=goes)

    store_decided(workspace, notice.reference, decided, key=None)


def _waiting(workspace: Workspace, number: str) -> Notice:
    waiting = {notice.number: notice for notice in workspace.store.notices(status=TO_RELEASE)}
    if number not in waiting:
        raise UserError(f'No letter "{number}" waits to be released. Waiting: {listing(waiting, none="none")}.')
    return waiting[number]


def waiting_words(workspace: Workspace) -> list[str]:
    """A sentence that letters wait to be released; none when none does."""
    number = len(workspace.store.notices(status=TO_RELEASE))
    if not number:
        return []
    letters = "1 letter to a contact of a case waits" if number == 1 else f"{number} letters to contacts of cases wait"
    return [f"{letters} to be released. See which: reviewflow letters waiting"]
