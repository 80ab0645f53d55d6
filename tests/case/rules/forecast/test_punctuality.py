"""How late people were so far, and what follows from it for the steps that are left."""

from dataclasses import replace
from datetime import date

import pytest

from reviewflow.case.model.state import Case, Item, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.punctuality import Punctuality, Records, TrackRecord, punctuality_so_far
from tests.case import stage
from tests.case.rules.forecast.test_verdicts import FRI, HOLDS, LIMITS, MON, STEPS, THU, TUE, WED, built, example

POLICE, CHAIR = "agency:police", "role:chair"


@pytest.mark.parametrize(
    ("mine", "past", "owner", "share"),
    [
        ({}, {}, CHAIR, 0.3),  # as if three of ten had been late
        ({CHAIR: TrackRecord(5, 10)}, {}, CHAIR, (10 * (10 * 8 / 20 + 5) / 20 + 5) / 20),
        ({CHAIR: TrackRecord(5, 10)}, {}, POLICE, 8 / 20),  # of agencies nothing is known but what is of all
        ({CHAIR: TrackRecord(5, 10)}, {}, "role:lead", (10 * 8 / 20 + 5) / 20),  # a post as posts are
        (
            {},
            {POLICE: TrackRecord(300, 600)},
            POLICE,
            (10 * (10 * 33 / 70 + 300) / 610 + 300) / 610,
        ),  # past ones as sixty
    ],
)
def test_who_was_late_before_is_taken_to_be_late_again(mine: Records, past: Records, owner: str, share: float) -> None:
    assert Punctuality(mine, past).late_share(owner) == pytest.approx(share)


@pytest.mark.parametrize(
    ("mine", "past", "pace"),
    [
        ({}, {}, 1.0),
        ({CHAIR: TrackRecord(0, 2, 0, 15)}, {}, 10 / 40),
        ({CHAIR: TrackRecord(2, 2)}, {}, 1.0),  # what was late tells nothing of it
        ({}, {POLICE: TrackRecord(0, 2, 4, 10)}, 14 / 20),
    ],
)
def test_what_part_of_its_days_work_in_time_takes(mine: Records, past: Records, pace: float) -> None:
    assert Punctuality(mine, past).pace == pytest.approx(pace)


@pytest.mark.parametrize(
    ("mine", "past", "little"),
    [
        (TrackRecord(1, 4), TrackRecord(), True),  # one of four in the first days of a first case
        (TrackRecord(1, 10), TrackRecord(), False),
        (TrackRecord(1, 4), TrackRecord(0, 6), False),
        (TrackRecord(0, 30), TrackRecord(), True),  # nothing was late
    ],
)
def test_while_little_is_known_a_plan_that_fits_is_not_unlikely(
    mine: TrackRecord, past: TrackRecord, *, little: bool
) -> None:
    assert Punctuality({CHAIR: mine}, {CHAIR: past}).tells_little is little


DONE = Item(Status.DONE, due=WED, opened=MON, done=WED)


@pytest.mark.parametrize(
    ("state", "late", "of"),
    [
        (DONE, 0, 1),
        (replace(DONE, done=THU), 1, 1),
        (replace(DONE, done=FRI, opened=THU), 0, 0),  # it could begin only after its day
        (replace(DONE, manner=Manner.SILENCE), 0, 0),
        (replace(DONE, due=None), 0, 0),
        (Item(Status.OPEN, due=TUE, opened=MON), 1, 1),
        (Item(Status.OPEN, due=WED, opened=MON), 0, 0),
        (Item(Status.SKIPPED, due=TUE, opened=MON, done=THU), 0, 0),
    ],
)
def test_what_counts_as_late(state: Item, late: int, of: int) -> None:
    told = so_far(built().plan, case_with(state))
    assert (told.late, told.of, told.before) == (late, of, TrackRecord())


def so_far(plan: Plan, case: Case) -> Punctuality:
    return punctuality_so_far(plan, case, WED, built().calendars)


def case_with(ask: Item, today: date = MON) -> Case:
    return replace(example(ask=ask), opened=today)


def test_what_was_in_time_tells_how_many_of_its_days_it_took() -> None:
    assert so_far(built().plan, case_with(replace(DONE, done=TUE))).mine == {CHAIR: TrackRecord(0, 1, 1, 2)}


@pytest.mark.parametrize("state", [replace(DONE, done=THU), DONE, Item(Status.OPEN, due=TUE, opened=MON)])
def test_what_a_body_outside_sends_is_late_for_nobody(state: Item) -> None:
    """Whoever here records its answer was neither late with it nor quick."""
    waiting = STEPS | {"ask": STEPS["ask"] | {"waits_for": "The court"}}
    review = stage.process("review", waiting, limits=LIMITS, holds=HOLDS)
    plan = stage.built(stage.office() | {"process.review": review}, "review").plan
    assert so_far(plan, case_with(state)).mine == {}


def test_past_cases_count_beside_this_one() -> None:
    plan = replace(built().plan, past_punctuality=lambda: {POLICE: (3, 12, 20, 40)})
    told = so_far(plan, case_with(DONE))
    assert (told.mine, told.past) == ({CHAIR: TrackRecord(0, 1, 2, 2)}, {POLICE: TrackRecord(3, 12, 20, 40)})
