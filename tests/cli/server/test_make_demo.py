"""`make demo` is stopped by Ctrl-C, as it says itself, and that is no error."""

import os
import signal
import subprocess
from pathlib import Path

PROGRAM = """#!/bin/sh
trap 'echo stopped; exit {status}' INT
echo ready
while :; do sleep 0.1; done
"""


def said(folder: Path, status: int) -> str:
    """What is printed after Ctrl-C, which the terminal tells to all, where the program ends with this status."""
    program = folder / "reviewflow"
    program.write_text(PROGRAM.format(status=status))
    program.chmod(0o700)
    words = ["make", "-o", ".venv/installed", "demo", f"BIN={folder}"]
    typed_by_hand = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    with subprocess.Popen(
        words, env=typed_by_hand, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as make:
        assert make.stdout is not None
        assert make.stdout.readline() == "ready\n"
        os.killpg(make.pid, signal.SIGINT)
        return make.stdout.read()


def test_ctrl_c_is_no_error(tmp_path: Path) -> None:
    told = said(tmp_path, 130)
    assert "stopped" in told
    assert "***" not in told


def test_any_other_end_is_one(tmp_path: Path) -> None:
    assert "Error" in said(tmp_path, 1)


def test_ctrl_c_is_heeded_where_the_tests_run_in_the_background() -> None:
    """A shell has what it starts there ignore it, and all that this starts: tests of Ctrl-C waited until the end."""
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
