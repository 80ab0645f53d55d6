"""Commands about one process look at that process: errors in what it does not use are told, and stop nothing."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reviewflow.cli import app

SPARE = "messages/spare.yaml"
COMMANDS = ["explain learning", "preview learning --now 2026-05-05", "diagram learning --format mmd"]


def reviewflow(folder: Path, words: str) -> Result:
    return CliRunner().invoke(app, [*words.split(), "--definitions", str(folder)])


@pytest.mark.parametrize("words", COMMANDS)
def test_errors_in_what_a_process_does_not_use_are_told_and_stop_nothing(words: str, folder: Path) -> None:
    sound = reviewflow(folder, words)
    (folder / SPARE).write_text("language: 1\nmessage: spare\n")
    done = reviewflow(folder, words)
    assert (sound.exit_code, sound.stderr) == (0, "")
    assert (done.exit_code, done.stdout) == (0, sound.stdout)
    assert done.stderr == (
        "Other definitions have errors, which stop nothing here: spare.yaml. To read them: reviewflow check\n"
    )


@pytest.mark.parametrize("words", COMMANDS)
def test_errors_in_what_it_uses_stop_it_and_no_others_are_told(words: str, folder: Path) -> None:
    (folder / SPARE).write_text("language: 1\nmessage: spare\n")
    path = folder / "processes/learning.yaml"
    path.write_bytes(path.read_bytes() + b"stpes: {}\n")
    done = reviewflow(folder, words)
    assert done.exit_code == 1
    assert ("learning.yaml" in str(done.exception), "spare.yaml" in str(done.exception)) == (True, False)
