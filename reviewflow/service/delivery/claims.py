"""What is claimed from the queue, together or one by one: a message that fails is set aside, and no other with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, TypeVar

from reviewflow.london import stamp
from reviewflow.service.trouble.boundary import Boundary, plain
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice, QueuedNotice, StoredDigest
from reviewflow.text import listing

LEASE = timedelta(minutes=10)
"""How long a claim lasts before another sender may try: longer than any mail server is waited for."""
MESSAGE, SENT = "message", "sent"
"""Kinds of trouble: a message that cannot be sent; one whose history does not say what became of it."""
_NAMED = re.compile("[!-~]{1,100}")
"""As the header of a mail takes it."""
Message = TypeVar("Message", Notice, StoredDigest)
Done = TypeVar("Done")


class LetterBoundary(Boundary):
    """Around each message that goes in a letter: one that fails is set aside, and the letter goes without it."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        super().__init__(workspace, "letters", now)

    def message(self, *numbers: str) -> AbstractContextManager[None]:
        """Around what is done with the messages, or digests, of these numbers."""
        return self.inside(MESSAGE, *map(plain, numbers))

    def may_go(self, number: str) -> bool:
        """Whether it is not set aside."""
        return self.may_try(MESSAGE, plain(number))


def named_soundly(queued: QueuedNotice) -> QueuedNotice:
    """It, when a letter may bear its number; raises ValueError for what damage made of it, which no mail can bear."""
    if _NAMED.fullmatch(queued.number):
        return queued
    raise ValueError("the number of a message is not of plain letters and digits")


def take(
    workspace: Workspace, boundary: LetterBoundary, members: Iterable[QueuedNotice], now: datetime
) -> tuple[list[Notice], list[StoredDigest]]:
    """Claim those of these that are still due."""
    until = (stamp(now), stamp(now + LEASE))

    def claim(some: Iterable[QueuedNotice]) -> tuple[list[Notice], list[StoredDigest]]:
        notices, digests = _by_kind(some)
        return workspace.store.claim(notices, *until), workspace.store.claim_digests(digests, *until)

    taken = _together_or_alone(boundary, members, claim)
    return [notice for notices, _ in taken for notice in notices], [digest for _, some in taken for digest in some]


def postpone(
    workspace: Workspace, boundary: LetterBoundary, members: Iterable[QueuedNotice], now: datetime, later: datetime
) -> None:
    def act(some: Iterable[QueuedNotice]) -> bool:
        notices, digests = _by_kind(some)
        workspace.store.postpone(notices, stamp(now), stamp(later))
        workspace.store.postpone_digests(digests, stamp(now), stamp(later))
        return True

    _together_or_alone(boundary, members, act)


def _together_or_alone(
    boundary: LetterBoundary, members: Iterable[QueuedNotice], act: Callable[[Sequence[QueuedNotice]], Done]
) -> list[Done]:
    """Do it with all at once; when that fails with each by itself, so that one bad row sets only itself aside."""
    listed, done = list(members), list[Done]()
    together = boundary.attempt(lambda: act(listed), None)
    if together is not None:
        return [together]
    for member in listed:
        with boundary.message(member.number):
            done.append(act([member]))
    return done


def sound(boundary: LetterBoundary, claimed: Iterable[Message]) -> list[Message]:
    """Those that can be written into a letter; any other, as damage may have left it, stays claimed for a while."""
    whole = []
    for message in claimed:
        with boundary.message(message.number):
            whole.append(_checked(message))
    return whole


def _checked(message: Message) -> Message:
    words = {name: getattr(message, name) for name in ("recipient", "subject", "text", "created_at")}
    wrong = [name for name, value in words.items() if not isinstance(value, str)]
    if wrong:
        raise TypeError(f"{message.number}: {listing(wrong)} is no text")
    if not isinstance(message.tries, int):
        raise TypeError(f"{message.number}: how often it was tried is no number")
    return message


def _by_kind(members: Iterable[QueuedNotice]) -> tuple[list[int], list[str]]:
    """The notices among these, and the digests."""
    queued = list(members)
    return [member.id for member in queued if not member.digest], [member.digest for member in queued if member.digest]


def settle(
    workspace: Workspace,
    boundary: LetterBoundary,
    notices: Sequence[Notice],
    digests: Sequence[StoredDigest],
    status: Literal["sent", "queued"],
    *,
    now: datetime,
    detail: str,
    next_try: str | None = None,
) -> None:
    """Record what became of a letter; of each message by itself when one of them cannot be written."""
    record = partial(workspace.store.record_delivery, now=stamp(now), detail=detail, next_try=next_try)
    if boundary.attempt(lambda: record(notices, status, digests=digests) is not None, otherwise=False):
        return
    for notice in notices:
        with boundary.inside(SENT, plain(notice.number)):
            if not boundary.attempt(lambda one=notice: record([one], status) is not None, otherwise=False):  # type: ignore[misc]
                workspace.store.settle(notice, status, now=stamp(now), detail=detail, next_try=next_try)
    for digest in digests:
        with boundary.inside(SENT, plain(digest.number)):
            record([], status, digests=[digest])
