"""What is kept between commands: whole and ours, or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewflow.service.workspace.cache import MOST, code_digest, digest_of, keep, recall


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "reviewflow"


def test_what_was_kept_is_recalled_and_for_nobody_else_to_read(place: Path) -> None:
    assert recall("entry") is None
    keep("entry", "what it says: é\n")
    assert recall("entry") == "what it says: é\n"
    assert recall("other") is None
    assert (place.stat().st_mode & 0o777, (place / "entry").stat().st_mode & 0o777) == (0o700, 0o600)
    assert [path.name for path in place.iterdir()] == ["entry"]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[:-1],
    "longer": lambda data: data + b" ",
    "empty": lambda _: b"",
    "no text": lambda _: b"\xff",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_an_entry_that_is_damaged_counts_as_none_and_is_written_anew(
    place: Path, damage: Callable[[bytes], bytes]
) -> None:
    keep("entry", "a text")
    (place / "entry").write_bytes(damage((place / "entry").read_bytes()))
    assert recall("entry") is None
    keep("entry", "a text")
    assert recall("entry") == "a text"


def test_what_others_can_write_is_not_believed(place: Path, tmp_path: Path) -> None:
    keep("entry", "a text")
    (place / "entry").chmod(0o646)
    assert recall("entry") is None
    keep("entry", "a text")
    (place / "entry").rename(tmp_path / "elsewhere")
    (place / "entry").symlink_to(tmp_path / "elsewhere")
    assert recall("entry") is None
    (place / "entry").unlink()
    keep("entry", "a text")
    place.chmod(0o777)
    assert recall("entry") is None
    keep("new", "a text")
    assert not (place / "new").exists()


def test_a_place_that_cannot_be_had_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(place))
        keep("entry", "a text")
        assert recall("entry") is None


def test_an_entry_that_is_used_stays_however_old_it_is(place: Path) -> None:
    keep("used", "a text")
    for number in range(MOST + 2):
        os.utime(place / "used", (number, number))
        assert recall("used") == "a text"
        keep(f"{number}", "a text")
        os.utime(place / f"{number}", (number + 1, number + 1))


def test_of_many_entries_the_oldest_go(place: Path) -> None:
    for number in range(MOST + 2):
        keep(f"{number}", "a text")
        if (place / f"{number}").exists():
            os.utime(place / f"{number}", (number, number))
    assert recall("0") is None
    assert len(list(place.iterdir())) <= MOST + 1


def test_a_digest_tells_where_one_part_ends_and_the_next_begins() -> None:
    assert digest_of([b"ab", b"c"]) != digest_of([b"a", b"bc"]) != digest_of([b"abc"])
    assert code_digest() == code_digest() != digest_of([])
