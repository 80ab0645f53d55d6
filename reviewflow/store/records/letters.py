"""Notices, letters and digests, the tries to send them, and the addresses at which they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one recipient, as it stands. `tries` is the claim: only its last claimant records a delivery."""

    id: int
    number: str  # stable and unique: 'RR-2026-001/14.1', the first notice of the command whose first event is 14
    reference: str
    item: str
    recipient: str
    message: str
    subject: str
    text: str
    urgent: bool
    status: str  # to release | queued | sending | sent | undeliverable | withdrawn
    tries: int
    created_at: str
    next_try: str | None  # while sending: when the claim lapses
    sent_at: str | None
    detail: str
    letter: str | None = None  # the letter that it goes in, once it was on its way
    counted_from: str | None = None  # the moment from which its words count days, where they were written anew


class SentMessage(NamedTuple):
    """A notice without its words: what it was about, to whom, and what became of it. A letter reads very many."""

    number: str
    """As a notice has it, 'RR-2026-001/9.1': the event that promised it, and its place among those of that."""
    reference: str
    item: str
    recipient: str
    message: str  # template name
    urgent: bool
    status: str
    created_at: str
    next_try: str | None
    sent_at: str | None


@dataclass(frozen=True, slots=True)
class QueuedNotice:
    """A notice or digest that is due, without its words. `letter` and `day` are of the letter it was last in."""

    id: int  # of a notice; 0 for a digest
    number: str
    recipient: str
    urgent: bool
    letter: str | None
    day: str | None
    digest: str = ""  # its key, when it is one


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """What brings notices together for one mailbox on one day."""

    number: str  # that of the first notice that it brought together
    address: str
    day: str
    urgent: bool  # goes beside the one ordinary letter of its day
    also_due: tuple[str, ...] = ()  # what else its mailbox owes, a line each


@dataclass(frozen=True, slots=True)
class NewLink:
    """An address in a letter at which its mailbox answers one item: what it opens."""

    hash: str  # of the address, with the office's key
    case_id: int
    item: str
    round: int
    recipient: str  # the post that answers by it
    letter: str  # the number of the letter
    until: str  # the last day on which it opens


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """An address as it is found again."""

    reference: str
    item: str
    round: int
    recipient: str
    address: str  # the mailbox that has it
    letter: str
    until: str
    withdrawn: str | None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One text of a letter, as it was put into the hands of the mail. Without a salt its hashes say nothing."""

    letter: str  # its number
    version: int  # 1 for its first text
    day: str = ""
    urgent: bool = False
    replaces: tuple[str, ...] = ()  # references of what its readers may have had before
    holds: tuple[str, ...] = ()  # ids of its notices, keys of its digests
    salt: str | None = None
    envelope: str = ""  # of its address and what else is owed
    said: str = ""  # of its subject and text

    @property
    def reference(self) -> str:
        """What stands on it: the letter's number, for a later text with another number behind: RR-2026-001/14.1.2."""
        return self.letter if self.version == 1 else f"{self.letter}.{self.version}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send a notice."""

    number: int
    at: str
    outcome: str  # as the status of a notice: sent | queued (tried again later) | undeliverable
    detail: str
    subject: str | None = None  # as it was tried, where other words were first written
    text: str | None = None


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """A summary for one post and one period: written once, sent as it was written, in a letter to its mailbox."""

    key: str  # 'morning/business_support/2026-05-12'
    recipient: str
    subject: str
    text: str
    status: str = "queued"  # queued | sending | sent | undeliverable | withdrawn
    tries: int = 0
    created_at: str = ""
    next_try: str | None = None
    detail: str = ""
    letter: str | None = None  # the letter that it goes in, once it was on its way

    @property
    def number(self) -> str:
        """As that of a notice."""
        return f"digest/{self.key}"
