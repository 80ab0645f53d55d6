"""Who did something. What is stored holds a key in place of the name: the name can be erased, and every chain holds.

A key is made of the name and a salt that nobody can guess: whoever has both can prove whose it is. With the name the
salt is emptied, and then the key says nothing and no list of names can be tried on it.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reviewflow.store.drivers.driver import Driver
from reviewflow.store.drivers.steps import Step, Value
from reviewflow.store.errors import Duplicate
from reviewflow.store.prepared import prepared
from reviewflow.store.records import CaseRow, Change, LogEntry, Traces

Keys = Mapping[str, str]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Person:
    """A key, and who bears it."""

    key: str
    name: str | None
    salt: str | None
    """None in older rows, whose key proves nothing about the name, and where the name was erased."""

    @property
    def is_proven(self) -> bool:
        return self.name is not None and self.salt is not None and self.key == key_of(self.name, self.salt)


def key_of(name: str, salt: str) -> str:
    """The key of a name: the first half of HMAC-SHA256 over it, with the salt for a secret."""
    return hmac.digest(bytes.fromhex(salt), name.encode(), "sha256").hex()[:32]


class People:
    """The names and their keys. The keys that were asked for are kept; threads may share them."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._known: dict[str, Person] = {}

    def commit(
        self, changes: Sequence[Change], steps_of: Callable[[Change], tuple[CaseRow, list[Step]]]
    ) -> list[CaseRow]:
        """Commit these changes, each event with the key of who did it; raises `Duplicate` as the driver does."""

        def build(keys: Keys) -> tuple[list[CaseRow], list[Step]]:
            made = [steps_of(_keyed(change, keys)) for change in changes]
            return [after for after, _ in made], [step for _, following in made for step in following]

        return self.sign({event.by for change in changes for event in change.events}, build)[0]

    def sign(self, names: Iterable[str], build: Callable[[Keys], tuple[Made, list[Step]]]) -> tuple[Made, int]:
        """Commit what is built with the keys of these names; answers that, and how many rows its last step touched.

        Of a race for a new name the loser takes the winner's key. A key whose name was erased since is not used again.
        """
        ordered = sorted(names)  # in one order, against deadlock
        while True:
            known = [self._person(name) for name in ordered]
            made, following = build({name: person.key for name, person in zip(ordered, known, strict=True)})
            bearing = [self._step("BEAR", bearer=each.key, who=each.name, grain=each.salt) for each in known]
            try:
                touched = self._driver.commit([*bearing, *following])
            except Duplicate as lost:
                if not lost.of_person:
                    raise
                for name in ordered:
                    self._known.pop(name, None)
            else:
                return made, touched

    def names(self) -> list[str]:
        """Those that are not erased."""
        return [row[0] for row in self._driver.rows(*self._step("NAMES"))]

    def everybody(self) -> Iterator[Person]:
        return (Person(*row) for row in self._driver.rows(*self._step("EVERYBODY")))

    def unheard(self) -> list[tuple[str, str]]:
        """What events hold although nobody bears it, each with a case in which it stands."""
        return [(row[0], row[1]) for row in self._driver.rows(*self._step("UNHEARD"))]

    def keys(self, name: str) -> list[str]:
        """The keys that this name bears: one, and one more where it was known before keys were proven."""
        return [each.key for each in self.everybody() if each.name == name]

    def traces(self, name: str) -> Traces:
        """Where a name, or an address, stands."""
        escaped = name.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        [row] = self._driver.rows(*self._step("TRACES", who=name, like=f"%{escaped}%"))
        return Traces(tuple(self.keys(name)), *row)

    def cases(self, name: str) -> list[str]:
        """The cases in which a name stands that can be erased."""
        return [row[0] for row in self._driver.rows(*self._step("CASES_WITH", who=name))]

    def erase(self, name: str, keys: Sequence[str], entry: LogEntry) -> bool:
        """Empty these keys of a name, with this word in the office's log. False when the name bears none of them."""
        self._known.pop(name, None)
        named = {f"key_{place}": key for place, key in enumerate(keys)}
        return self._take_out((f"note_erasing {len(named)}", f"erase {len(named)}"), entry, who=name, **named)

    def erase_address(self, address: str, entry: LogEntry) -> bool:
        """Take a mailbox out of the letters that went to it, with this word in the office's log."""
        return self._take_out(("NOTE_ADDRESS", "ERASE_ADDRESS"), entry, who=address)

    def _take_out(self, statements: tuple[str, str], entry: LogEntry, **what: Value) -> bool:
        noted, emptied = statements

        def build(keys: Keys) -> tuple[None, list[Step]]:
            said = {"at": entry.at, "noter": keys[entry.by], "kind": entry.kind, "body": entry.body}
            return None, [self._step(noted, **what, **said), self._step(emptied, **what)]

        return self.sign((entry.by,), build)[1] > 0

    def _person(self, name: str) -> Person:
        if name not in self._known:
            found = self._driver.rows(*self._step("KEY_OF", who=name))
            salt = secrets.token_hex(32)
            self._known[name] = (
                Person(found[0][0], name, found[0][1]) if found else Person(key_of(name, salt), name, salt)
            )
        return self._known[name]

    def _step(self, statement: str, **values: Value) -> Step:
        return prepared(self._driver.dialect, statement).step(**values)


def _keyed(change: Change, keys: Keys) -> Change:
    return replace(change, events=tuple(replace(event, key=keys[event.by]) for event in change.events))
