"""In whose days a limit is counted: its own, its process's, the office's; and how that was before it was mended."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from reviewflow.case.advance import advance, begin
from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case
from reviewflow.case.rules.timing.counted_in import counted_in, days_of
from reviewflow.language.structure.calendars import Stated
from tests.case.stage import Stage, built, office, process

NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)
TOMORROW, DAY_AFTER = date(2026, 5, 13), date(2026, 5, 14)


@pytest.fixture(scope="module")
def stage() -> Stage:
    limits = {
        "nearest": {"due": "1 working day after notified", "met_by": "answer"},
        "own": {"due": "1 working day after notified", "met_by": "answer", "calendar": "office"},
        "national": {"national": "submission", "from": "notified", "met_by": "answer", "ladder": "statutory"},
    }
    steps = {"answer": {"title": "Answer", "owner": "chair", "due": "1 working day after notified"}}
    definitions = office()
    definitions["partnership"]["closures"] = {"2026-05-13": "Staff day"}
    definitions["process.review"] = process(
        "review", steps, calendar="uk_any", limits=limits, opening={"dates": {"notified": "When?"}}
    )
    return built(definitions, "review")


@pytest.fixture(scope="module")
def case(stage: Stage) -> Case:
    opening = c.Open({"notified": NOW.date()}, ())
    return fold("RR-2026-001", begin(stage.plan, opening, "RR-2026-001", now=NOW, calendars=stage.calendars))


def test_the_nearest_calendar_that_is_stated_counts(stage: Stage, case: Case) -> None:
    assert counted_in(stage.plan, case, "answer") == ("uk_any", Stated.BY_THE_PROCESS)
    assert counted_in(stage.plan, case, "nearest") == ("uk_any", Stated.BY_THE_PROCESS)
    assert counted_in(stage.plan, case, "own") == ("office", Stated.BY_ITSELF)
    assert counted_in(stage.plan, case, "national") == ("england", Stated.BY_THE_GUIDANCE)
    assert {name: case.items[name].due for name in ("answer", "nearest", "own")} == {
        "answer": TOMORROW,
        "nearest": TOMORROW,
        "own": DAY_AFTER,
    }
    assert days_of(stage.plan, case, "nearest", stage.calendars).name == "uk_any"


def test_a_case_of_the_first_edition_keeps_the_day_until_it_adopts_the_present_rules(stage: Stage, case: Case) -> None:
    earlier = replace(case, rules=1)
    assert counted_in(stage.plan, earlier, "nearest") == ("office", Stated.NOWHERE)
    assert counted_in(stage.plan, earlier, "answer").calendar == "uk_any"
    (moved,) = advance(stage.plan, earlier, c.Recount("a look"), now=NOW, calendars=stage.calendars)
    assert isinstance(moved, e.DueMoved)
    assert moved.items == {"nearest": DAY_AFTER}
    adopted = advance(
        stage.plan,
        replace(case, rules=1, items={**case.items, "nearest": replace(case.items["nearest"], due=DAY_AFTER)}),
        c.AdoptRules("the office has seen it"),
        now=NOW,
        calendars=stage.calendars,
    )
    assert [event.items for event in adopted if isinstance(event, e.DueMoved)] == [{"nearest": TOMORROW}]
