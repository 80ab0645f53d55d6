"""A backup opened and judged before any of it is used: names, sizes, hashes, and that nothing is missing."""

from __future__ import annotations

import shutil
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from reviewflow.service.backups.encryption import decrypt, is_encrypted
from reviewflow.service.backups.errors import DamagedBackup
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
from reviewflow.service.workspace.errors import UserError

MOST_PARTS = 1_000_000
MOST_ROOM = 0.9
"""Of the disk's free room."""


def unpack(file: Path, work: Path, key_file: Path | None) -> tuple[Manifest, Index, Path]:
    """Unpack a backup below `work`; its manifest, the index of its papers, and where it lies.

    Raises UserError, or DamagedBackup for a file that is damaged, cut, or no backup.
    """
    plain = _plain(file, work, key_file)
    unpacked = work / "unpacked"
    unpacked.mkdir(mode=0o700)
    try:
        with tarfile.open(plain, "r:gz") as tar:
            for member in list(_judged(file, tar, shutil.disk_usage(work).free)):
                _write(tar, member, unpacked / member.name)
            _is_whole_to_its_end(tar)
        manifest = Manifest.model_validate_json((unpacked / MANIFEST).read_bytes())
        index = Index.model_validate_json((unpacked / INDEX).read_bytes())
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValidationError, ValueError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno is not None and error.filename != str(unpacked / MANIFEST):
            raise
        raise DamagedBackup(f"{file} is damaged, cut, or no backup of reviewflow. Nothing was restored.") from None
    _check(file, unpacked, manifest, index)
    return manifest, index, unpacked


def _plain(file: Path, work: Path, key_file: Path | None) -> Path:
    if not is_encrypted(file):
        return file
    if key_file is None:
        raise UserError(f"{file} is encrypted. Name the file with its secret key: --identity FILE")
    decrypt(file, work / "plain", key_file)
    return work / "plain"


def _is_whole_to_its_end(tar: tarfile.TarFile) -> None:
    """Raises OSError or EOFError where what stands behind the last member is cut, or its check sum is another.

    What is unpacked is read no further than to the last member; there are at most as many empty bytes as a record has.
    """
    assert tar.fileobj is not None
    tar.fileobj.seek(tar.offset)
    if len(tar.fileobj.read(tarfile.RECORDSIZE + 1)) > tarfile.RECORDSIZE:
        raise EOFError


def _judged(file: Path, tar: tarfile.TarFile, room: int) -> Iterator[tarfile.TarInfo]:
    """The members, each a plain file with a name that stays inside, together no more than there is room for."""
    size, names = 0, set[str]()
    for member in tar:
        size += member.size
        path = PurePosixPath(member.name)
        if not member.isfile() or path.is_absolute() or ".." in path.parts or not _is_known(member.name):
            raise DamagedBackup(f"{file} holds what no backup holds ({member.name[:80]!a}). Nothing was restored.")
        names.add(member.name)
        if size > room * MOST_ROOM or len(names) > MOST_PARTS:
            raise UserError(f"There is not enough room for what is in {file}. Nothing was restored.")
        yield member


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    """A plain file, for its owner alone. By hand: the Python of Debian 12 knows no filter for tar files."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = tar.extractfile(member)
    assert source is not None, "it was judged to be a plain file"
    with source, place.open("wb") as target:
        shutil.copyfileobj(source, target)
    place.chmod(0o600)


def _is_known(name: str) -> bool:
    return name in {MANIFEST, INDEX, *DATABASE.values()} or name.startswith((DEFINITIONS, PAPERS))


def _check(file: Path, unpacked: Path, manifest: Manifest, index: Index) -> None:
    """Raises DamagedBackup unless exactly what was packed is here, byte for byte."""
    if manifest.format > FORMAT:
        raise UserError(
            f"{file} was made by reviewflow {manifest.version}, which is newer than this one. Install that version, "
            "and restore with it. Nothing was restored."
        )
    parts = (*manifest.parts, *index.papers)
    there = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    if manifest.database not in DATABASE or there != {MANIFEST, *(part.name for part in parts)}:
        raise DamagedBackup(f"{file} does not hold what it says it holds. Nothing was restored.")
    changed = _changed(unpacked, parts)
    if changed:
        raise DamagedBackup(f"{file} is damaged: {changed[0]} is not what was put into it. Nothing was restored.")


def _changed(unpacked: Path, parts: Iterable[Part]) -> Sequence[str]:
    names = []
    for part in parts:
        with (unpacked / part.name).open("rb") as source:
            if measured_part(part.name, source) != part:
                names.append(part.name)
    return names
