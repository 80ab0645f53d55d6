"""What a list says of a case is what its page says."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.rules.forecast import Verdict
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
    glances = case_glances(shipped, rows, now=now)
    assert glances == [_of_page(describe_case(shipped, row, now=now), now.date()) for row in rows]
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
    pages = [_of_page(describe_case(shipped, row, now=later), now.date()) for row in rows]
    _forbid_forecasts(monkeypatch)
    assert case_glances(shipped, rows, now=later) == pages


def test_what_happened_since_the_sweep_is_foreseen_anew(shipped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_clock_words(shipped, now=at(12))
    row = next(row for row in shipped.store.cases() if row.process == "cspr")
    hold = next(iter(shipped.plan(row.definition).holds))
    carry_out(shipped, row.reference, c.Release(hold, "it is over"), by="x", now=at(12))
    rows = shipped.store.cases()
    pages = [_of_page(describe_case(shipped, row, now=at(12)), at(12).date()) for row in rows]
    assert case_glances(shipped, rows, now=at(12)) == pages
    assert keep_clock_words(shipped, now=at(12)) == 1
    carry_out(shipped, row.reference, c.Hold(hold, "a trial is listed", "chair"), by="x", now=at(12))
    _forbid_forecasts(monkeypatch)
    with pytest.raises(AssertionError, match="asked for a forecast"):
        case_glances(shipped, shipped.store.cases(), now=at(12))


@pytest.mark.parametrize(
    "kept",
    [
        *("", "[]", "null", '{"basis": 1}', '{"basis": BASIS, "cases": {}}'),
        '{"basis": BASIS, "day": "2026-05-12", "cases": {"R": [1, {"c": "?"}]}}',
    ],
)
def test_what_is_damaged_counts_as_not_kept(shipped: Workspace, kept: str) -> None:
    basis = basis_of(shipped, at(12))
    shipped.store.keep_office_file(CLOCK_WORDS, kept.replace("BASIS", f'"{basis}"'), "2026-05-12T08:00:00Z")
    assert kept_words(shipped, at(12)) == ClockWords(basis, at(12).date())


def test_before_the_sweep_of_a_day_a_list_foresees_what_ends_first_and_says_the_rest_as_of_the_last(
    shipped: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = shipped.store.cases()
    before = _swept(shipped, monkeypatch, at(11))
    seen = case_glances(shipped, rows, now=at(12))
    pages = [_of_page(describe_case(shipped, row, now=at(12)), at(12).date()) for row in rows]
    first = sorted((page for page in pages if page.limit), key=_ends)[:FORESEEN]
    assert [each for each in seen if each in first] == [page for page in pages if page in first]
    assert [_wordless(each) for each in seen] == [_wordless(page) for page in pages]
    older = {each.reference: each.limit for each in seen if each not in first and each.limit}
    assert {limit.foreseen_on for limit in older.values()} == {at(11).date()}
    assert {reference: limit.verdict for reference, limit in older.items()}.items() <= before.items()


def test_a_list_has_no_word_where_something_happened_since_the_last_sweep(
    shipped: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    _swept(shipped, monkeypatch, at(11))
    last = max((each for each in case_glances(shipped, shipped.store.cases(), now=at(12)) if each.limit), key=_ends)
    carry_out(shipped, last.reference, c.PlaceLegalHold("court", "an order"), by="x", now=at(12))
    seen = {each.reference: each for each in case_glances(shipped, shipped.store.cases(), now=at(12))}
    assert seen[last.reference] == _wordless(last)


def test_no_word_is_of_a_day_to_come(shipped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    _swept(shipped, monkeypatch, at(26))
    seen = case_glances(shipped, shipped.store.cases(), now=at(12))
    assert Counter(each.limit.foreseen_on for each in seen if each.limit)[at(12).date()] == FORESEEN
    assert {each.limit.foreseen_on for each in seen if each.limit} == {at(12).date(), None}


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


FORESEEN = 2


def _swept(office: Workspace, monkeypatch: pytest.MonkeyPatch, now: datetime) -> dict[str, Verdict | None]:
    """The words of a sweep, after which a list foresees two clocks itself."""
    monkeypatch.setattr("reviewflow.service.views.case_glances.MOST_FORESEEN", FORESEEN)
    keep_clock_words(office, now=now)
    return {
        each.reference: each.limit and each.limit.verdict
        for each in case_glances(office, office.store.cases(), now=now)
    }


def _ends(each: CaseGlance) -> tuple[bool, date]:
    assert each.limit is not None
    return each.limit.due < at(12).date(), each.limit.due


def _wordless(each: CaseGlance) -> CaseGlance:
    return replace(each, limit=each.limit and replace(each.limit, verdict=None, foreseen_on=None))


def _of_page(page: CasePage, today: date) -> CaseGlance:
    lines = [*(line for line in page.steps if line.days), *page.reviews]
    running = [line for line in page.limits if line.days and line.due]
    nearest = min(running, key=lambda line: line.due or page.opened, default=None)
    return CaseGlance(
        page.reference,
        page.title,
        page.status,
        sum(line.standing is Standing.OVERDUE for line in lines),
        sum(line.standing is Standing.DUE_SOON for line in lines),
        NextLimit(nearest.item, nearest.due or page.opened, nearest.days, nearest.verdict, today) if nearest else None,
    )
