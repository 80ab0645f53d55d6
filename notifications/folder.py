"""Letters as files: what test mode writes in place of sending, for people and mail programs to open."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from notifications.delivery import Delivery
from notifications.letters.letter import REFERENCE, Letter, boundary_of, message_id
from notifications.letters.page import as_page

_NUMBER = re.compile(r"[A-Z0-9-]+/[0-9]+(?:\.[0-9]+)*")
_LONGEST_NAME = 60
_QP = "quoted-printable"
_LONGEST_LINE = 998  # RFC 5322: what a mail may carry as it stands
_UNFOLDED = SMTP.clone(max_line_length=_LONGEST_LINE)
"""A subject of some 75 letters would be folded before its first word, which some programs show as a space."""


def write(letter: Letter, delivery: Delivery, *, now: datetime) -> Path:
    """Write the letter whole or not at all; writing it again replaces the file."""
    delivery.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = delivery.folder / f"{name_of(letter.reference)}.eml"
    content = content_of(letter, delivery, now)
    handle, temporary = tempfile.mkstemp(dir=delivery.folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def name_of(reference: str) -> str:
    """A name that every file system takes: 'RR-2026-001/14.1' is RR-2026-001_14.1, and no two share one."""
    if _NUMBER.fullmatch(reference) and len(reference) <= _LONGEST_NAME:
        return reference.replace("/", "_")
    readable = re.sub(r"[^A-Za-z0-9]+", "-", reference)[:_LONGEST_NAME].strip("-")
    return f"{readable}~{hashlib.sha256(reference.encode()).hexdigest()[:16]}"


def content_of(letter: Letter, delivery: Delivery, now: datetime) -> bytes:
    """The letter as a mail: of its arguments alone."""
    message = _message(letter, delivery, now)
    return message.as_bytes(policy=_UNFOLDED if all(value.isascii() for value in message.values()) else SMTP)


def _message(letter: Letter, delivery: Delivery, now: datetime) -> EmailMessage:
    message = EmailMessage()
    domain = delivery.sender_address.rpartition("@")[2]
    message["From"] = Address(delivery.sender_name, addr_spec=delivery.sender_address)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject.strip()
    message["Date"] = now
    message["Message-ID"] = message_id(letter.reference, domain, letter.to, letter.subject, letter.body)
    message[REFERENCE] = letter.reference
    message["Auto-Submitted"] = "auto-generated"
    longest = max(len(line.encode()) for line in letter.body.split("\n"))
    message.set_content(letter.body, cte="8bit" if longest <= _LONGEST_LINE else _QP)
    message.add_alternative(as_page(letter, delivery.sender_name, delivery.pages), subtype="html", cte=_QP)
    message.set_boundary(boundary_of(message["Message-ID"]))
    return message
