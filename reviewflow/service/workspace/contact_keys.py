"""Who a contact of a case is, encrypted with the office's key: sealed here, and opened where a letter leaves.

The key stands beside the database, not in it: whoever has a copy of one alone reads nobody's name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.files import NotRead, bytes_of
from reviewflow.service.workspace.errors import UserError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY, KEY_FILE = "REVIEWFLOW_CONTACTS_KEY", "REVIEWFLOW_CONTACTS_KEY_FILE"
MOST = 100_000
"""Bytes of the file with the keys; a key has 44."""
_MAKE_ONE = f"Make one with: reviewflow contacts new-key. Keep it in a file, and name that in {KEY_FILE}."


class ContactSealed(UserError):
    """Who a contact is cannot be read or kept here: there is no key, or another one."""


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """Who a contact of a case is. Never shown, logged or stored as it stands."""

    mailbox: str = field(repr=False)
    addressed: str = field(repr=False)

    def hidden_in(self, text: str) -> str:
        """The text without the mailbox and the name, such as what a mail server answered."""
        for part in (self.mailbox, self.addressed):
            text = re.sub(re.escape(part), "(the contact)", text, flags=re.IGNORECASE)
        return text


def new_key() -> str:
    """A new key, as text."""
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


def contact_keys(environ: Mapping[str, str]) -> str:
    """The office's keys as text, the newest first; '' when it has none. Raises ContactSealed for an unreadable file."""
    written, path = environ.get(KEY, "").strip(), environ.get(KEY_FILE, "").strip()
    if written or not path:
        return written
    try:
        return bytes_of(Path(path), MOST).decode().strip()
    except (NotRead, UnicodeDecodeError) as error:
        raise ContactSealed(f"The file that {KEY_FILE} names cannot be read, or holds something else.") from error


def must_be_a_key(keys: str) -> None:
    """Raises ContactSealed unless something can be encrypted with these keys."""
    _box(keys)


def seal(keys: str, reference: str, contact: str, person: ContactPerson) -> str:
    """Who a contact is, encrypted with the newest key for this case alone; raises ContactSealed without a key."""
    content = {"of": [reference, contact], "mailbox": person.mailbox, "addressed": person.addressed}
    return _box(keys).encrypt(json.dumps(content).encode()).decode()


def open_sealed(keys: str, reference: str, contact: str, sealed: str) -> ContactPerson:
    """Who a contact is; raises ContactSealed without the right key, or for what was sealed for another case."""
    from cryptography.fernet import InvalidToken

    try:
        content = json.loads(_box(keys).decrypt(sealed.encode()))
    except InvalidToken:
        content = {}
    if content.get("of") != [reference, contact]:
        raise ContactSealed(
            f'Who "{contact}" is in {reference} was not encrypted with a key that is set here. Add the older key to '
            f"{KEY} or its file, after the newest, one a line."
        )
    return ContactPerson(content["mailbox"], content["addressed"])


def _box(keys: str) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet

    if not keys:
        raise ContactSealed(f"There is no key to encrypt contacts with. {_MAKE_ONE}")
    try:
        return MultiFernet([Fernet(key) for key in re.split(r"[\s,]+", keys)])
    except ValueError:
        raise ContactSealed(f"What {KEY} or its file holds is not a key. {_MAKE_ONE}") from None
