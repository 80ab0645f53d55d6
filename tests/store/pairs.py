"""Two that write the same rows at once, every way of writing with every other: nobody sees an error, nothing is lost.

`python -m tests.store.pairs [--rounds N] [--seed N]` does it for longer on a PostgreSQL of its own, and says how often
the server had to roll one back because two waited for each other. `test_pairs.py` does a few rounds on both databases.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from threading import Barrier
from typing import Any

from reviewflow.store import AlreadyRecorded, CaseConflict, Change, Store, open_store, verify_chain
from reviewflow.store.records import CaseRow, LogEntry, NewLink, StoredDigest, StoredLetter, Sweep, Trouble
from tests.benchmarks.databases import Kind, fresh, place
from tests.store.builders import AT, LATER, change, item, notice, opened

CASES, NOTICES = 4, 5
MANY = 30
"""Notices that somebody takes at once, as a letter to the office holds them."""
ITEMS = ("triage", "meeting", "report")


@dataclass
class Writer:
    """One of the two, with what it has done."""

    store: Store
    chance: random.Random
    name: str
    done: Counter[str] = field(default_factory=Counter)

    def cases(self) -> list[CaseRow]:
        """Some of them, in an order of their own."""
        every = self.store.cases()
        return self.chance.sample(every, self.chance.randint(1, len(every)))

    def append(self) -> None:
        """A completion: it withdraws what was queued about an item, and writes to others."""
        first, *others = self.cases()
        changed = [self._change(case) for case in others]
        self._wrote(lambda: self.store.append(self._change(first, others=tuple(changed))), 1 + len(others))

    def append_together(self) -> None:
        """What the chase does."""
        cases = self.store.load_these([case.reference for case in self.cases()])
        if self.store.append_together([self._change(case) for case in cases]):
            self.done["events"] += len(cases)
            self.done["notices"] += len(cases)

    def _change(self, case: CaseRow, **more: Any) -> Change:
        about = self.chance.choice(ITEMS)
        items = tuple(item(name) for name in self.chance.sample(ITEMS, 2))
        return change(case, items=items, notices=(notice(about),), withdraw=self._settled(), **more)

    def _settled(self) -> tuple[str, ...]:
        """Now and then what settles an item, so that there is always something to deliver."""
        return tuple(name for name in ITEMS if self.chance.random() < 1 / 10)

    def _wrote(self, write: Callable[[], object], cases: int) -> None:
        with suppress(CaseConflict, AlreadyRecorded):
            write()
            self.done["events"] += cases
            self.done["notices"] += cases

    def open(self) -> None:
        opened(self.store, notices=(notice("triage"),))
        self.done["events"] += 1
        self.done["notices"] += 1

    def deliver(self) -> None:
        """Claim what is due, in any order and with a lease that is over at once; a third is put into a letter."""
        due = [waiting.id for waiting in self.store.waiting(LATER) if waiting.id]
        wanted = self.chance.sample(due, min(len(due), MANY))
        claimed = self.store.claim(wanted, LATER, LATER)
        if claimed and self.chance.random() < 1 / 3:
            of = claimed[0].number
            self.store.enclose([], [], StoredLetter(of, f"{of}@example.org", "2026-03-02", urgent=True))
        if claimed:
            kept = self.store.record_delivery(
                claimed, "sent" if self.chance.random() < 1 / 10 else "queued", now=LATER, detail=""
            )
            self.done["deliveries"] += kept

    def postpone(self) -> None:
        due = [waiting.id for waiting in self.store.waiting(LATER) if waiting.id]
        self.store.postpone(self.chance.sample(due, min(len(due), MANY)), LATER, LATER)

    def bounce(self) -> None:
        for sent in self.chance.sample(gone := self.store.notices(status="sent"), min(len(gone), 3)):
            self.store.record_bounce(sent, "sent", detail="late")

    def digests(self) -> None:
        keys = [f"morning/{post}/2026-03-02" for post in self.chance.sample(("chair", "office", "lead"), 3)]
        for key in keys:
            self.store.put_digest(StoredDigest(key, "role:chair", "Morning", "Text", created_at=AT))
        for digest in self.store.claim_digests(keys, LATER, LATER):
            self.store.record_digest_delivery(digest, "queued", now=LATER, detail="", next_try=LATER)

    def seal(self) -> None:
        self.store.seal(LATER, "")

    def links(self) -> None:
        links = [
            NewLink(f"{case.id}-{number}", case.id, "triage", 1, "role:chair", f"{number}", "2026-04-01")
            for case in self.cases()
            for number in range(3)
        ]
        self.chance.shuffle(links)
        self.store.keep_links(links)
        self.store.withdraw_links("chair@example.org", now=LATER)

    def trouble(self) -> None:
        trouble = Trouble("chase", "case", self.chance.choice(ITEMS), "KeyError", AT, AT, 1, LATER)
        self.store.note_trouble(trouble)
        self.store.clear_trouble(trouble)

    def lease(self) -> None:
        if self.store.take_lease("sweep", self.name, AT, AT) is None:
            self.store.end_lease("sweep", self.name)

    def office(self) -> None:
        """The office's log, what was done last, a sweep."""
        self.store.note(LogEntry(LATER, self.chance.choice(("officer.17", "officer.18")), "note", "{}"))
        self.store.note_done("backup", LATER)
        self.store.record_sweep(Sweep(AT, LATER, 0, 0, 0, ""))
        self.done["log"] += 1

    def erase(self) -> None:
        """Erase who signs everything, while others sign."""
        if keys := self.store.people.keys("officer.17"):
            self.store.people.erase("officer.17", keys, LogEntry(LATER, "officer.18", "erased", "{}"))


