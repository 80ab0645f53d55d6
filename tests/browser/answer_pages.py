"""The answer pages served for a browser: uvicorn in a thread of this process, on a port that was free."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

START = 20.0


@contextmanager
def served(app: ASGIApp, port: int) -> Iterator[None]:
    """The application until the block ends."""
    config = uvicorn.Config(app, host="127.0.0.1", port=port, access_log=False, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START
    while not server.started:
        assert time.monotonic() < deadline, "the answer pages did not start"
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(START)
