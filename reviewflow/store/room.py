"""Whether a database server has room on its disk, which only the server can tell."""

from __future__ import annotations

from reviewflow.store.drivers.driver import Driver
from reviewflow.store.errors import DiskFull

_IN_FILES = "SELECT set_config('work_mem', '64kB', true)"
_A_SEGMENT = "SELECT count(*) FROM generate_series(1, 700000) AS number"
"""Rows that the server keeps in a file until it has counted them: more than the 16 MB that PostgreSQL takes at once for
its log, without which it breaks down.
"""


def server_has_room(driver: Driver) -> bool:
    """Whether a PostgreSQL server can write as much as it soon will; nothing of it stays, and nothing is changed.

    Raises StoreUnavailable where it does not answer.
    """
    with driver.snapshot():
        driver.rows(_IN_FILES)
        try:
            driver.rows(_A_SEGMENT)
        except DiskFull:
            return False
    return True
