"""A place that cannot be written to is for whoever named it to put right; it is no bug."""

import subprocess
import sys
from pathlib import Path

import pytest

from reviewflow.cli.console import stop_words


@pytest.mark.parametrize("place", ["nowhere/at/all.csv", "a_file/x.csv"])
def test_it_is_told_by_its_name(tmp_path: Path, place: str) -> None:
    (tmp_path / "a_file").write_text("")
    database = f"sqlite:///{tmp_path}/r.db"
    run = [sys.executable, "-c", "from reviewflow.cli import main; main()"]
    given = ["log", "-o", str(tmp_path / place), "--database", database]
    subprocess.run([*run, "delivery", "--database", database], check=True, capture_output=True)
    done = subprocess.run([*run, *given], check=False, capture_output=True, text=True)
    assert (done.returncode, "cannot be used: " in done.stderr) == (1, True), done.stderr
    assert str(tmp_path / place.partition("/")[0]) in done.stderr


def test_what_is_wrong_with_the_machine_is_no_place_but_an_outage() -> None:
    words = "/dev/x cannot be used: Input/output error. Nothing was half done; try again."
    assert stop_words(OSError(5, "Input/output error", "/dev/x")) == (words, 3)
