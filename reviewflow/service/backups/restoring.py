"""A backup restored into an empty place: judged, put there, audited, rehearsed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewflow.errors import ReviewflowError
from reviewflow.london import read_stamp
from reviewflow.service.backups.errors import PlaceFailed
from reviewflow.service.backups.manifest import DATABASE, DEFINITIONS, PAPERS, Manifest
from reviewflow.service.backups.unpacking import unpack
from reviewflow.service.delivery.restoration import note_restored
from reviewflow.service.records.audit import audit
from reviewflow.service.records.audit_heads import broken, heads_in
from reviewflow.service.sweep.letter_preview import planned_letters
from reviewflow.service.workspace.database import SQLITE
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.dumping import load, measured, unload
from reviewflow.store.store import SCHEMA, Store, open_store
from reviewflow.text import counted, moment_words

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """What is asked for: which file, into which empty folder, and for PostgreSQL into which empty database."""

    file: Path
    into: Path
    key_file: Path | None
    database: str | None
    by: str
    now: datetime


def restore(order: RestoreOrder, tell: Tell) -> int:
    """Restore, and tell what was found; how many faults.

    Raises UserError, DamagedBackup, PlaceFailed or StoreUnavailable; then nothing is left behind. No letter goes out
    afterwards until it is settled what went since the backup.
    """
    if not order.file.is_file():
        raise UserError(f"There is no file {order.file}. Name the backup.")
    if order.into.exists() and (not order.into.is_dir() or any(order.into.iterdir())):
        raise UserError(f"{order.into} is not empty. Name a new folder: a restore never writes over anything.")
    with _working(order.into) as work:
        manifest, index, unpacked = unpack(order.file, work, order.key_file)
        tell(
            f"Backup of {moment_words(read_stamp(manifest.moment))}, made by reviewflow {manifest.version}: "
            f"{counted(manifest.rows.get('cases', 0), 'case')}, {counted(len(index.papers), 'paper')}. "
            "Every part is whole."
        )
        office = _laid_out(unpacked, work)
        with _database(order, manifest, unpacked, office) as address:
            faults = _brought_back(order, manifest, office, address, tell)
            _place(office, order.into)
    return faults


def _laid_out(unpacked: Path, work: Path) -> Path:
    """The folder of an office as reviewflow looks for it: definitions, and var with the papers."""
    office = work / "office"
    (office / "var").mkdir(mode=0o700, parents=True)
    for packed, place in ((DEFINITIONS, office / "definitions"), (PAPERS, office / "var" / "documents")):
        source = unpacked / packed.rstrip("/")
        source.rename(place) if source.is_dir() else place.mkdir(mode=0o700)
    return office


@contextmanager
def _database(order: RestoreOrder, manifest: Manifest, unpacked: Path, office: Path) -> Iterator[str]:
    """The address of the database, restored; taken out again when what follows fails."""
    if manifest.schema_version > SCHEMA:
        raise UserError(
            f"{order.file} was made by reviewflow {manifest.version}, which is newer than this one. Install that "
            "version, and restore with it. Nothing was restored."
        )
    dumped = unpacked / DATABASE[manifest.database]
    if manifest.database == "sqlite":
        if order.database:
            raise UserError("The backup is of a database in a file: leave --database out. Nothing was restored.")
        file = office / "var" / "reviewflow.db"
        dumped.rename(file)
        yield f"{SQLITE}{file}"
        return
    if not order.database:
        raise UserError(
            "The backup is of a PostgreSQL database. Make an empty one, and name it: --database postgresql://... "
            "Nothing was restored."
        )
    load(order.database, dumped)
    try:
        yield order.database
    except BaseException:
        unload(order.database)
        raise


def _brought_back(order: RestoreOrder, manifest: Manifest, office: Path, address: str, tell: Tell) -> int:
    store = open_store(address)
    try:
        differences = _differences(store, manifest)
        store.migrate()
        workspace = Workspace(store, office / "definitions", papers=office / "var" / "documents")
        differences += broken(workspace, heads_in(manifest.audit_head or ""))
        note_restored(workspace, read_stamp(manifest.moment), by=order.by, now=order.now)
        looked_at, findings = audit(workspace)
        faults = [*differences, *(f"{finding.reference}: {finding.words}" for finding in findings)]
        whole = "all whole, rows and chains as in the backup" if not faults else counted(len(faults), "fault")
        for words in (*faults, f"{counted(looked_at, 'case')} audited: {whole}.", *_rehearsal(workspace, order.now)):
            tell(words)
    finally:
        store.close()
    return len(faults)


def _differences(store: Store, manifest: Manifest) -> list[str]:
    """Where the database is not what was backed up."""
    now = measured(store)
    differences = [
        f"{table} has {now.rows.get(table, 0)} rows, and the backup says {rows}"
        for table, rows in manifest.rows.items()
        if now.rows.get(table, 0) != rows
    ]
    return differences + (
        ["the chains of the cases are not those of the backup"] if now.heads != manifest.heads else []
    )


def _rehearsal(workspace: Workspace, now: datetime) -> Iterator[str]:
    """What would go now if all were settled, from a sweep in a copy; nothing leaves."""
    try:
        letters = planned_letters(workspace, None, now=now, until=now, subjects_only=True)
    except (ReviewflowError, LookupError) as error:
        yield f"The rehearsal of a sweep was not possible: {error}"
        return
    mailboxes = Counter(letter.address for letter in letters)
    yield (
        f"Rehearsed in a copy: a sweep now would send {counted(len(letters), 'letter')} to {len(mailboxes)} "
        f"{'mailbox' if len(mailboxes) == 1 else 'mailboxes'}. Nothing has left."
    )
    for address, number in mailboxes.most_common():
        yield f"  {address}: {counted(number, 'letter')}"


def _place(office: Path, into: Path) -> None:
    if into.exists():
        into.rmdir()  # it is empty; a rename onto it does not work everywhere
    office.rename(into)


@contextmanager
def _working(into: Path) -> Iterator[Path]:
    try:
        parent = into.absolute().parent
        parent.mkdir(parents=True, exist_ok=True)
        prefix = f".reviewflow-restore-{os.getpid()}-"
        with TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True) as work:
            yield Path(work)
    except OSError as error:
        raise PlaceFailed(
            f"The backup could not be restored: {error.strerror or error}. Nothing was left behind."
        ) from error
