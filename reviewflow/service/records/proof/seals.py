"""The seals: one chain over the whole office, and every row that they cover as it was then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from reviewflow.london import stamp
from reviewflow.service.records.audit_heads import settings_of
from reviewflow.service.records.proof.finding import OFFICE, SEALS, AuditFinding
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, EventRow, Leaf, SealedRow
from reviewflow.store.seals import KINDS, seal_hash

BACKDATED = timedelta(days=1)
"""How much older than the seal before it a row may say that it is."""
WORDS: Mapping[str, str] = {
    "definitions": "the definition",
    "notices": "the message",
    "attempts": "of the message",
    "dispatches": "the letter sent as",
    "digests": "the digest",
    "digest_attempts": "of the digest",
    "office": "entry of the office's log number",
    "destroyed": "the certificate of destruction of",
    "people": "who recorded things as",
    "jobs": "what is to be done by itself,",
    "done_jobs": "that a job was done, number",
    "sweeps": "the sweep number",
    "letters": "the letter",
}


class AuditedSeals:
    """The seals with what each covers."""

    def __init__(self, workspace: Workspace) -> None:
        self.seals = workspace.store.seals()
        settings = settings_of(workspace)
        self._unsteady = max((seal.number for seal in self.seals if seal.settings != settings), default=0)
        self.dated = _dates_are_to_be_trusted(workspace)
        last = workspace.store.last_sweep()
        self.latest = max([*(seal.at for seal in self.seals[-1:]), *([last.finished] if last else [])], default="")
        """When anything was last done in the office, as far as sweeps and seals say."""
        self.leaves: defaultdict[int, list[Leaf]] = defaultdict(list)
        self._by_row: defaultdict[tuple[str, str], list[Leaf]] = defaultdict(list)
        for leaf in workspace.store.leaves():
            self.leaves[leaf.seal].append(leaf)
            self._by_row[leaf.kind, leaf.key].append(leaf)

    def of(self, kind: str, key: str) -> list[Leaf]:
        """What the seals have of a row, the earliest first."""
        return self._by_row.get((kind, key), [])

    def covered(self, kind: str) -> dict[str, Leaf]:
        """What the seals have last of each row of a table."""
        return {key: leaves[-1] for (of, key), leaves in self._by_row.items() if of == kind}

    @property
    def initial(self) -> int:
        """The number of the last seal that covers what was there when sealing began."""
        return max((seal.number for seal in self.seals if seal.note), default=0)

    def is_steady(self, reference: str) -> bool:
        """Whether calendars and sending time were as they are now ever since a case was first sealed."""
        leaves = self.of("cases", reference)
        return not leaves or leaves[0].seal > self._unsteady


def wrong_seals(seals: AuditedSeals) -> Iterator[AuditFinding]:
    """The first seal that does not follow from the one before it and from what it says that it covers."""
    previous = ""
    for place, seal in enumerate(seals.seals, start=1):
        if seal.number != place:
            yield AuditFinding(SEALS, place, f"seal {place} is missing")
            return
        leaves = seals.leaves[seal.number]
        if seal.covers != len(leaves) or seal.hash != seal_hash(previous, seal, leaves):
            yield AuditFinding(SEALS, place, f"seal {place} was changed, or what it covers was, or a seal before it")
            return
        previous = seal.hash
    if beyond := sorted(number for number in seals.leaves if number > len(seals.seals)):
        yield AuditFinding(SEALS, beyond[0], f"seal {beyond[0]} is missing, and what it covered is here")


def wrong_rows(workspace: Workspace, seals: AuditedSeals) -> Iterator[AuditFinding]:
    """Rows that are no longer as they were sealed, or are gone; those that were put in later than they say."""
    destroyed = {certificate.reference for certificate in workspace.store.destroyed()}
    done = {row.leaf.key for row in workspace.store.sealable("done_jobs")}
    for kind in (kind for kind in KINDS if kind != "letters"):  # `proof.letters` looks at those
        rows = {row.leaf.key: row for row in workspace.store.sealable(kind)}
        covered = seals.covered(kind)
        wrong = [(key, _wrong_row(leaf, rows.get(key), destroyed, done)) for key, leaf in covered.items()]
        if seals.dated:
            wrong += [(key, _put_in_late(seals, covered.get(key), row)) for key, row in rows.items()]
        yield from _first_of(kind, [(key, words) for key, words in wrong if words])
    yield from _gaps(workspace, seals)


def _first_of(kind: str, wrong: list[tuple[str, str]]) -> Iterator[AuditFinding]:
    """The first wrong row of a kind, and how many more there are."""
    if wrong:
        (key, words), more = wrong[0], len(wrong) - 1
        yield AuditFinding(
            OFFICE, None, f"{WORDS[kind]} {key} {words}{f'; and {more} more of this kind' if more else ''}"
        )


def _wrong_row(leaf: Leaf, row: SealedRow | None, destroyed: set[str], done: set[str]) -> str:
    if row is not None:
        return "" if row.leaf.hash == leaf.hash else f"is not what seal {leaf.seal} has of it"
    case = leaf.key.partition("/")[0]
    if leaf.kind in {"notices", "attempts", "jobs"} and case in destroyed:
        return ""
    if leaf.kind == "jobs" and leaf.key.rpartition(" ")[2] in done:
        return ""
    return f"is gone; seal {leaf.seal} has it"


def _dates_are_to_be_trusted(workspace: Workspace) -> bool:
    """Where nothing ever left the building days are rehearsed in any order."""
    return any(entry.body != "test" for entry in workspace.store.noted("delivery"))


def _put_in_late(seals: AuditedSeals, leaf: Leaf | None, row: SealedRow) -> str:
    number = leaf.seal if leaf else len(seals.seals) + 1
    if not row.moment or number <= max(seals.initial, 1) or number > len(seals.seals) + 1:
        return ""
    before = seals.seals[number - 2]
    if row.moment >= stamp(datetime.fromisoformat(before.at) - BACKDATED):
        return ""
    return f"says that it is of {row.moment}, and was not there when seal {before.number} was made at {before.at}"


def _backdated(seals: AuditedSeals, leaf: Leaf, events: list[EventRow]) -> Iterator[tuple[int, str]]:
    """Events after those that the seals have, older than the last seal: it would have had them."""
    last = seals.seals[-1]
    for event in events[leaf.number :]:
        if event.recorded_at < stamp(datetime.fromisoformat(last.at) - BACKDATED):
            yield (
                event.number,
                f"event {event.number} is of {event.recorded_at}, and seal {last.number} does not have it",
            )


def _gaps(workspace: Workspace, seals: AuditedSeals) -> Iterator[AuditFinding]:
    """Entries of the office's log taken out before they were sealed: only SQLite gives numbers without gaps."""
    if workspace.store.driver.dialect != "sqlite":
        return
    [(last,)] = workspace.store.driver.rows("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'office'")
    there = {row.leaf.key for row in workspace.store.sealable("office")}
    for number in range(1, last + 1):
        if str(number) not in there and not seals.of("office", str(number)):
            yield AuditFinding(
                OFFICE, None, f"entry of the office's log number {number} is gone, before any seal had it"
            )
            return


