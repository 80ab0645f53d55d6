"""Which cases a sweep shows anew; found from their runs, a number and a query, without looking into a case."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewflow.london import stamp
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Sweep
from tasks.server.prefect_api import Prefect, Run, connected, state
from tasks.views import case_picture as p
from tasks.views import work_items as w
from tasks.views.view import _show_all
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


class Listed(Prefect):
    """A server that has these runs, without one; and how many of them it listed."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.all, self.listed = runs, 0

    def unended(self, flow: str, *but: str) -> Iterator[Run]:
        key = p.KEY if flow == p.FLOW else w.KEY
        for found in self.all:
            if key in found.labels and found.type not in but:
                self.listed += 1
                yield found

    def waiting(self, flow: str) -> int:
        key = p.KEY if flow == p.FLOW else w.KEY
        return sum(key in found.labels and found.type == "PAUSED" for found in self.all)


def numbered(runs: Sequence[Run]) -> Listed:
    return Listed([replace(each, id=str(number)) for number, each in enumerate(runs)])


WHOLE = [case("A", 1), form("A"), case("B", 0)]


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        (WHOLE, set()),
        ([case("A", 1), case("B", 0)], {"A"}),
        ([*WHOLE, form("B")], {"B"}),
        ([*WHOLE, form("A")], {"A"}),
        ([case("A", 1), form("A", "SCHEDULED"), case("B", 0)], {"A"}),
        ([*WHOLE, form("B", "RUNNING")], {"B"}),
        ([case("A", 1), form("A"), case("B", 0, "RUNNING")], {"B"}),
        ([case("A", 1), form("A")], {"B"}),
        ([*WHOLE, case("B", 0)], {"B"}),
        ([*WHOLE, case("C", 0)], {"C"}),
        ([*WHOLE, form("C")], {"C"}),
        ([*WHOLE, form("C", "SCHEDULED")], {"C"}),
        ([case("A", 1, hourly=True), form("A"), case("B", 0)], {"A"}),
        ([replace(WHOLE[0], labels={p.KEY: "A"}), form("A"), case("B", 0)], {"A"}),
    ],
)
def test_what_somebody_touched_is_shown_anew(runs: list[Run], found: set[str]) -> None:
    assert touched(numbered(runs), {"A", "B"}) == found


def test_while_as_many_forms_wait_as_were_laid_out_none_is_listed() -> None:
    whole = numbered([case("A", 8), case("B", 0), *(form("A") for _ in range(8))])
    assert (touched(whole, {"A", "B"}), whole.listed) == (set(), 2)
    one_gone = numbered([case("A", 8), case("B", 0), *(form("A") for _ in range(7))])
    assert (touched(one_gone, {"A", "B"}), one_gone.listed) == ({"A"}, 9)


def test_a_sweep_shows_what_changed_and_the_first_of_a_day_all(office: Workspace) -> None:
    first, second = opened(office), opened(office)
    assert to_draw(office, numbered([]), {first, second}, now=NOW) is None
    office.store.record_sweep(Sweep(stamp(at(12, 9)), stamp(at(12, 9)), 0, 0, 0, ""))
    views, _, _ = pictures(office, office.store.cases(), now=NOW)
    for row in office.store.cases():
        office.store.mirrored(row.reference, row.number)
    runs = numbered(
        [case(view.reference, view.forms) for view in views]
        + [form(view.reference) for view in views for _ in range(view.forms)]
    )
    assert all(view.forms for view in views)
    assert to_draw(office, runs, {first, second}, now=NOW) == set()
    done(office, first, "agency_return/police", NOW)
    assert to_draw(office, runs, {first, second}, now=NOW) == {first}
    assert to_draw(office, runs, {first, second}, now=at(13)) is None


@pytest.mark.slow
@pytest.mark.usefixtures("api")
def test_what_was_done_by_hand_on_a_real_server_is_mended_and_nothing_else_listed(office: Workspace) -> None:
    first, second = opened(office), opened(office)
    office.store.record_sweep(Sweep(stamp(NOW), stamp(NOW), 0, 0, 0, ""))
    with connected() as prefect:
        for left in list(prefect.runs(None)):
            prefect.delete_run(left.id)
        assert _show_all(office, prefect, now=NOW).changed > 0
        names = {reference: sorted(each.name for each in prefect.runs({reference})) for reference in (first, second)}
        quiet = _show_all(office, prefect, now=NOW)
        assert (quiet.changed, quiet.cases, quiet.work) == (0, {}, {})
        for by_hand in (_delete_a_form, _cancel_a_form, _delete_the_case):
            by_hand(prefect, second)
            mended = _show_all(office, prefect, now=NOW)
            assert (mended.changed, mended.cases.total()) == (1, 1), by_hand
            assert {name: sorted(each.name for each in prefect.runs({name})) for name in names} == names


def _a_form(prefect: Prefect, reference: str) -> str:
    return next(each.id for each in prefect.runs({reference}) if w.KEY in each.labels)


def _delete_a_form(prefect: Prefect, reference: str) -> None:
    prefect.delete_run(_a_form(prefect, reference))


def _cancel_a_form(prefect: Prefect, reference: str) -> None:
    prefect.set_state(_a_form(prefect, reference), state("CANCELLED", "Cancelled"))


def _delete_the_case(prefect: Prefect, reference: str) -> None:
    prefect.delete_run(next(each.id for each in prefect.runs({reference}) if p.KEY in each.labels))
