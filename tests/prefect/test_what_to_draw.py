"""Which cases a sweep shows anew; found from a list of runs and a query, without looking into a case."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewflow.london import stamp
from reviewflow.service.views.board.pictures import pictures
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Sweep
from tasks.server.prefect_api import Run
from tasks.views import case_picture as p
from tasks.views import work_items as w
from tasks.views.what_to_draw import to_draw, touched
from tests.service.builders import at, done, opened
from tests.service.conftest import office

__all__ = ["office"]

NOW = datetime(2026, 5, 12, 10, tzinfo=UTC)


def run(kind: str = "PAUSED", **labels: object) -> Run:
    return Run("id", "name", frozenset(), labels, kind, "Waiting", "", NOW)


def case(reference: str, forms: int, kind: str = "PAUSED", *, hourly: bool = False) -> Run:
    return run(kind, **{p.KEY: reference, p.FORMS: forms, p.BY_THE_HOUR: int(hourly)})


def form(reference: str, kind: str = "PAUSED") -> Run:
    return run(kind, **{w.KEY: f"{reference}/set_up/1"})


WHOLE = [case("A", 1), form("A"), case("B", 0)]


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        (WHOLE, set()),
        ([case("A", 1), case("B", 0)], {"A"}),
        ([*WHOLE, form("B")], {"B"}),
        ([case("A", 1), form("A", "SCHEDULED"), case("B", 0)], {"A"}),
        ([case("A", 1), form("A"), case("B", 0, "RUNNING")], {"B"}),
        ([case("A", 1), form("A")], {"B"}),
        ([*WHOLE, case("B", 0)], {"B"}),
        ([*WHOLE, case("C", 0)], {"C"}),
        ([*WHOLE, form("C")], {"C"}),
        ([case("A", 1, hourly=True), form("A"), case("B", 0)], {"A"}),
        ([replace(WHOLE[0], labels={p.KEY: "A"}), form("A"), case("B", 0)], {"A"}),
    ],
)
def test_what_somebody_touched_is_shown_anew(runs: list[Run], found: set[str]) -> None:
    assert touched(runs, {"A", "B"}) == found


def test_a_sweep_shows_what_changed_and_the_first_of_a_day_all(office: Workspace) -> None:
    first, second = opened(office), opened(office)
    assert to_draw(office, [], {first, second}, now=NOW) is None
    office.store.record_sweep(Sweep(stamp(at(12, 9)), stamp(at(12, 9)), 0, 0, 0, ""))
    views, _, _ = pictures(office, office.store.cases(), now=NOW)
    for row in office.store.cases():
        office.store.mirrored(row.reference, row.number)
    runs = [case(view.reference, view.forms) for view in views]
    runs += [form(view.reference) for view in views for _ in range(view.forms)]
    assert all(view.forms for view in views)
    assert to_draw(office, runs, {first, second}, now=NOW) == set()
    done(office, first, "agency_return/police", NOW)
    assert to_draw(office, runs, {first, second}, now=NOW) == {first}
    assert to_draw(office, runs, {first, second}, now=at(13)) is None
