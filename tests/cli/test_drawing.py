"""The drawing command as a person uses it."""

import subprocess
import sys
from pathlib import Path

import pytest

TOY = Path(__file__).parent.parent / "toy"
SIGNS = {"svg": b"<svg", "png": b"\x89PNG", "mmd": b"---", "md": b"# Review", "bpmn": b"<?xml"}


def reviewflow(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own: pictures go to standard output as bytes."""
    script = "from reviewflow.cli import main; main()"
    command = [sys.executable, "-c", script, "diagram", *words, "--definitions", str(TOY)]
    return subprocess.run(command, capture_output=True, cwd=folder, check=False)


@pytest.mark.parametrize("form", SIGNS)
def test_the_files_ending_says_the_form(tmp_path: Path, form: str) -> None:
    done = reviewflow(tmp_path, "review", "-o", f"review.{form}")
    assert (done.returncode, done.stdout) == (0, f"wrote review.{form}\n".encode()), done.stderr
    written = (tmp_path / f"review.{form}").read_bytes()
    assert written.startswith(SIGNS[form])
    assert reviewflow(tmp_path, "review", "-o", "-", "--format", form).stdout == written


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("reveiw", "-o", "x.svg"), 1, 'Did you mean "review"?'),
        (("review", "-o", "x.pdf"), 2, "End it in .svg, .png, .mmd, .md or .bpmn"),
        (("review", "-o", "-"), 2, "--format svg"),
        (("review", "-o", "nowhere/x.svg"), 2, "There is no folder nowhere"),
    ],
)
def test_what_cannot_be_drawn_is_said(tmp_path: Path, words: tuple[str, ...], status: int, said: str) -> None:
    done = reviewflow(tmp_path, *words)
    assert (done.returncode, said in " ".join(done.stderr.decode().split())) == (status, True), done.stderr
    assert list(tmp_path.iterdir()) == []