WAYS: dict[str, Callable[[Writer], None]] = {
    way.__name__: way
    for way in (
        Writer.append,
        Writer.append_together,
        Writer.open,
        Writer.deliver,
        Writer.postpone,
        Writer.bounce,
        Writer.digests,
        Writer.seal,
        Writer.links,
        Writer.trouble,
        Writer.lease,
        Writer.office,
        Writer.erase,
    )
}
PAIRS = list(combinations_with_replacement(WAYS, 2))


def begin(store: Store) -> None:
    """Cases whose notices lie among one another, as those of a morning do."""
    store.migrate()
    for _ in range(CASES):
        opened(store)
    for _ in range(NOTICES):
        for case in store.cases():
            store.append(change(case, notices=tuple(map(notice, ITEMS))))


def together(url: str, pair: tuple[str, str], rounds: int, seed: int) -> Counter[str]:
    """Let both write so many times at once; returns what they did. Whatever is raised, somebody would see."""
    barrier = Barrier(len(pair))

    def run(place: int) -> Counter[str]:
        with closing(open_store(url)) as store:
            writer = Writer(store, random.Random(f"{seed} {pair} {place}"), f"{pair[place]} {place}")
            for _ in range(rounds):
                barrier.wait(timeout=60)
                WAYS[pair[place]](writer)
            return writer.done

    with ThreadPoolExecutor(len(pair)) as both:
        one, other = both.map(run, range(len(pair)))
    return one + other


def faults(store: Store, done: Counter[str]) -> Iterator[str]:
    """What was lost, or is there twice."""
    cases, begun = store.cases(), CASES * (1 + NOTICES)
    events = [event for case in cases for event in store.events(case.reference)]
    if len(events) != begun + done["events"]:
        yield f"{len(events)} events, where {begun + done['events']} were recorded"
    if len(sent := store.notices()) != CASES * NOTICES * len(ITEMS) + done["notices"]:
        yield f"{len(sent)} notices, where {CASES * NOTICES * len(ITEMS) + done['notices']} were written"
    yield from (
        f"{case.reference}: {broken}"
        for case in cases
        if (broken := verify_chain(case, store.events(case.reference))) is not None
    )
    for each in sent:
        tries = [attempt.number for attempt in store.attempts(each.id)]
        if len(tries) != len(set(tries)) or each.tries < len(tries):
            yield f"{each.number} was tried {each.tries} times, of which {tries} are written down"


def _deadlocks(store: Store) -> int:
    [(number,)] = store.driver.rows("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return int(number)


def _at_length(url: str, rounds: int, seed: int) -> None:
    done = Counter[str]()
    with closing(open_store(url)) as store:
        begin(store)
        for pair in PAIRS:
            before = _deadlocks(store)
            done += together(url, pair, rounds, seed)
            if waited := _deadlocks(store) - before:
                print(*pair, f"{waited} of {rounds} rounds: two waited for each other")
        print(dict(done), *([*faults(store, done)] or ["nothing lost, nothing twice"]), sep="\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with place(Kind.POSTGRESQL) as server, fresh(server) as url:
        _at_length(url, given.rounds, given.seed)


if __name__ == "__main__":
    main()