def wrong_sealed_case(
    seals: AuditedSeals, row: CaseRow, events: list[EventRow], now: Leaf | None
) -> Iterator[AuditFinding]:
    """What the seals have of a case that its history, or the case itself, has not."""
    leaves = seals.of("cases", row.reference)
    for leaf in leaves:
        if leaf.number > len(events):
            words = (
                f"seal {leaf.seal} has {leaf.number} events of it, and {len(events)} are here: the rest were cut off"
            )
            yield AuditFinding(row.reference, len(events) + 1, words)
            return
        if events[leaf.number - 1].hash != leaf.hash:
            words = f"up to event {leaf.number} its history is another than the one that seal {leaf.seal} has"
            yield AuditFinding(row.reference, leaf.number, words)
            return
    if leaves and seals.dated:
        yield from (
            AuditFinding(row.reference, number, words) for number, words in _backdated(seals, leaves[-1], events)
        )
    if leaves and now is not None and leaves[-1].number == now.number and leaves[-1].stand != now.stand:
        words = f"the case, its items or its contacts are not what seal {leaves[-1].seal} has, and nothing was recorded"
        yield AuditFinding(row.reference, None, words)


def missing_cases(workspace: Workspace, seals: AuditedSeals, there: set[str]) -> Iterator[AuditFinding]:
    """Cases that a seal has, or whose number is left out, and that are neither here nor destroyed."""
    destroyed = {certificate.reference: certificate for certificate in workspace.store.destroyed()}
    for reference, leaf in seals.covered("cases").items():
        if reference not in there and reference not in destroyed:
            yield AuditFinding(reference, None, f"the whole case is gone; seal {leaf.seal} has it")
