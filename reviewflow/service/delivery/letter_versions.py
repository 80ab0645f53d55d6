"""What stands on a letter to know it by: one text for ever.

A try that failed may have arrived all the same. When the text is another at the next try, because something was
answered or is added, the letter has another reference, and says which ones it replaces.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import replace

from reviewflow.case.model.ids import Recipient
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Dispatch, StoredLetter


def named(
    workspace: Workspace, ready: OutgoingLetter, letter: StoredLetter, before: Iterable[str]
) -> tuple[OutgoingLetter, Dispatch | None]:
    """The letter with its reference, and what is to be kept of that; None when it goes as it went before.

    `before` are the numbers of the letters that its messages were in when they were tried last.
    """
    last = workspace.store.last_dispatch(ready.number)
    content = _content(workspace, ready)
    if last is not None and _went_so(last, letter, content):
        return replace(ready, reference=last.reference, replaces=last.replaces), None
    replaced = tuple(dict.fromkeys(_tried(workspace, {*before, ready.number})))
    salt = secrets.token_hex(16)
    dispatch = Dispatch(
        letter=ready.number,
        version=last.version + 1 if last else 1,
        day=letter.day,
        urgent=letter.urgent,
        replaces=replaced,
        holds=tuple([str(notice.id) for notice in ready.notices] + [digest.key for digest in ready.digests]),
        salt=salt,
        envelope=with_salt(salt, [letter.address, *letter.also_due]),
        said=with_salt(salt, content),
    )
    return replace(ready, reference=dispatch.reference, replaces=replaced), dispatch


def _went_so(last: Dispatch, letter: StoredLetter, content: Iterable[str]) -> bool:
    """Whether it was tried as this letter of this day before."""
    same_letter = (last.day, last.urgent) == (letter.day, letter.urgent)
    return same_letter and last.salt is not None and last.said == with_salt(last.salt, content)


def with_salt(salt: str, content: Iterable[str]) -> str:
    """HMAC-SHA256 of some texts, in hex: it says nothing about them once the salt is gone."""
    body = json.dumps(list(content), ensure_ascii=False)
    return hmac.digest(bytes.fromhex(salt), body.encode(), "sha256").hex()


def _content(workspace: Workspace, ready: OutgoingLetter) -> list[str]:
    """All that makes its text: for a contact of a case, also who that is by now."""
    persons = (
        workspace.store.sealed_contact(notice.reference, Recipient.parse(notice.recipient).name) or ""
        for notice in ready.notices
        if Recipient.parse(notice.recipient).is_contact
    )
    return [ready.address, *compose(workspace.partnership, ready), *persons]


def _tried(workspace: Workspace, letters: Iterable[str]) -> Iterable[str]:
    for number in sorted(letters):
        last = workspace.store.last_dispatch(number)
        if last is not None:
            yield last.reference
