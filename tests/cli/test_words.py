"""A word of the command that is no text is refused before anything is done with it."""

import sys

import pytest

from reviewflow.cli import WRONG_USAGE, main


@pytest.mark.parametrize("word", ["--by=\udcff", "a\0b", "\ud800"])
def test_bytes_that_are_no_text_are_told_by_their_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["reviewflow", "complete", "RR-2026-001", word])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == WRONG_USAGE
    assert capsys.readouterr().err == (
        "The 3rd word after reviewflow has bytes that are not text. Type it again by hand. Nothing was done.\n"
    )
