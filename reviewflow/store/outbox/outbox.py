"""Messages on their way: notices, the letters that bring them together, and digests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reviewflow.store.database import Database
from reviewflow.store.drivers.driver import Row
from reviewflow.store.drivers.steps import Step, Value
from reviewflow.store.errors import Duplicate
from reviewflow.store.prepared import insert
from reviewflow.store.records import Attempt, Digest, Notice, QueuedNotice, StoredLetter


class Outbox(Database):
    """What is to be sent, what is being sent, and what became of it."""

    def waiting(self, now: str) -> list[QueuedNotice]:
        """Every notice and every digest that is due to go, the longest waiting first."""
        digests = self._select("WAITING_DIGESTS", now=now)
        return [
            *(_waiting(row) for row in self._select("WAITING", now=now)),
            *(QueuedNotice(0, f"digest/{key}", to, False, letter, day, key) for key, to, letter, day in digests),  # noqa: FBT003
        ]

    def claim(self, notices: Sequence[int], now: str, lease_until: str) -> list[Notice]:
        """Take those of these notices that are still due; nobody else gets them before the lease ends."""
        if not notices:
            return []
        found = self._select(f"claim_these {len(notices)}", now=now, lease=lease_until, **_numbered(notices))
        return sorted((_notice(row) for row in found), key=lambda each: each.id)

    def put_off(self, notices: Sequence[int], now: str, later: str) -> None:
        """They go at another time; that is no failure."""
        if notices:
            self._commit(self._step(f"put_off {len(notices)}", now=now, later=later, **_numbered(notices)))

    def enclose(self, notices: Sequence[int], digests: Sequence[Digest], letter: StoredLetter) -> bool:
        """Put what was claimed into one letter. False when its mailbox has an ordinary letter of that day already."""
        dialect = self.driver.dialect
        row = (letter.number, letter.address, letter.day, int(letter.urgent), "\n".join(letter.besides))
        try:
            self._commit(
                insert(dialect, "letters", [row]),
                *([insert(dialect, "enclosures", [(notice, letter.number) for notice in notices])] if notices else []),
                *(self._step("ENCLOSE_DIGEST", digest=d.key, claim=d.tries, into=letter.number) for d in digests),
            )
        except Duplicate:
            return False
        return True

    def letter_of(self, day: str, address: str) -> str | None:
        """The number of the ordinary letter that this mailbox has of this day."""
        found = self._select("LETTER_OF", day=day, address=address)
        return str(found[0][0]) if found else None

    def besides(self, letter: str, day: str) -> tuple[str, ...] | None:
        """What a letter of that day said is owed besides; None when it was never put together."""
        found = self._select("BESIDES", letter=letter, day=day)
        return tuple((found[0][0] or "").splitlines()) if found else None

    def wanted(self, notice: Notice) -> bool:
        """Whether it is still to be sent: nobody has answered what it is about."""
        return self._select("STATUS_OF", id=notice.id) != [("withdrawn",)]

    def first_try(self, letter: str) -> str | None:
        """When this letter was first tried; None before that."""
        [(first,)] = self._select("FIRST_TRY", letter=letter)
        return first if first is None else str(first)

    def settle(
        self,
        notices: Sequence[Notice],
        status: Literal["sent", "queued", "undeliverable", "withdrawn"],
        *,
        now: str,
        detail: str,
        next_try: str | None = None,
        digests: Sequence[Digest] = (),
    ) -> bool:
        """Record how claimed notices fared, and the digests that went with them.

        Where the claim had passed to somebody else nothing changes.

        False when that was so for the last of them.
        """
        later, sent = (next_try or now if status == "queued" else None), (now if status == "sent" else None)
        steps = [self._settled(digest, status, detail, later) for digest in digests]
        for notice in notices:
            claim: dict[str, Value] = {"notice": notice.id, "claim": notice.tries, "outcome": status, "why": detail}
            steps.append(self._step("LOG_ATTEMPT", now=now, **claim))
            steps.append(self._step("SETTLE", later=later, sent=sent, **claim))
        return self._commit(*steps)

    def of_letter(self, number: str, address: str) -> list[Notice]:
        """What went, or is going, to this mailbox in the letter of that number."""
        return [_notice(row) for row in self._select("OF_LETTER", letter=number, to=address)]

    def come_back(self, notice: Notice, status: Literal["sent", "undeliverable"], *, detail: str) -> None:
        """A notice that was sent has not arrived, or is late on its way; of any other nothing changes."""
        self._commit(self._step("COME_BACK", notice=notice.id, outcome=status, why=detail))

    def send_again(self, notice: Notice, *, now: str, detail: str) -> None:
        """A notice that was sent is to go once more; of any other nothing changes."""
        self._commit(self._step("SEND_AGAIN", notice=notice.id, now=now, why=detail))

    def attempts(self, notice: int) -> list[Attempt]:
        return [Attempt(*row) for row in self._select("ATTEMPT_ROWS", notice=notice)]

    def notices(self, reference: str | None = None, status: str | None = None) -> list[Notice]:
        rows = self._matching("NOTICE_ROWS", ("cases.reference", reference), ("notices.status", status))
        return [_notice(row) for row in rows]

    def put_digest(self, digest: Digest) -> None:
        """Keep a summary to be sent; of one that is kept already, nothing changes."""
        row = (digest.key, digest.recipient, digest.subject, digest.text, "queued", 0)
        self._commit(insert(self.driver.dialect, "digests", [(*row, digest.created_at, digest.created_at, "", None)]))

    def claim_digests(self, keys: Sequence[str], now: str, lease_until: str) -> list[Digest]:
        """Take those of these summaries that are still due; nobody else gets them before the lease ends."""
        found = self._select(f"claim_digests {len(keys)}", now=now, lease=lease_until, **_keyed(keys)) if keys else []
        return sorted((Digest(*row) for row in found), key=lambda each: each.key)

    def put_off_digests(self, keys: Sequence[str], now: str, later: str) -> None:
        """They go at another time; that is no failure."""
        if keys:
            self._commit(self._step(f"put_off_digests {len(keys)}", now=now, later=later, **_keyed(keys)))

    def settle_digest(self, digest: Digest, status: str, *, detail: str, next_try: str | None = None) -> None:
        """Record how a claimed summary fared, unless its claim has passed to somebody else."""
        self._commit(self._settled(digest, status, detail, next_try))

    def digest_comes_back(self, key: str, status: str, *, detail: str) -> None:
        """As `come_back`, for a summary."""
        self._commit(self._step("DIGEST_COMES_BACK", digest=key, outcome=status, why=detail))

    def digests(self) -> list[Digest]:
        return [Digest(*row) for row in self._select("DIGEST_ROWS")]

    def _settled(self, digest: Digest, status: str, detail: str, later: str | None) -> Step:
        claim: dict[str, Value] = {"digest": digest.key, "claim": digest.tries, "outcome": status, "why": detail}
        return self._step("SETTLE_DIGEST", later=later, **claim)


def _notice(row: Row) -> Notice:
    reference, number, event, place, item, recipient, message, subject, text, urgent, *rest = row
    name = f"{reference}/{event}.{place}"
    return Notice(number, name, reference, item, recipient, message, subject, text, bool(urgent), *rest)


def _waiting(row: Row) -> QueuedNotice:
    notice, reference, event, place, recipient, urgent, letter, day = row
    return QueuedNotice(notice, f"{reference}/{event}.{place}", recipient, bool(urgent), letter, day)


def _keyed(digests: Sequence[str]) -> dict[str, Value]:
    return {f"digest_{place}": key for place, key in enumerate(digests)}


def _numbered(notices: Sequence[int]) -> dict[str, Value]:
    return {f"notice_{place}": notice for place, notice in enumerate(notices)}
