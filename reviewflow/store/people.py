"""Who did something. Events hold a key in place of the name, so that a name can be erased and every chain stays valid.

A key is made of the name and a random salt: with both it can be proved whose it is. When a name is erased its salt is
too; then the key says nothing, and no list of names can be tried on it.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reviewflow.store.drivers.driver import Driver
from reviewflow.store.drivers.steps import Step, Value
from reviewflow.store.errors import DAMAGED, Duplicate, SharedDamage
from reviewflow.store.prepared import prepared
from reviewflow.store.records import CaseRow, Change, LogEntry, Traces

UNREADABLE = f"The row under which somebody signs what they do (table people) cannot be read. {DAMAGED}"
TRIES = 5
"""How often the same keys are tried: threads of one program share a new one, and one of them is first to keep it."""
Keys = Mapping[str, str]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Person:
    """A key, and the name that has it."""

    key: str
    name: str | None
    salt: str | None
    """None in older rows, whose key proves nothing about the name, and where the name was erased."""

    @property
    def is_proven(self) -> bool:
        """Whether name and salt make this key."""
        return self.name is not None and self.salt is not None and self.key == key_of(self.name, self.salt)


def key_of(name: str, salt: str) -> str:
    """The key of a name: the first half of HMAC-SHA256 over it, with the salt for a secret."""
    return hmac.digest(bytes.fromhex(salt), name.encode(), "sha256").hex()[:32]


class People:
    """The names and their keys. Those that were looked up are cached; threads may share them."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._known: dict[str, Person] = {}

    def commit(
        self, changes: Sequence[Change], steps_of: Callable[[Change], tuple[CaseRow, list[Step]]]
    ) -> list[CaseRow]:
        """Commit these changes, each event with the key of who did it; raises `Duplicate` as the driver does."""

        def build(keys: Keys) -> tuple[list[CaseRow], list[Step]]:
            made = [steps_of(_with_keys(change, keys)) for change in changes]
            return [after for after, _ in made], [step for _, following in made for step in following]

        return self.sign({event.by for change in changes for event in change.events}, build)[0]

    def sign(self, names: Iterable[str], build: Callable[[Keys], tuple[Made, list[Step]]]) -> tuple[Made, int]:
        """Commit what `build` makes of the keys of these names.

        Returns what it made, and how many rows its last step touched. The loser of a race for a new name takes the
        winner's key, which is the same where both are threads of one program; a key whose name was erased is not used
        again. Raises as the driver does, and SharedDamage.
        """
        ordered = sorted(names)  # in one order, against deadlock
        tried: list[list[Person]] = []
        while True:
            people = [self._person(name) for name in ordered]
            if tried.count(people) == TRIES:
                raise SharedDamage(UNREADABLE)
            tried.append(people)
            built, following = build({name: person.key for name, person in zip(ordered, people, strict=True)})
            bearing = [self._step("BEAR", bearer=person.key, who=person.name, grain=person.salt) for person in people]
            try:
                touched = self._driver.commit([*bearing, *following])
            except Duplicate as lost:
                if not lost.of_person:
                    raise
                for name in ordered:
                    self._known.pop(name, None)
            else:
                return built, touched

    def names(self) -> list[str]:
        """Every name that is not erased, sorted."""
        return [row[0] for row in self._driver.rows(*self._step("NAMES"))]

    def everybody(self) -> Iterator[Person]:
        """Every key, also those whose name was erased."""
        return (Person(*row) for row in self._driver.rows(*self._step("EVERYBODY")))

    def without_person(self) -> list[tuple[str, str]]:
        """What events hold without a person to it, each with a case in which it stands."""
        return [(row[0], row[1]) for row in self._driver.rows(*self._step("WITHOUT_PERSON"))]

    def keys(self, name: str) -> list[str]:
        """The keys of a name: one, and one more where it was known before keys had a salt."""
        return [person.key for person in self.everybody() if person.name == name]

    def traces(self, name: str) -> Traces:
        """Where a name or an address stands, as counts."""
        escaped = name.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        [row] = self._driver.rows(*self._step("TRACES", who=name, like=f"%{escaped}%"))
        return Traces(tuple(self.keys(name)), *row)

    def cases(self, name: str) -> list[str]:
        """The references of the cases whose events have a key of this name."""
        return [row[0] for row in self._driver.rows(*self._step("CASES_WITH", who=name))]

    def erase(self, name: str, keys: Sequence[str], entry: LogEntry) -> bool:
        """Erase a name from these keys, with an entry in the office's log; False when it has none of them."""
        self._known.pop(name, None)
        named = {f"key_{place}": key for place, key in enumerate(keys)}
        return self._erase([f"note_erasing {len(named)}", f"erase {len(named)}"], entry, who=name, **named)

    def erase_address(self, address: str, entry: LogEntry) -> bool:
        """Erase an address from the letters that went to it, with an entry in the office's log; False when none did."""
        return self._erase(["NOTE_ADDRESS", "ERASE_ENVELOPES", "ERASE_ADDRESS"], entry, who=address)

    def _erase(self, statements: Sequence[str], entry: LogEntry, **what: Value) -> bool:
        noted, *emptying = statements

        def build(keys: Keys) -> tuple[None, list[Step]]:
            entry_values = {"at": entry.at, "noter": keys[entry.by], "kind": entry.kind, "body": entry.body}
            return None, [
                self._step(noted, **what, **entry_values),
                *(self._step(emptied, **what) for emptied in emptying),
            ]

        return self.sign((entry.by,), build)[1] > 0

    def _person(self, name: str) -> Person:
        if name not in self._known:
            rows = self._driver.rows(*self._step("KEY_OF", who=name))
            salt = secrets.token_hex(32)
            key, salt = rows[0] if rows else (key_of(name, salt), salt)
            if not (isinstance(key, str) and isinstance(salt, str)):
                raise SharedDamage(UNREADABLE)
            self._known[name] = Person(key, name, salt)
        return self._known[name]

    def _step(self, statement: str, **values: Value) -> Step:
        return prepared(self._driver.dialect, statement).step(**values)


def _with_keys(change: Change, keys: Keys) -> Change:
    return replace(change, events=tuple(replace(event, key=keys[event.by]) for event in change.events))
