"""One SQLite file, several connections in one process and a second process that comes and goes."""

import subprocess
import sys
from pathlib import Path

from reviewflow.store import open_store
from tests.store.builders import change, opened

COMES_AND_GOES = (
    "import sys; from reviewflow.store import open_store; s = open_store(sys.argv[1]); s.cases(); s.close()"
)


def test_a_second_connection_keeps_the_locks_of_the_first(sqlite_url: str) -> None:
    """POSIX drops all of a process's locks on a file when it closes any handle on it: then the next process to go
    takes itself for the last one, and clears away the log that we still write to."""
    store = open_store(sqlite_url)
    store.migrate()
    case = opened(store)
    open_store(sqlite_url).cases()
    subprocess.run([sys.executable, "-c", COMES_AND_GOES, sqlite_url], check=True)
    assert Path(sqlite_url.removeprefix("sqlite:///") + "-wal").exists()
    store.append(change(case, events=2))
    again = open_store(sqlite_url)
    assert [row.number for row in again.cases()] == [3]
    again.close()
    store.close()
