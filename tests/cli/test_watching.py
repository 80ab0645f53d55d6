"""watch: each save is checked and drawn, by the real program on real files."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

DEFINITIONS = Path(__file__).parents[1] / "toy"
"""Few files: all that is shipped takes ten times as long to check and draw, three times over."""
LONGEST = 300.0
_PROGRAM = "import sys; from reviewflow.cli import main; sys.argv[0] = 'reviewflow'; main()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    return tmp_path


@contextmanager
def watching(folder: Path, drawing: Path) -> Iterator[subprocess.Popen[str]]:
    """The program at work, which is ended however the test ends."""
    command = [sys.executable, "-u", "-c", _PROGRAM, "watch", "review", "-o", str(drawing)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as program:
        stop = Timer(LONGEST, program.kill)
        stop.start()
        try:
            yield program
        finally:
            stop.cancel()
            program.kill()


def save(file: Path, text: str) -> None:
    """All at once, as editors do: half a file is never seen."""
    beside = file.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def lines_until(program: subprocess.Popen[str], words: str) -> Iterator[str]:
    assert program.stdout is not None
    for line in program.stdout:
        yield line.rstrip()
        if words in line:
            return
    raise AssertionError(f"{words!r} was never said")


def test_a_mistake_is_told_when_it_is_saved_and_the_drawing_follows_when_it_is_mended(folder: Path) -> None:
    file, drawing = folder / "definitions" / "processes" / "review.yaml", folder / "review.svg"
    good = file.read_text(encoding="utf-8")
    with watching(folder, drawing) as program:
        begun = list(lines_until(program, "Ctrl-C"))
        first = drawing.read_bytes()
        save(file, good.replace("after notified", "after notifed", 1))
        wrong = list(lines_until(program, "was not drawn again"))
        assert drawing.read_bytes() == first
        save(file, good.replace("title: Review meeting", "title: Talk about a case"))
        mended = list(lines_until(program, "wrote"))
        program.send_signal(signal.SIGINT)
        assert program.wait(LONGEST) == 0
    assert any("no problems" in line for line in begun)
    assert "Saved: review.yaml" in wrong
    assert any('Did you mean "notified"?' in line for line in wrong)
    assert any("no problems" in line for line in mended)
    assert drawing.read_bytes() != first


@pytest.mark.parametrize("words", [["watch", "review"], ["watch", "review", "-o", "x.docx"]])
def test_half_a_wish_is_refused_before_anything_is_watched(words: list[str], folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "review.svg" in done.stderr or ".svg" in done.stderr
