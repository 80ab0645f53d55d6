"""The answer pages as they are for real: a process of its own, on a port of this machine."""

import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.web.letters import TOY

PATIENCE = 60.0


@contextmanager
def serving(environ: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The server, killed at the end."""
    words = [sys.executable, "-m", "flows.door", "--port", str(port)]
    child = subprocess.Popen(words, env=environ, cwd=TOY.parent.parent)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2)
            break
        except OSError:
            assert time.monotonic() < deadline, "the answer pages did not start"
            assert child.poll() is None, "the answer pages ended"
            time.sleep(0.1)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait(PATIENCE)
