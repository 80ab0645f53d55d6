"""What a case costs in Prefect's database over its life.

Not counted: events, which fall away after seven days, and sweeps, which do so after thirty.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewflow.service.views.in_prefect.shown import CaseView, Standing, WorkView
from tasks.server.prefect_api import Prefect
from tasks.views.view import reconcile_with
from tests.prefect import builders as b

pytestmark = pytest.mark.slow

CASES, WORK = 3, 12
MOST = 140_000
"""Bytes a case; of so few some come to lie in pages of the database that were begun before."""
DRAWING = "x" * 9_000
"""As long as the page of a rapid review with its drawing."""


@pytest.mark.usefixtures("api")
def test_a_case_costs_less_than_150_kb_over_its_life(prefect: Prefect, prefect_environment: dict[str, str]) -> None:
    database = Path(prefect_environment["PREFECT_HOME"]) / "prefect.db"
    before = size(database)
    for name in [b.reference() for _ in range(CASES)]:
        live(prefect, name)
    each = (size(database) - before) // CASES
    print(f"{each} bytes a case")
    assert each < MOST


def live(prefect: Prefect, name: str) -> None:
    """Twelve things are owed, become due soon and overdue, and are done; the page changes on twenty days."""
    ended: dict[str, Standing] = {}
    steps = [(Standing.OPEN, 3), (Standing.DUE_SOON, 8), (Standing.OVERDUE, 8)]
    number = 3
    for standing, days in steps:
        for _ in range(days):
            number += 1
            owed = work(name, standing)
            show(prefect, b.case(name, number=number, label=str(standing), page=f"{DRAWING} {number}"), owed, ended)
    ended = {view.key: Standing.DONE_LATE for view in work(name, Standing.OVERDUE)}
    show(prefect, b.case(name, number=99, closed=True, label="Done", page=DRAWING), [], ended)


def work(name: str, standing: Standing) -> list[WorkView]:
    return [b.work(name, f"owner_{number}", standing=standing) for number in range(WORK)]


def show(prefect: Prefect, case: CaseView, owed: Sequence[WorkView], ended: dict[str, Standing]) -> None:
    reconcile_with(prefect, [case], owed, ended, within={case.reference})


def size(database: Path) -> int:
    """Bytes of tables and their indexes, but for those of events."""
    with sqlite3.connect(database, timeout=60) as reader:
        if not reader.execute("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'").fetchone():
            pytest.skip("this Python's SQLite does not say how large a table is")
        (used,) = reader.execute("SELECT sum(pgsize) FROM dbstat WHERE name NOT LIKE '%event%'").fetchone()
    reader.close()
    return int(used)
