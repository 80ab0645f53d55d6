"""Which letters may have gone before the machine was lost, and what is known of each: after a restore, one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from reviewflow.case.model.ids import Recipient
from reviewflow.london import london_day, stamp
from reviewflow.service.contacts.marks import mark_of
from reviewflow.service.delivery.claims import LEASE
from reviewflow.service.delivery.letter_versions import named
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import sent
from reviewflow.service.delivery.restoration import Restoration, answers, note_answer, note_settled, unsettled
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice, QueuedNotice, StoredLetter
from reviewflow.text import listing

WHENEVER = "9999-12-31T00:00:00+00:00"
"""A moment after every other, as moments are stored: what waits for another day waits too."""
SWEEP_FIRST = (
    "No sweep has run since the restore, so what fell due meanwhile is not written yet. Run: reviewflow sweep, or wait "
    "a quarter of an hour where reviewflow serve runs. Then settle the rest. Nothing was changed."
)


class Origin(StrEnum):
    """Since when a letter waits, and so whether the lost machine can have sent it."""

    IN_THE_BACKUP = "it waited when the backup was made"
    FELL_DUE = "it fell due between the backup and the restore"
    LATER = "it was written since the restore"


@dataclass(frozen=True, slots=True)
class DoubtfulLetter:
    """A message that waits, and may have been sent before the machine was lost."""

    number: str
    address: str
    subject: str
    written: str
    origin: Origin
    was_tried: bool
    """Whether it was tried before the backup: an older log may tell of that."""
    answer: bool | None
    """Whether it was sent, as was answered; None before that."""
    queued: QueuedNotice


@dataclass
class Settling:
    """What is to be settled after a restore; raises UserError when nothing is."""

    workspace: Workspace
    by: str
    now: datetime

    @cached_property
    def restoration(self) -> Restoration:
        restoration = unsettled(self.workspace)
        if restoration is None:
            raise UserError(
                "There is nothing to settle: this office was not restored from a backup, or all is settled. "
                "Letters go as reviewflow delivery says."
            )
        return restoration

    def letters(self) -> list[DoubtfulLetter]:
        """Every message that waits, the longest waiting first."""
        answered, store = answers(self.workspace, self.restoration), self.workspace.store
        waiting = {queued.digest or queued.id: queued for queued in store.waiting(WHENEVER)}
        written: list[tuple[int | str, str, str, str]] = [
            (n.id, n.number, n.subject, n.created_at) for n in _notices(self.workspace)
        ]
        written += [(d.key, f"digest/{d.key}", d.subject, d.created_at) for d in store.digests()]
        return [
            DoubtfulLetter(
                number,
                self._address(waiting[key]),
                subject,
                at,
                self._origin(at),
                at <= self.restoration.backup and waiting[key].letter is not None,
                answered.get(number),
                waiting[key],
            )
            for key, number, subject, at in sorted(written, key=lambda letter: letter[3])
            if key in waiting
        ]

    def open_letters(self) -> list[DoubtfulLetter]:
        """Those that must be answered before any letter goes."""
        return [letter for letter in self.letters() if letter.origin is not Origin.LATER and letter.answer is None]

    def answer(self, numbers: Collection[str], why: str, *, was_sent: bool) -> None:
        """Keep whether these letters were sent; one that was never goes again. Raises UserError, and keeps nothing."""
        for letter in self._named(numbers):
            if was_sent:
                self._keep_as_sent(letter, why)
            note_answer(self.workspace, letter.number, why, was_sent=was_sent, by=self.by, now=self.now)

    def answer_the_rest(self, why: str, *, was_sent: bool) -> int:
        """The same answer for every letter that must be answered and is not; how many. Raises UserError."""
        if self.restoration.swept is None:
            raise UserError(SWEEP_FIRST)
        rest = [letter.number for letter in self.open_letters()]
        self.answer(rest, why, was_sent=was_sent)
        return len(rest)

    def close(self) -> bool:
        """Let letters go again when a sweep has written what fell due and each was answered; whether they do."""
        if self.restoration.swept is None or self.open_letters():
            return False
        note_settled(self.workspace, by=self.by, now=self.now)
        return True

    def _named(self, numbers: Collection[str]) -> Sequence[DoubtfulLetter]:
        known = {letter.number: letter for letter in self.letters()}
        unknown = [number for number in numbers if number not in known]
        if unknown:
            raise UserError(
                f"No letter that waits is {listing(unknown, last='or')}: it has gone, was withdrawn, or is another. "
                "See which wait: reviewflow settle. Nothing was changed."
            )
        return [known[number] for number in dict.fromkeys(numbers)]

    def _keep_as_sent(self, letter: DoubtfulLetter, why: str) -> None:
        """As a letter of its own, so that one that comes back is known by its number."""
        store, until = self.workspace.store, stamp(self.now + LEASE)
        queued = letter.queued
        notices = store.claim([] if queued.digest else [queued.id], WHENEVER, until)
        digests = store.claim_digests([queued.digest] if queued.digest else [], WHENEVER, until)
        ready = OutgoingLetter(letter.number, letter.address, tuple(notices), self.now, tuple(digests))
        if queued.letter is None:
            # beside the ordinary letter of the day, which the mailbox may still get
            own = StoredLetter(letter.number, letter.address, london_day(self.now).isoformat(), urgent=True)
            ready, dispatch = named(self.workspace, ready, own, ())
            store.enclose([notice.id for notice in notices], digests, own, dispatch)
        detail = f"It was sent before the machine was lost: {why} (settled by {self.by})."
        sent(self.workspace, ready, now=self.now, detail=detail)

    def _origin(self, written: str) -> Origin:
        if written <= self.restoration.backup:
            return Origin.IN_THE_BACKUP
        swept = self.restoration.swept
        return Origin.FELL_DUE if swept is None or written <= swept else Origin.LATER

    def _address(self, queued: QueuedNotice) -> str:
        if Recipient.parse(queued.recipient).is_contact:
            return mark_of(queued.recipient, queued.number)
        return (mailbox(self.workspace.partnership, queued.recipient) or "").lower()


def _notices(workspace: Workspace) -> Iterator[Notice]:
    for status in ("queued", "sending"):
        yield from workspace.store.notices(status=status)


MAIL = "the mail that came in"
"""Who says that a letter was sent which came back or was answered."""


def settle_by_mail(workspace: Workspace, number: str, address: str, why: str, *, now: datetime) -> bool:
    """Settle a letter by mail that came in about it; True when only a person can say whether it is the same letter.

    A number that was given before the backup is of one letter. One that was given since may have been another's.
    """
    if unsettled(workspace) is None:
        return False
    settling = Settling(workspace, MAIL, now)
    about = [
        letter
        for letter in settling.letters()
        if letter.address == address.lower() and f"{number}.".startswith(f"{letter.number}.")
    ]
    certain = [letter.number for letter in about if letter.origin is Origin.IN_THE_BACKUP]
    settling.answer(certain, why, was_sent=True)
    return bool(about) and not certain
