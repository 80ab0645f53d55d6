"""What stands for the mailbox of a contact wherever letters are kept: never an address that mail could reach."""

from __future__ import annotations

import re

from reviewflow.case.model.ids import Recipient

_LONGEST = 40


def mark_of(recipient: str, number: str) -> str:
    """'contact.family@rr-2026-001.14.1.invalid' for the letter RR-2026-001/14.1 to contact:family.

    One a letter, so that each is released and sent by itself. `.invalid` is nobody's (RFC 2606), so that a mark which
    was taken for a mailbox by mistake reaches nobody.
    """
    name = Recipient.parse(recipient).name[:_LONGEST]
    return f"contact.{name}@{re.sub(r'[^A-Za-z0-9-]+', '.', number)}.invalid".lower()
