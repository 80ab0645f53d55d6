"""Attacks by several processes: each is tried once, every kind first, and what came of them is counted."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.attack.runs import Came, asked, chosen, in_turn, try_all


@dataclass(frozen=True)
class Aim:
    table: str
    column: str
    row: int

    @property
    def about(self) -> tuple[str, str]:
        return self.table, self.column


AIMS = [Aim(table, column, row) for table in ("cases", "items") for column in "ab" for row in range(5)]


def tried(aim: Aim, folder: Path) -> Came:
    assert folder.is_dir()
    return Came(aim.table, "harmed" if aim.row == 4 else "whole", f"{aim} harmed" if aim.row == 4 else "")


def test_each_kind_comes_before_a_second_of_any() -> None:
    order = in_turn(AIMS, seed=1)
    assert sorted(order, key=str) == sorted(AIMS, key=str)
    assert [len({aim.about for aim in order[first : first + 4]}) for first in range(0, 20, 4)] == [4] * 5
    assert order == in_turn(AIMS, seed=1)
    assert order != in_turn(AIMS, seed=2)


def test_as_many_are_chosen_and_of_such_tables_as_is_asked() -> None:
    assert chosen(AIMS, asked(["--count", "3"], "")) == chosen(AIMS, asked(["3"], "")) == in_turn(AIMS, 26)[:3]
    assert len(chosen(AIMS, asked([], ""))) == len(AIMS)
    assert chosen(AIMS, asked(["--first", "3", "--count", "4"], "")) == in_turn(AIMS, 26)[3:7]
    assert {aim.table for aim in chosen(AIMS, asked(["--only", "items"], ""))} == {"items"}


def test_what_came_of_them_is_counted_by_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = try_all(AIMS, tried, tmp_path, workers=2)
    assert len(figures.faults) == 4
    assert figures.as_table(["whole", "harmed"]).split("\n") == [
        "table  tried  whole  harmed",
        "cases     10      8       2",
        "items     10      8       2",
        "all       20     16       4",
    ]
    told = capsys.readouterr()
    assert told.out.splitlines() == figures.faults
    assert told.err.startswith("20 of 20, 4 faults, ")
