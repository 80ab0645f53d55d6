"""A backup made: everything into one file, which has its name only when it is whole."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from reviewflow.london import stamp
from reviewflow.service.backups.encryption import encrypt
from reviewflow.service.backups.errors import PlaceFailed
from reviewflow.service.backups.manifest import (
    DATABASE,
    DEFINITIONS,
    FORMAT,
    INDEX,
    MANIFEST,
    PAPERS,
    Index,
    Manifest,
    Part,
    measured_part,
)
from reviewflow.service.records.audit_heads import Head, newest_head, seal
from reviewflow.service.workspace.definition_files import existing_folder
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.drivers.driver import Measures
from reviewflow.store.dumping import dump, kind_of
from reviewflow.store.records import BACKUP
from reviewflow.text import counted

LEFTOVER = ".reviewflow-backup-"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup, as counts."""

    cases: int
    papers: int
    definitions: int
    size: int


def make_backup(
    workspace: Workspace, output: Path, keys: list[Any], *, leave_out: Collection[Path], now: datetime, tell: Tell
) -> Made:
    """Write a backup, encrypted for these keys, or plain without any; `leave_out` are files that hold secrets.

    Raises UserError, StoreUnavailable or PlaceFailed; then nothing is left behind.
    """
    if output.exists():
        raise UserError(f"{output} is there already. Name another file for the backup. Nothing was written.")
    existing_folder(workspace.folder)
    with _working(workspace.papers.parent) as work, _working(output.absolute().parent) as beside:
        archive, encrypted = work / "backup.tar.gz", beside / output.name
        manifest, papers = _fill(workspace, archive, work, leave_out, now, tell)
        if keys:
            encrypt(archive, encrypted, keys)
            tell(f"Encrypted for {counted(len(keys), 'key')}.")
        else:
            shutil.copyfile(archive, encrypted)
        _put(encrypted, output)
        size = output.stat().st_size
    workspace.store.note_done(BACKUP, stamp(now))
    return Made(manifest.rows["cases"], papers, len(manifest.parts) - 2, size)


def _fill(
    workspace: Workspace, archive: Path, work: Path, leave_out: Collection[Path], now: datetime, tell: Tell
) -> tuple[Manifest, int]:
    seal(workspace, now=now)
    head = newest_head(workspace)
    measures = dump(workspace.store, work / "database")
    tell(f"The database: {counted(measures.rows['cases'], 'case')}, {counted(sum(measures.rows.values()), 'row')}.")
    with tarfile.open(archive, "w:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as tar:
        database = _add(tar, work, DATABASE[kind_of(workspace.store.driver)], work / "database")
        definitions = list(_add_folder(tar, work, DEFINITIONS, workspace.folder, leave_out))
        tell(f"The definitions: {counted(len(definitions), 'file')}.")
        papers = tuple(_add_folder(tar, work, PAPERS, workspace.papers, leave_out))
        tell(f"The papers: {counted(len(papers), 'file')}.")
        index = _add_text(tar, INDEX, Index(papers=papers).model_dump_json(indent=1))
        manifest = _manifest(workspace, measures, (database, *definitions, index), head, now)
        _add_text(tar, MANIFEST, manifest.model_dump_json(indent=1))
    return manifest, len(papers)


def _manifest(
    workspace: Workspace, measures: Measures, parts: tuple[Part, ...], head: Head | None, now: datetime
) -> Manifest:
    return Manifest(
        format=FORMAT,
        version=version("reviewflow"),
        moment=stamp(now),
        database=kind_of(workspace.store.driver),
        schema_version=measures.schema,
        rows=dict(measures.rows),
        heads=measures.heads,
        audit_head=head.line if head else None,
        parts=parts,
    )


def _add_folder(
    tar: tarfile.TarFile, work: Path, prefix: str, folder: Path, leave_out: Collection[Path]
) -> Iterator[Part]:
    """Every file of a folder; not what is hidden, half written, secret, or gone by the time that its turn comes."""
    secret = {path.resolve() for path in leave_out}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
        if hidden or path.suffix == ".part" or not path.is_file() or path.resolve() in secret:
            continue
        try:
            yield _add(tar, work, f"{prefix}{inside.as_posix()}", path)
        except FileNotFoundError:
            continue


def _add(tar: tarfile.TarFile, work: Path, name: str, path: Path) -> Part:
    """A file as it is now: copied first, because somebody may be writing it."""
    with path.open("rb") as source, TemporaryFile(dir=work) as copy:
        part = measured_part(name, source, copy)
        copy.seek(0)
        tar.addfile(_member(part), copy)
    return part


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> Part:
    part = measured_part(name, io.BytesIO(text.encode()))
    tar.addfile(_member(part), io.BytesIO(text.encode()))
    return part


def _member(part: Part) -> tarfile.TarInfo:
    member = tarfile.TarInfo(part.name)
    member.size, member.mode = part.size, 0o600
    return member


def _put(made: Path, output: Path) -> None:
    """Give it its name, when all of it is on the disk."""
    made.chmod(0o600)
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    made.replace(output)


@contextmanager
def _working(folder: Path) -> Iterator[Path]:
    """A folder of our own, gone in the end; what a backup that was killed has left is taken out too."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for leftover in folder.glob(f"{LEFTOVER}*"):
            if not _is_running(leftover.name.removeprefix(LEFTOVER).partition("-")[0]):
                shutil.rmtree(leftover, ignore_errors=True)
        prefix = f"{LEFTOVER}{os.getpid()}-"
        with TemporaryDirectory(prefix=prefix, dir=folder, ignore_cleanup_errors=True) as work:
            yield Path(work)
    except OSError as error:
        raise PlaceFailed(
            f"The backup could not be written: {error.strerror or error}. Make room or name another place. "
            "Nothing was left behind."
        ) from error


def _is_running(process: str) -> bool:
    if os.name != "posix" or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
