"""What can become of a notice and of a digest: a real store does all that it can do, in every state there is."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reviewflow.store import CaseRow, Notice, Store, StoredDigest
from reviewflow.store.store import open_store
from tests.store.builders import change, notice, opened

DEEP = 5
"""So many things are done one after another at the most: every state is reached with fewer."""
ABOUT = "triage"
Ways = Mapping[tuple[str, str], frozenset[str]]


@dataclass
class Post:
    """One notice or digest, and what the sender of it has in hand."""

    store: Store
    case: CaseRow
    key: str
    claimed: Any = None
    _hour: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def now(self) -> str:
        """An hour later each time, so that what was put off is due again and a claim has lapsed."""
        hour = next(self._hour)
        return f"2026-03-{3 + hour // 24:02d}T{hour % 24:02d}:00:00+00:00"

    def notice(self) -> Notice:
        [found] = self.store.notices(self.case.reference)
        return found

    def digest(self) -> StoredDigest:
        [found] = [each for each in self.store.digests() if each.key == self.key]
        return found


Doing = Callable[[Post], object]


def _claim(post: Post) -> None:
    now = post.now
    [post.claimed] = post.store.claim([post.notice().id], now, now) or [post.claimed]


def _claim_digest(post: Post) -> None:
    now = post.now
    [post.claimed] = post.store.claim_digests([post.key], now, now) or [post.claimed]


def _fared(status: Any) -> Doing:
    def done(post: Post) -> None:
        now = post.now
        if post.claimed:
            post.store.record_delivery([post.claimed], status, now=now, detail=status, next_try=now)
        post.claimed = None

    return done


def _settled(post: Post) -> None:
    post.case = post.store.append(change(post.case, withdraw=(ABOUT,)))


def _digest_fared(status: str) -> Doing:
    def done(post: Post) -> None:
        later = post.now if status == "queued" else None
        if post.claimed:
            post.store.record_digest_delivery(post.claimed, status, now=post.now, detail=status, next_try=later)
        post.claimed = None

    return done


NOTICE: Mapping[str, Doing] = {
    "a sender claims it": _claim,
    "it is not its time: put off": lambda post: post.store.postpone([post.notice().id], post.now, post.now),
    "a server or service took it over": _fared("sent"),
    "it could not go now: tried again later": _fared("queued"),
    "it can never go: given up": _fared("undeliverable"),
    "a later reminder about it goes instead": _fared("withdrawn"),
    "what it is about was answered, held, moved or is over": _settled,
    "it came back for good": lambda post: post.store.record_bounce(post.notice(), "undeliverable", detail="550"),
    "it is late on its way": lambda post: post.store.record_bounce(post.notice(), "sent", detail="4.4.1"),
    "the service lost it: once more": lambda post: post.store.send_again(post.notice(), now=post.now, detail="lost"),
}
DIGEST: Mapping[str, Doing] = {
    "a sender claims it": _claim_digest,
    "it is not its time: put off": lambda post: post.store.postpone_digests([post.key], post.now, post.now),
    "a server or service took it over": _digest_fared("sent"),
    "it could not go now: tried again later": _digest_fared("queued"),
    "it can never go: given up": _digest_fared("undeliverable"),
    "its period is over: a newer one goes instead": _digest_fared("withdrawn"),
    "it came back for good": lambda post: post.store.record_digest_bounce(post.key, "undeliverable", detail="550"),
    "it is late on its way": lambda post: post.store.record_digest_bounce(post.key, "sent", detail="4.4.1"),
}


@cache
def ways() -> tuple[Ways, Ways]:
    """What is done to notices, and to digests, by the state before and the state after."""
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'post.db'}")
        store.migrate()
        try:
            return _explored(store, NOTICE, Post.notice), _explored(store, DIGEST, Post.digest)
        finally:
            store.close()


def _explored(store: Store, doings: Mapping[str, Doing], look: Callable[[Post], Any]) -> Ways:
    """Every doing in every state, each reached anew by the shortest way to it."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    reached: dict[tuple[str, bool], tuple[str, ...]] = {}
    paths: list[tuple[str, ...]] = [()]
    for path in paths:
        state = _state(_walked(store, doings, path), look)
        if state in reached:
            continue
        assert len(path) < DEEP
        reached[state] = path
        for name in doings:
            post = _walked(store, doings, path)
            before = look(post)
            doings[name](post)
            after = look(post)
            if after != before:
                found[before.status, after.status].add(name)
                paths.append((*path, name))
    return {way: frozenset(names) for way, names in found.items()}


def _state(post: Post, look: Callable[[Post], Any]) -> tuple[str, bool]:
    """How it stands, and whether a sender has it in hand: what is withdrawn meanwhile may yet turn out to be sent."""
    now = look(post)
    return now.status, post.claimed is not None


def _walked(store: Store, doings: Mapping[str, Doing], path: tuple[str, ...]) -> Post:
    case = opened(store, notices=(notice(ABOUT),))
    post = Post(store, case, f"morning/{case.reference}")
    store.put_digest(StoredDigest(post.key, "role:chair", "Today", "Text", created_at="2026-03-02T09:00:00+00:00"))
    for name in path:
        doings[name](post)
    return post
