"""The house stays one that a stranger finds their way in: few modules in a room, few lines in a module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.docs.names import PACKAGES
from tests.docs.reader import ROOT

MODULES, LINES = 15, 300
CODE = tuple(package for package in PACKAGES if package != "tests")

LONGER: Mapping[str, str] = {
    "reviewflow/cli/commands.py": "one line a command, in the order in which help lists them",
    "reviewflow/case/rules/edition.py": "one function a mended rule, by which each is looked for",
}
"""Modules that may be longer, and why."""


def crowded(root: Path) -> list[str]:
    """What a room or a module has too much of, in words; nothing where all is well."""
    rooms = Counter(path.parent for path in _modules(root) if path.name != "__init__.py")
    return [
        *(
            f"{_name(path, root)} is never imported: a package of that name stands beside it"
            for path in _modules(root)
            if path.with_suffix("").is_dir()
        ),
        *(
            f"{_name(room, root)} has {count} modules: cut it by role"
            for room, count in rooms.items()
            if count > MODULES
        ),
        *(
            f"{_name(path, root)} has {lines} lines: cut it by what a reader looks for"
            for path in _modules(root)
            if (lines := _lines(path)) > LINES and _name(path, root) not in LONGER
        ),
    ]


def _modules(root: Path) -> Iterator[Path]:
    for package in CODE:
        yield from (path for path in sorted((root / package).rglob("*.py")) if "versions" not in path.parts)


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def test_no_room_is_crowded_and_no_module_long() -> None:
    assert crowded(ROOT) == []


@pytest.mark.parametrize("name", LONGER)
def test_what_may_be_longer_still_is(name: str) -> None:
    assert _lines(ROOT / name) > LINES, f"{name} is short again: take it out of LONGER"


def test_what_is_too_much_is_told(tmp_path: Path) -> None:
    room = tmp_path / "reviewflow" / "attic"
    room.mkdir(parents=True)
    (room / "__init__.py").write_text("")
    for number in range(MODULES):
        (room / f"box_{number}.py").write_text("")
    assert crowded(tmp_path) == []
    (room / "one_more.py").write_text("\n" * (LINES + 1))
    room.with_suffix(".py").write_text("")
    assert crowded(tmp_path) == [
        "reviewflow/attic.py is never imported: a package of that name stands beside it",
        "reviewflow/attic has 16 modules: cut it by role",
        "reviewflow/attic/one_more.py has 301 lines: cut it by what a reader looks for",
    ]
