"""Messages on their way: notices, the letters that bring them together, and digests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from reviewflow.store.database import Database
from reviewflow.store.drivers.driver import Row
from reviewflow.store.drivers.steps import Step, Value
from reviewflow.store.errors import Duplicate
from reviewflow.store.prepared import insert
from reviewflow.store.records import Attempt, Dispatch, Notice, QueuedNotice, SentMessage, StoredDigest, StoredLetter
from reviewflow.store.records.message_references import NoticeNumber


class Outbox(Database):
    """What is to be sent, what is being sent, and what became of it."""

    def waiting(self, now: str) -> list[QueuedNotice]:
        """Every notice and every digest that is due to be sent, without their words, the longest waiting first."""
        digests = self._select("WAITING_DIGESTS", now=now)
        return [
            *(_waiting(row) for row in self._select("WAITING", now=now)),
            *(QueuedNotice(0, f"digest/{key}", to, False, letter, day, key) for key, to, letter, day in digests),  # noqa: FBT003
        ]

    def claim(self, notices: Sequence[int], now: str, lease_until: str) -> list[Notice]:
        """Claim those of these notices that are still due: nobody else gets them before `lease_until`."""
        if not notices:
            return []
        rows = self._select(f"claim_these {len(notices)}", now=now, lease=lease_until, **_numbered(notices))
        return sorted((_notice(row) for row in rows), key=lambda notice: notice.id)

    def postpone(self, notices: Sequence[int], now: str, later: str) -> None:
        """Leave them to be sent at `later`; that is no failure."""
        if notices:
            self._commit(self._step(f"postpone {len(notices)}", now=now, later=later, **_numbered(notices)))

    def enclose(
        self,
        notices: Sequence[int],
        digests: Sequence[StoredDigest],
        letter: StoredLetter,
        text: Dispatch | None = None,
    ) -> bool:
        """Put claimed notices and digests into a letter, with its `text` when that is a new one.

        False when its mailbox has an ordinary letter of that day.
        """
        dialect = self.driver.dialect
        row = (letter.number, letter.address, letter.day, int(letter.urgent), "\n".join(letter.also_due))
        try:
            self._commit(
                insert(dialect, "letters", [row]),
                *([insert(dialect, "enclosures", [(notice, letter.number) for notice in notices])] if notices else []),
                *([] if text is None else [insert(dialect, "dispatches", [_dispatched(text)])]),
                *(self._step("ENCLOSE_DIGEST", digest=d.key, claim=d.tries, into=letter.number) for d in digests),
            )
        except Duplicate:
            return False
        return True

    def last_dispatch(self, letter: str) -> Dispatch | None:
        """The last text that a letter went out with; one without hashes for a letter from before they were kept."""
        rows = self._select("LAST_DISPATCH", letter=letter)
        if not rows or rows[0][1] is not None:
            return _dispatch(*rows[0]) if rows else None
        return Dispatch(letter, 1)

    def dispatches(self) -> list[Dispatch]:
        """Every text that went out, in their order."""
        return [_dispatch(*row) for row in self._select("DISPATCH_ROWS")]

    def letters(self) -> list[StoredLetter]:
        """Every letter, by number."""
        return [
            StoredLetter(number, address, day, bool(urgent), tuple((besides or "").splitlines()))
            for number, address, day, urgent, besides in self._select("LETTER_ROWS")
        ]

    def digest_attempts(self, digest: str) -> list[Attempt]:
        """Every try to send a digest, in order."""
        return [Attempt(*row) for row in self._select("DIGEST_ATTEMPT_ROWS", digest=digest)]

    def letter_of(self, reference: str) -> str:
        """The number of the letter that had this reference; the reference itself where none did."""
        rows = self._select("LETTER_OF", reference=reference)
        return str(rows[0][0]) if rows else reference

    def ordinary_letter(self, day: str, address: str) -> str | None:
        """The number of the ordinary letter that this mailbox has of this day; None when it has none."""
        rows = self._select("ORDINARY_LETTER", day=day, address=address)
        return str(rows[0][0]) if rows else None

    def also_due_in(self, letter: str, day: str) -> tuple[str, ...] | None:
        """The lines in which a letter of that day said what else is owed; None when it was never put together."""
        rows = self._select("ALSO_DUE_IN", letter=letter, day=day)
        return tuple((rows[0][0] or "").splitlines()) if rows else None

    def is_to_send(self, notice: Notice) -> bool:
        """Whether a notice is still to be sent, and was not withdrawn."""
        return self._select("STATUS_OF", id=notice.id) != [("withdrawn",)]

    def first_try(self, letter: str) -> str | None:
        """When this letter was first tried; None before that."""
        [(first,)] = self._select("FIRST_TRY", letter=letter)
        return first if first is None else str(first)

    def record_delivery(
        self,
        notices: Sequence[Notice],
        status: Literal["sent", "queued", "undeliverable", "withdrawn"],
        *,
        now: str,
        detail: str,
        next_try: str | None = None,
        digests: Sequence[StoredDigest] = (),
    ) -> bool:
        """Record what became of claimed notices, and of the digests in the same letter, with the try that it was.

        Nothing changes for one whose claim has passed to somebody else; False when that was so for the last notice.
        """
        later, sent = (next_try or now if status == "queued" else None), (now if status == "sent" else None)
        in_order = sorted(digests, key=lambda digest: digest.key)  # in one order, against deadlock
        steps = [step for digest in in_order for step in self._digest_delivery(digest, status, detail, now, later)]
        for notice in sorted(notices, key=lambda notice: notice.id):
            claim: dict[str, Value] = {"notice": notice.id, "claim": notice.tries, "outcome": status, "why": detail}
            words: dict[str, Value] = {"subject": notice.subject, "text": notice.text}
            steps.append(self._step("LOG_ATTEMPT", now=now, **claim, **words))
            steps.append(self._step("RECORD_DELIVERY", later=later, sent=sent, **claim))
        return self._commit(*steps)

    def settle(self, notice: Notice, status: str, *, now: str, detail: str, next_try: str | None) -> None:
        """As `record_delivery` without the try, where that cannot be written: what went must not go again."""
        later, sent = (next_try or now if status == "queued" else None), (now if status == "sent" else None)
        claim: dict[str, Value] = {"notice": notice.id, "claim": notice.tries, "outcome": status, "why": detail}
        self._commit(self._step("RECORD_DELIVERY", later=later, sent=sent, **claim))

    def waits_since(self, before: str) -> list[tuple[str, str]]:
        """References and items of what was written at that moment or before and is still queued, oldest first."""
        return [
            (str(reference), str(item)) for _, reference, item in sorted(self._select("WAITS_SINCE", before=before))
        ]

    def notices_in_letter(self, number: str, address: str) -> list[Notice]:
        """The notices of a letter to this address, sent or being sent."""
        return [_notice(row) for row in self._select("NOTICES_IN_LETTER", letter=number, to=address)]

    def record_bounce(self, notice: Notice, status: Literal["sent", "undeliverable"], *, detail: str) -> None:
        """A notice that was sent has not arrived, or is late; nothing changes for any other."""
        self._commit(self._step("RECORD_BOUNCE", notice=notice.id, outcome=status, why=detail))

    def send_again(self, notice: Notice, *, now: str, detail: str) -> None:
        """Queue a notice that was sent once more; nothing changes for any other."""
        self._commit(self._step("SEND_AGAIN", notice=notice.id, now=now, why=detail))

    def attempts(self, notice: int) -> list[Attempt]:
        """Every try to send a notice, in order."""
        return [Attempt(*row) for row in self._select("ATTEMPT_ROWS", notice=notice)]

    def notices(self, reference: str | None = None, status: str | None = None) -> list[Notice]:
        """Notices in the order of their ids; of one case, of one status, or all."""
        rows = self._matching("NOTICE_ROWS", ("cases.reference", reference), ("notices.status", status))
        return [_notice(row) for row in rows]

    def messages(self, reference: str | None = None, *, since: str = "") -> list[SentMessage]:
        """Notices without their words, in the order of their ids: of one case or all, those written since a moment."""
        narrowed = " cases.reference" if reference is not None else ""
        named = {"reference": reference} if reference is not None else {}
        rows = self._select(f"MESSAGE_ROWS{narrowed}", since=since, **named)
        return [_sent(row) for row in rows]

    def messages_of(self, references: Collection[str]) -> dict[str, list[SentMessage]]:
        """By reference what `messages` says of these cases; nothing of one of which nothing was written."""
        messages: dict[str, list[SentMessage]] = {}
        for row in self._of_these("messages_of", references, since=""):
            messages.setdefault(row[0], []).append(_sent(row))
        return messages

    def put_digest(self, digest: StoredDigest) -> None:
        """Queue a digest; nothing changes for one that is there already."""
        row = (digest.key, digest.recipient, digest.subject, digest.text, "queued", 0)
        self._commit(insert(self.driver.dialect, "digests", [(*row, digest.created_at, digest.created_at, "", None)]))

    def claim_digests(self, keys: Sequence[str], now: str, lease_until: str) -> list[StoredDigest]:
        """Claim those of these digests that are still due: nobody else gets them before `lease_until`."""
        rows = self._select(f"claim_digests {len(keys)}", now=now, lease=lease_until, **_keyed(keys)) if keys else []
        return sorted((StoredDigest(*row) for row in rows), key=lambda digest: digest.key)

    def postpone_digests(self, keys: Sequence[str], now: str, later: str) -> None:
        """Leave them to be sent at `later`; that is no failure."""
        if keys:
            self._commit(self._step(f"postpone_digests {len(keys)}", now=now, later=later, **_keyed(keys)))

    def record_digest_delivery(
        self, digest: StoredDigest, status: str, *, now: str, detail: str, next_try: str | None = None
    ) -> None:
        """Record what became of a claimed digest, unless its claim has passed to somebody else."""
        self._commit(*self._digest_delivery(digest, status, detail, now, next_try))

    def record_digest_bounce(self, key: str, status: str, *, detail: str) -> None:
        """As `record_bounce`, for a digest."""
        self._commit(self._step("RECORD_DIGEST_BOUNCE", digest=key, outcome=status, why=detail))

    def digests(self, status: str | None = None) -> list[StoredDigest]:
        """Digests, the oldest first; of one status, or all."""
        return [StoredDigest(*row) for row in self._matching("DIGEST_ROWS", ("digests.status", status))]

    def digest_keys(self) -> set[str]:
        """The key of every digest that was ever written."""
        return {key for (key,) in self._select("DIGEST_KEYS")}

    def _digest_delivery(
        self, digest: StoredDigest, status: str, detail: str, now: str, later: str | None
    ) -> tuple[Step, Step]:
        claim: dict[str, Value] = {"digest": digest.key, "claim": digest.tries, "outcome": status, "why": detail}
        logged = self._step("LOG_DIGEST_ATTEMPT", now=now, **claim)
        return logged, self._step("RECORD_DIGEST_DELIVERY", later=later, **claim)


def _notice(row: Row) -> Notice:
    reference, number, event, place, item, recipient, message, subject, text, urgent, *rest = row
    name = str(NoticeNumber(reference, event, place))
    return Notice(number, name, reference, item, recipient, message, subject, text, bool(urgent), *rest)


def _dispatched(text: Dispatch) -> tuple[Value, ...]:
    lists = ("\n".join(text.replaces), "\n".join(text.holds))
    head = (text.reference, text.letter, text.version, text.day, int(text.urgent))
    return (*head, *lists, text.salt, text.envelope, text.said)


def _dispatch(letter: str, version: int, day: str, urgent: int, replaces: str, holds: str, *rest: str) -> Dispatch:
    return Dispatch(letter, version, day, bool(urgent), tuple(replaces.split()), tuple(holds.splitlines()), *rest)


def _waiting(row: Row) -> QueuedNotice:
    notice, reference, event, place, recipient, urgent, letter, day = row
    return QueuedNotice(notice, str(NoticeNumber(reference, event, place)), recipient, bool(urgent), letter, day)


def _keyed(digests: Sequence[str]) -> dict[str, Value]:
    return {f"digest_{place}": key for place, key in enumerate(digests)}


def _numbered(notices: Sequence[int]) -> dict[str, Value]:
    return {f"notice_{place}": notice for place, notice in enumerate(notices)}


def _sent(row: Row) -> SentMessage:
    reference, event, place, item, recipient, message, urgent, *became = row
    number = str(NoticeNumber(reference, event, place))
    return SentMessage(number, reference, item, recipient, message, bool(urgent), *became)
