"""How much of a mail is read: anybody may write to the mailbox that mail comes back to."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from imap_tools import MailMessage

LARGEST = 1_000_000
"""Bytes: our letters are text, so what is larger holds somebody's papers."""
MOST_PARTS = 200
"""Parts, at whatever depth: a bounce has three, and what it sends back has a few. Each may lie in the one before."""


class TooMuch(Exception):
    """A mail that is not read: too large, of too many parts, or too deep. No mail server writes such a bounce."""


def parsed(data: bytes) -> Message:
    """The mail; raises TooMuch before anything of one that is beyond the limits is taken apart."""
    if len(data) > LARGEST:
        raise TooMuch(f"{len(data)} bytes; at most {LARGEST} are read")
    parts = data.lower().count(b"content-type")
    if parts > MOST_PARTS:
        raise TooMuch(f"{parts} parts; at most {MOST_PARTS} are read")
    return message_from_bytes(data)


class FetchedMail(MailMessage):
    """A mail as it was fetched, taken apart when somebody asks for that: the library's own does it at once."""

    def __init__(self, fetch_data: list[object]) -> None:
        self._data, self._raw_uid_data, self._raw_flag_data = self._get_message_data_parts(fetch_data)

    def parsed(self) -> Message:
        """The mail; raises TooMuch."""
        return parsed(self._data)
