"""What was started ends with whoever started it, however that ended."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PART = """
import os, threading
from reviewflow.cli.server.parent import end_with_parent
end_with_parent(os.environ)
threading.Event().wait(60)
"""
STARTER = """
import sys, threading
from pathlib import Path
from reviewflow.cli.server.supervisor import _start
print(_start(["-c", sys.argv[1]], Path(sys.argv[2]), {"PYTHONPATH": sys.argv[3]}).pid, flush=True)
threading.Event().wait(60)
"""
PATIENCE = 30


def is_at_work(process: int) -> bool:
    """Whether it is there and has not ended; one that nobody waited for stays as a zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_part_ends_with_a_parent_that_was_killed_outright(tmp_path: Path) -> None:
    words = [sys.executable, "-c", STARTER, PART, str(tmp_path / "part.log"), str(Path.cwd())]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        part = int(starter.stdout.readline())
        try:
            time.sleep(2)
            assert is_at_work(part), (tmp_path / "part.log").read_text()
            starter.send_signal(signal.SIGKILL)
            deadline = time.monotonic() + PATIENCE
            while is_at_work(part):
                assert time.monotonic() < deadline, "it went on alone"
                time.sleep(0.2)
        finally:
            starter.kill()
            if is_at_work(part):
                os.kill(part, signal.SIGKILL)
