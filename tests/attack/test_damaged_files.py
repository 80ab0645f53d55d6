"""A damaged file is never audited as whole: truncated, pages emptied, bytes flipped, or a copy without its log."""

import shutil
import sqlite3
from functools import partial
from pathlib import Path
from random import Random

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.service.records.audit import audit
from reviewflow.service.records.audit_heads import Head, broken
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.attack.office import TOY, build
from tests.attack.tamper import UNPROVEN

DAMAGES = 60
PAGE = 4096
MAY_CHANGE = tuple(f'INSERT INTO "{table}"' for table in UNPROVEN)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Head]:
    """A file in which everything is, without a log beside it."""
    path = tmp_path_factory.mktemp("damage") / "office.db"
    office, head = build(f"sqlite:///{path}")
    office.store.driver.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    office.store.close()
    return path, head


def damaged(content: bytes, seed: int) -> bytes:
    """The file truncated, with a page emptied, or with a hundred bytes of one page flipped."""
    random, changed = Random(seed), bytearray(content)
    page = random.randrange(0, len(content) // PAGE) * PAGE
    match seed % 3:
        case 0:
            return content[: random.randrange(100, len(content) - 1)]
        case 1:
            changed[page : page + PAGE] = bytes(PAGE)
        case _:
            for _ in range(100):
                changed[page + random.randrange(PAGE)] ^= 1 << random.randrange(8)
    return bytes(changed)


def words_of(path: Path, head: Head) -> list[str]:
    """What is said of a file, by whoever opens it or by the audit; nothing when it is whole."""
    store = open_store(f"sqlite:///{path}")
    office = Workspace(store, TOY)
    try:
        store.migrate()
        return [finding.words for finding in audit(office)[1]] + list(broken(office, [head]))
    except ReviewflowError as error:
        return [str(error)]
    finally:
        store.close()


def test_a_damaged_file_is_never_whole(kept: tuple[Path, Head], tmp_path: Path) -> None:
    path, head = kept
    content = path.read_bytes()
    assert words_of(shutil.copy(path, tmp_path / "same.db"), head) == []
    silent = []
    for seed in range(DAMAGES):
        copy = tmp_path / f"{seed}.db"
        copy.write_bytes(damaged(content, seed))
        is_used = copy.read_bytes() != content
        if is_used and not words_of(copy, head) and not _holds_the_same(copy, path):
            silent.append(seed)
    assert silent == []


def _holds_the_same(copy: Path, path: Path) -> bool:
    """Whether only bytes were damaged that hold nothing, or what may be changed: all else reads as before, in order."""
    dumps = []
    for file in (copy, path):
        connection = sqlite3.connect(file)
        connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
        try:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            dumps.append((whole, [line for line in connection.iterdump() if not line.startswith(MAY_CHANGE)]))
        finally:
            connection.close()
    return dumps[0] == dumps[1]


def test_a_copy_without_its_log_is_older_than_the_head(tmp_path: Path) -> None:
    """The file alone is whole, as it was before: only a head tells that it is not all."""
    path = tmp_path / "office.db"
    office, head = build(f"sqlite:///{path}")
    office.store.driver.rows("PRAGMA wal_checkpoint(PASSIVE)")
    alone = Path(shutil.copy(path, tmp_path / "alone.db"))
    reader = sqlite3.connect(alone)
    reader.close()
    office.store.close()
    before = Head(head.office, head.seals + 3, "0" * 64, head.at)
    words = words_of(alone, before)
    assert any("was cut off, or this is an older copy" in sentence for sentence in words)
