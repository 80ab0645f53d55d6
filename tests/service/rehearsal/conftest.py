"""The commands of the office, run in a folder of their own without a database."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewflow.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def reviewflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run reviewflow on the shipped definitions; gives exit status, output and what was said on standard error."""
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(Path(__file__).parents[3] / "definitions"))
    monkeypatch.setenv("REVIEWFLOW_DATABASE", "nothing:here")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reviewflow", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run
