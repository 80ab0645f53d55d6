"""Seals: one chain over all that the office recorded, made in batches, so that writers do not wait for each other.

A seal covers every row that none before it covers, also one that was written earlier and committed later. That is asked
of each row that may be new, and once a day of every row (`looking`). The events of a case are covered by the hash of
its last one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial

from reviewflow.store.database import Database
from reviewflow.store.drivers.driver import Row
from reviewflow.store.drivers.steps import Step
from reviewflow.store.errors import DAMAGED, DamagedRow, Duplicate
from reviewflow.store.looking import NAME, NUMBERED, Look, Numbers, SealedNumbers, next_look, read_kept
from reviewflow.store.prepared import insert
from reviewflow.store.records import Leaf, Seal, SealedRow, Unsealed

KINDS = (
    *("definitions", "notices", "attempts", "dispatches", "digests", "digest_attempts", "office", "destroyed"),
    *("people", "jobs", "done_jobs", "sweeps", "letters"),
)
"""The tables of which every row is covered; cases beside them."""
ADDED = {"attempts": 2}
"""How many columns a table has more than when rows were first sealed; empty ones are left out, so old seals hold."""
MOST = 2000
"""How many rows of one kind a seal covers, so that its statements stay of a size; another seal goes on."""
_MOST_CASES = 200
BEGAN = "It covers what was here when sealing began."
Aside = Callable[[str, str], AbstractContextManager[None]]
"""Around what is made of one row, by its table and what names it; what raises there may be kept from ending all."""
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest(*content: object) -> str:
    """SHA-256 over plain values, in hex."""
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def seal_hash(previous: str, seal: Seal, leaves: Iterable[Leaf]) -> str:
    """The hash of a seal: over the hash of the one before it ('' for the first), its own words and what it covers."""
    covered = sorted([leaf.kind, leaf.key, leaf.number, leaf.hash, leaf.stand or ""] for leaf in leaves)
    return digest(previous, seal.number, seal.at, seal.covers, seal.settings, seal.note, covered)


@dataclass
class _Read:
    """What was read at once of what no seal covers."""

    leaves: list[Leaf] = field(default_factory=list)
    damaged: Counter[str] = field(default_factory=Counter)
    """How many rows of each kind no seal can have."""
    may_be_more: bool = False
    """Whether of some kind there were as many as are read at once."""
    numbers: Numbers = field(default_factory=dict)
    """The highest number of each table with numbers, at the same moment."""

    @property
    def is_all(self) -> bool:
        """Whether nothing else is left to be sealed of what was looked through."""
        return not self.may_be_more and not any(self.damaged.values())

    def take(self, kind: str, rows: Iterable[tuple[str, Callable[[], Leaf]]], limit: int, aside: Aside) -> None:
        """Rows of one kind: the key of each, and what makes a leaf of it."""
        for key, made in rows:
            limit -= 1
            self.damaged[kind] += 1
            with aside(kind, key):
                self.leaves.append(_sound(made()))
                self.damaged[kind] -= 1
        self.may_be_more |= limit <= 0


class Seals(Database):
    """The chain over the whole office."""

    def seal(self, at: str, settings: str, aside: Aside = lambda _table, _key: nullcontext()) -> Seal | None:
        """Seal what was recorded before and is not sealed yet; the last seal after that, None where there is nothing.

        What others record meanwhile waits for the next time: where they never pause this would never end. A damaged
        row that no seal can have raises TypeError or ValueError inside its `aside`.
        """
        before, kept = self.last_seal(), self._kept()
        note, look = "" if before else BEGAN, next_look(before, kept, at)
        damaged = Counter[str]()
        while True:
            read = self._read(aside, damaged, look)
            after = (kept or SealedNumbers({}, {})).following(read.numbers) if read.is_all else None
            if (not read.leaves or self._add(read.leaves, (at, settings, note), after)) and not read.may_be_more:
                return self.last_seal()
            damaged = read.damaged

    def _kept(self) -> SealedNumbers | None:
        """How far rows were sealed at the last seals; None where it is not known."""
        return next((read_kept(body) for name, _, body in self._select("LAST_DONE_ROWS") if name == NAME), None)

    def last_seal(self) -> Seal | None:
        """The newest seal; raises DamagedRow when no other can go on from it."""
        rows = self._select("LAST_SEAL")
        last = Seal(*rows[0]) if rows else None
        if last and not (isinstance(last.at, str) and isinstance(last.hash, str)):
            raise DamagedRow(f"Seal {last.number} cannot be read, so that no other can go on from it. {DAMAGED}")
        return last

    def seals(self) -> list[Seal]:
        """Every seal, the first one first."""
        return [Seal(*row) for row in self._select("SEAL_ROWS")]

    def leaves(self) -> Iterator[Leaf]:
        """What the seals cover, in their order."""
        for kind, key, seal, number, hashed, stand in self._select("SEALED_ROWS"):
            yield Leaf(kind, key, hashed, number, stand, seal)

    def unsealed(self) -> Unsealed:
        """How much no seal covers yet."""
        [(rows,)], last = self._select("UNSEALED_COUNT"), self.last_seal()
        return Unsealed(rows, last.at if last else None)

    def newly_unsealed(self) -> Unsealed:
        """How much of what came after the last seals none covers yet: what a doctor asks every few minutes.

        What was put in below that is counted by `unsealed`, which asks each row that was ever written.
        """
        last = self.last_seal()
        look = next_look(last, self._kept(), last.at) if last else Look()
        if last is None or look.after is None:
            return self.unsealed()
        numbers = {kind: look.after.get(kind, 0) for kind in NUMBERED}
        [(rows,)] = self._select("NEWER_COUNT", since=look.since, **numbers)
        return Unsealed(rows, last.at)

    def sealable(self, kind: str) -> Iterator[SealedRow]:
        """Every row of a table as a seal would have it now."""
        for key, moment, *content in self._select(f"SEALABLE_{kind.upper()}"):
            yield SealedRow(_leaf(kind, key, moment, content), moment)

    def case_leaf(self, reference: str) -> Leaf | None:
        """A case as a seal would have it now; None when there is none."""
        rows = self._select("CASE_TO_SEAL", reference=reference)
        return self._of_case(rows[0]) if rows else None

    def orphans(self) -> Iterator[tuple[str, str, str, int]]:
        """Rows that refer to rows that are not there: their table, the column, the table they refer to, how many."""
        from reviewflow.store.statements.making import compiled
        from reviewflow.store.statements.seals import orphans

        for table, column, of, statement in orphans():
            [(rows,)] = self.driver.rows(*compiled(self.driver.dialect, statement).step())
            if rows:
                yield table, column, of, rows

    def _read(self, aside: Aside, damaged: Counter[str], look: Look) -> _Read:
        """What is not sealed: of each kind a seal's worth, besides as many rows as no seal could have the last time."""
        read = _Read()
        with self.driver.snapshot():  # a case with the items that it has at the same moment
            [highest] = self._select("HIGHEST")
            read.numbers = {kind: number or 0 for kind, number in zip(NUMBERED, highest, strict=True)}
            for kind in KINDS:
                limit = MOST + damaged[kind]
                read.take(kind, self._unsealed(kind, limit, look), limit, aside)
            limit = _MOST_CASES + damaged["cases"]
            read.take("cases", self._unsealed_cases(limit), limit, aside)
        return read

    def _unsealed(self, kind: str, limit: int, look: Look) -> Iterator[tuple[str, Callable[[], Leaf]]]:
        statement, values = look.statement(kind)
        for key, moment, *content in self._select(statement, limit=limit, **values):
            yield key, partial(_leaf, kind, key, moment, content)

    def _unsealed_cases(self, limit: int) -> Iterator[tuple[str, Callable[[], Leaf]]]:
        items, contacts, keys = (self._by_case(f"UNSEALED_{part}", limit) for part in ("ITEMS", "CONTACTS", "KEYS"))
        for row in self._select("UNSEALED_CASES", limit=limit):
            yield row[0], partial(_case_leaf, row, items[row[1]], contacts[row[1]], keys[row[1]])

    def _by_case(self, statement: str, limit: int) -> defaultdict[int, list[Row]]:
        rows: defaultdict[int, list[Row]] = defaultdict(list)
        for case, *rest in self._select(statement, limit=limit):
            rows[case].append(tuple(rest))
        return rows

    def _of_case(self, row: Row) -> Leaf:
        parts = (self._select(f"STANDING_{part}", case=row[1]) for part in ("ITEMS", "CONTACTS", "KEYS"))
        return _case_leaf(row, *parts)

    def _add(self, leaves: list[Leaf], words: tuple[str, str, str], after: SealedNumbers | None) -> bool:
        """False when somebody else sealed at the same moment: what is left is to be looked for anew.

        `words` are the moment, the settings and the note. `after` is how far rows are sealed now; None where some are
        left, so that all are looked through the next time.
        """
        last, (at, settings, note) = self.last_seal(), words
        number, previous = (last.number + 1, last.hash) if last else (1, "")
        seal = Seal(number, at, len(leaves), settings, note, "")
        hashed = seal_hash(previous, seal, leaves)
        dialect = self.driver.dialect
        row = (number, at, len(leaves), settings, note, hashed)
        kept = insert(dialect, "last_done", [(NAME, at, after.text if after else "")])
        try:
            self._commit(insert(dialect, "seals", [row]), *self._covering(leaves, number), kept)
        except Duplicate:
            return False
        return True

    def _covering(self, leaves: list[Leaf], seal: int) -> Iterator[Step]:
        """As few statements as there are powers of two in their number, so that few texts are ever made."""
        rows = [(leaf.kind, leaf.key, seal, leaf.number, leaf.hash, leaf.stand) for leaf in leaves]
        while rows:
            size = min(1 << (len(rows).bit_length() - 1), 512)
            yield insert(self.driver.dialect, "sealed", list(rows[:size]))
            del rows[:size]


def _sound(leaf: Leaf) -> Leaf:
    """As it came, if a seal can have it; raises TypeError for what only damage leaves."""
    if isinstance(leaf.key, str) and isinstance(leaf.number, int) and isinstance(leaf.hash, str):
        return leaf
    raise TypeError(f"a row of {leaf.kind} has no name, no number or no hash")


def _leaf(kind: str, key: str, moment: str, content: Iterable[object]) -> Leaf:
    whole = list(content)
    for _ in range(ADDED.get(kind, 0)):
        if whole[-1] is None:
            whole.pop()
    return Leaf(kind, key, digest(kind, key, moment, whole))


def _case_leaf(row: Row, items: list[Row], contacts: list[Row], keys: list[Row]) -> Leaf:
    reference, number, head = row[0], row[8], row[9]
    hashed = [(contact, digest(sealed)) for contact, sealed in contacts]
    return Leaf("cases", reference, head, number, digest(list(row), items, hashed, keys))
