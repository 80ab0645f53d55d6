"""Bank holidays from the cache are those of the library."""

import subprocess
import sys
from pathlib import Path

import pytest

from reviewflow.service.workspace.days.bank_holiday_overlay import FIRST_YEAR, LAST_YEAR, REGIONS
from reviewflow.service.workspace.days.bank_holidays import bank_holidays

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


def test_what_was_kept_is_what_the_library_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for subdivision in REGIONS.values():
        bank_holidays.cache_clear()
        first = bank_holidays(subdivision, YEARS)
        bank_holidays.cache_clear()
        assert list(bank_holidays(subdivision, YEARS).items()) == list(first.items())
    assert len(list(tmp_path.glob("reviewflow/holidays-*"))) == len(REGIONS)


def test_what_was_kept_is_given_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    program = (
        "import sys; from reviewflow.service.workspace.days.bank_holidays import bank_holidays\n"
        "print(len(bank_holidays('ENG', range(2026, 2027))), 'holidays' in sys.modules)"
    )
    said = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in "ab"]
    assert [each.stdout.split() for each in said] == [["9", "True"], ["9", "False"]]
