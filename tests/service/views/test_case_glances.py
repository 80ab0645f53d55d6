"""What a list says of a case is what its page says."""

from datetime import date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.rules.standing import Standing
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.messages.clock_words import CLOCK_WORDS, ClockWords, basis_of, kept_words
from reviewflow.service.sweep.clock_words import keep_clock_words
from reviewflow.service.views.case_glances import CaseGlance, NextLimit, case_glances
from reviewflow.service.views.case_page.page import describe_case
from reviewflow.service.views.case_page.shapes import CasePage
from reviewflow.service.workspace.past_cases import LENGTHS
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at

SHIPPED = Path(__file__).parents[3] / "definitions"
AGENCIES = ("police", "childrens_social_care", "education")
EARLY = date(2026, 5, 5)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A case of every shipped process that opens with days alone, one with holds, and one withdrawn."""
    folder = tmp_path_factory.mktemp("glances")
    store = open_store(f"sqlite:///{folder}/cases.db")
    store.migrate()
    office = Workspace(store, SHIPPED, papers=folder)
    for process in office.processes().values():
        opening = process.opening
        if not opening.times and not getattr(opening, "calendar", None):
            dates = dict.fromkeys(opening.dates, EARLY)
            open_case(office, process.process, c.Open(dates, AGENCIES if opening.agencies else ()), by="x", now=at(5))
    held, withdrawn = next(row.reference for row in store.cases() if row.process == "cspr"), store.cases()[0].reference
    hold = next(iter(office.plan(store.load(held).definition).holds))  # type: ignore[union-attr]
    carry_out(office, held, c.Hold(hold, "a trial is listed", "chair"), by="x", now=at(6))
    carry_out(office, withdrawn, c.Withdraw("opened by mistake"), by="x", now=at(6))
    return office


@pytest.mark.parametrize("now", [at(5), at(12), at(26), datetime(2026, 12, 1, 9, tzinfo=at(5).tzinfo)])
def test_a_glance_says_what_the_page_says(shipped: Workspace, now: datetime) -> None:
    rows = shipped.store.cases(None)
    glances = list(case_glances(shipped, rows, now=now))
    assert glances == [_of_page(describe_case(shipped, row, now=now)) for row in rows]
    assert any(glance.limit for glance in glances)
    assert any(glance.due_soon + glance.overdue for glance in glances)


@pytest.mark.parametrize("now", [at(5), at(12), at(26), datetime(2026, 12, 1, 9, tzinfo=at(5).tzinfo)])
def test_a_list_says_the_same_by_the_words_that_a_sweep_kept(
    shipped: Workspace, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = shipped.store.cases()
    assert keep_clock_words(shipped, now=now) == len(rows)
    assert keep_clock_words(shipped, now=now) == 0
    later = now.replace(hour=16)
    pages = [_of_page(describe_case(shipped, row, now=later)) for row in rows]
    _forbid_forecasts(monkeypatch)
    assert list(case_glances(shipped, rows, now=later)) == pages


def test_what_happened_since_the_sweep_is_foreseen_anew(shipped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_clock_words(shipped, now=at(12))
    row = next(row for row in shipped.store.cases() if row.process == "cspr")
    hold = next(iter(shipped.plan(row.definition).holds))
    carry_out(shipped, row.reference, c.Release(hold, "it is over"), by="x", now=at(12))
    rows = shipped.store.cases()
    pages = [_of_page(describe_case(shipped, row, now=at(12))) for row in rows]
    assert list(case_glances(shipped, rows, now=at(12))) == pages
    assert keep_clock_words(shipped, now=at(12)) == 1
    carry_out(shipped, row.reference, c.Hold(hold, "a trial is listed", "chair"), by="x", now=at(12))
    _forbid_forecasts(monkeypatch)
    with pytest.raises(AssertionError, match="asked for a forecast"):
        list(case_glances(shipped, shipped.store.cases(), now=at(12)))


@pytest.mark.parametrize(
    "kept", ["", "[]", "null", '{"basis": 1}', '{"basis": BASIS, "cases": {"R": [1, {"c": "?"}]}}']
)
def test_what_is_damaged_counts_as_not_kept(shipped: Workspace, kept: str) -> None:
    basis = basis_of(shipped, at(12))
    shipped.store.keep_office_file(CLOCK_WORDS, kept.replace("BASIS", f'"{basis}"'), "2026-05-12T08:00:00Z")
    assert kept_words(shipped, at(12)) == ClockWords(basis)


def test_the_words_hang_on_the_day_the_people_and_what_past_cases_tell(shipped: Workspace) -> None:
    known = basis_of(shipped, at(12))
    assert basis_of(shipped, at(12, 16)) == known
    assert basis_of(shipped, at(13)) != known
    other = Workspace(shipped.store, shipped.folder)
    other.partnership = shipped.partnership.model_copy(update={"partnership": "Another"})
    assert basis_of(other, at(12)) != known
    shipped.store.note_done(LENGTHS, "2026-05-12T08:00:00Z", '{"cspr": {}}')
    assert basis_of(shipped, at(12)) != known


def _forbid_forecasts(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("It was asked for a forecast.")

    monkeypatch.setattr("reviewflow.service.messages.foreseen.forecasts", forbidden)


def _of_page(page: CasePage) -> CaseGlance:
    lines = [*(line for line in page.steps if line.days), *page.reviews]
    running = [line for line in page.limits if line.days and line.due]
    nearest = min(running, key=lambda line: line.due or page.opened, default=None)
    return CaseGlance(
        page.reference,
        page.title,
        page.status,
        sum(line.standing is Standing.OVERDUE for line in lines),
        sum(line.standing is Standing.DUE_SOON for line in lines),
        NextLimit(nearest.due or page.opened, nearest.days, nearest.in_time, nearest.verdict) if nearest else None,
    )
