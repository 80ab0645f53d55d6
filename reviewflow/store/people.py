"""Who did something. Events hold and chain a key that says nothing: the name can be erased and the chain holds."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ClauseElement

from reviewflow.store import statements as sql
from reviewflow.store.driver import Driver
from reviewflow.store.errors import Duplicate
from reviewflow.store.records import CaseRow, Change, Entry, Traces
from reviewflow.store.statements import Step, Value, compiled


class People:
    """The names and their keys. The keys that were asked for are kept; threads may share them."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._known: dict[str, str] = {}

    def commit(
        self, changes: Sequence[Change], steps_of: Callable[[Change], tuple[CaseRow, list[Step]]]
    ) -> list[CaseRow]:
        """Commit these changes, each event with the key of who did it; raises `Duplicate` as the driver does.

        Of a race for a new name the loser takes the winner's key. A key whose name was erased since is not used again.
        """
        names = sorted({event.by for change in changes for event in change.events})  # in one order, against deadlock
        while True:
            keys = {name: self._key(name) for name in names}
            made = [steps_of(_keyed(change, keys)) for change in changes]
            steps = [self._step(sql.BEAR, bearer=key, who=name) for name, key in keys.items()]
            steps += [step for _, following in made for step in following]
            try:
                self._driver.commit(steps)
            except Duplicate as lost:
                if not lost.of_person:
                    raise
                for name in names:
                    self._known.pop(name, None)
            else:
                return [after for after, _ in made]

    def names(self) -> list[str]:
        """Those that are not erased."""
        return [row[0] for row in self._driver.rows(*self._step(sql.NAMES))]

    def traces(self, name: str) -> Traces:
        """Where a name stands."""
        [row] = self._driver.rows(*self._step(sql.TRACES, who=name))
        return Traces(*row)

    def cases(self, name: str) -> list[str]:
        """The cases in which a name stands that can be erased."""
        return [row[0] for row in self._driver.rows(*self._step(sql.CASES_WITH, who=name))]

    def erase(self, name: str, entry: Entry) -> bool:
        """Empty a name, with this word in the office's log. False when nobody bears it: then nothing is written."""
        noted = self._step(sql.NOTE_ERASURE, at=entry.at, by=entry.by, kind=entry.kind, body=entry.body, who=name)
        self._known.pop(name, None)
        return self._driver.commit([noted, self._step(sql.ERASE, who=name)]) > 0

    def _key(self, name: str) -> str:
        if name not in self._known:
            found = self._driver.rows(*self._step(sql.KEY_OF, who=name))
            self._known[name] = found[0][0] if found else secrets.token_hex(8)
        return self._known[name]

    def _step(self, statement: ClauseElement, **values: Value) -> Step:
        return compiled(self._driver.dialect, statement).step(**values)


def _keyed(change: Change, keys: Mapping[str, str]) -> Change:
    return replace(change, events=tuple(replace(event, key=keys[event.by]) for event in change.events))
