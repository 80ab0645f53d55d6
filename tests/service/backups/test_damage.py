"""A file that is damaged, cut, or made to harm is refused in words, and nothing is left behind."""

import io
import json
import random
import tarfile
from pathlib import Path

import pytest

from reviewflow.service.backups.encryption import new_key, recipients
from reviewflow.service.backups.errors import DamagedBackup
from reviewflow.service.backups.unpacking import unpack
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.backups.offices import Safe, backed_up, brought_back
from tests.service.builders import opened

FLIPS = 40
GZIP_HEADER = 30  # with the name of the file that was packed


@pytest.mark.parametrize("name", ["backup.age", "plain.tar.gz"])
def test_a_flipped_byte_or_a_cut_is_refused(in_a_file: Workspace, safe: Safe, name: str) -> None:
    opened(in_a_file)
    file = safe.folder / name
    backed_up(in_a_file, file, safe.public if name.endswith("age") else "")
    whole, chance, bad = file.read_bytes(), random.Random(4), safe.folder / f"bad-{name}"
    before = sorted(path.name for path in (*safe.folder.iterdir(), bad))
    for turn in range(FLIPS):
        at = chance.randrange(len(whole))
        damaged = (
            whole[:at] if turn % 2 else whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
        )
        bad.write_bytes(damaged)
        if turn % 2 == 0 and name == "plain.tar.gz" and at < GZIP_HEADER:
            continue  # the packing's moment and system carry nothing
        with pytest.raises(DamagedBackup, match="Nothing was restored"):
            brought_back(safe.order(bad))
        assert sorted(path.name for path in safe.folder.iterdir()) == before


@pytest.mark.parametrize("behind", range(1, 15))
def test_what_is_damaged_or_cut_behind_the_last_member_is_refused(
    in_a_file: Workspace, safe: Safe, behind: int
) -> None:
    """The check sum stands there, and nothing that is unpacked."""
    opened(in_a_file)
    file = safe.folder / "plain.tar.gz"
    backed_up(in_a_file, file, "")
    whole, bad = file.read_bytes(), safe.folder / "bad.tar.gz"
    at = len(whole) - behind
    for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
        bad.write_bytes(damaged)
        with pytest.raises(DamagedBackup, match="Nothing was restored"):
            brought_back(safe.order(bad))


def packed(file: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(file, "w:gz") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return file


def link(name: str, to: str, kind: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, to
    return member


@pytest.mark.parametrize(
    "member",
    [
        tarfile.TarInfo("/etc/passwd"),
        tarfile.TarInfo("definitions/../../outside"),
        tarfile.TarInfo("elsewhere/file"),
        link("definitions/a", "/etc/passwd", tarfile.SYMTYPE),
        link("definitions/b", "../../outside", tarfile.LNKTYPE),
        link("documents/c", "", tarfile.CHRTYPE),
        link("documents/d", "", tarfile.DIRTYPE),
    ],
    ids=lambda member: member.name,
)
def test_what_no_backup_holds_is_not_unpacked(safe: Safe, member: tarfile.TarInfo) -> None:
    file = packed(safe.folder / "bad.tar.gz", (member, b""))
    with pytest.raises(DamagedBackup, match="holds what no backup holds"):
        brought_back(safe.order(file))
    assert sorted(path.name for path in safe.folder.iterdir()) == ["bad.tar.gz", "secret.txt", "secret.txt.pub"]


def test_a_size_that_no_disk_has_is_refused_before_anything_is_unpacked(safe: Safe) -> None:
    huge = tarfile.TarInfo("documents/huge")
    huge.size = 1 << 60
    file = safe.folder / "bad.tar"
    file.write_bytes(huge.tobuf())
    import gzip

    file.write_bytes(gzip.compress(file.read_bytes() + bytes(4096)))
    with pytest.raises(UserError, match="not enough room"):
        brought_back(safe.order(file))


@pytest.mark.parametrize("content", [b"", b"x", b"age-encryption.org/v1\n", b"\x1f\x8b", b"PK\x03\x04" * 90])
def test_what_is_no_backup_is_said_to_be_none(safe: Safe, content: bytes) -> None:
    (safe.folder / "file").write_bytes(content)
    with pytest.raises(DamagedBackup, match="Nothing was restored"):
        brought_back(safe.order(safe.folder / "file"))


def test_a_backup_of_a_newer_version_is_told_from_a_damaged_one(in_a_file: Workspace, safe: Safe) -> None:
    backed_up(in_a_file, safe.folder / "plain", "")
    with tarfile.open(safe.folder / "plain") as tar:
        members = [(member, (tar.extractfile(member) or io.BytesIO()).read()) for member in tar]
    newer = [
        (member, json.dumps({**json.loads(content), "schema_version": "9999"}).encode())
        if member.name == "manifest.json"
        else (member, content)
        for member, content in members
    ]
    with pytest.raises(UserError, match="which is newer than this one"):
        brought_back(safe.order(packed(safe.folder / "newer", *newer)))


def test_the_wrong_key_and_no_key_are_told_apart(in_a_file: Workspace, safe: Safe) -> None:
    file, other = safe.made(in_a_file), safe.folder / "other.txt"
    new_key(other)
    with pytest.raises(DamagedBackup, match="was encrypted for another key"):
        unpack(file, safe.folder, other)
    with pytest.raises(UserError, match="Name the file with its secret key"):
        unpack(file, safe.folder, None)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("age1nonsense", '"age1nonsense" is not a public key'),
        ("AGE-SECRET-KEY-1CANARY", "This is a secret key"),
        ("nowhere.txt", '"nowhere.txt" is neither a public key'),
    ],
)
def test_what_is_no_public_key_is_refused_and_no_secret_repeated(given: str, says: str) -> None:
    with pytest.raises(UserError) as refused:
        recipients([given])
    assert says in str(refused.value)
    assert "CANARY" not in str(refused.value)


def test_keys_may_stand_in_a_file_and_a_key_is_never_written_over(safe: Safe) -> None:
    several = safe.folder / "keys.txt"
    several.write_text(f"# the office\n{safe.public}\n\n{new_key(safe.folder / 'second.txt')}\n")
    assert len(recipients([str(several)])) == 2
    with pytest.raises(UserError, match="is there already"):
        new_key(safe.secret)
