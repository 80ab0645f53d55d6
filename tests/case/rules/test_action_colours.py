"""The state and the colour of an action, rule by rule (domain 4.13)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.calendar import Calendar
from reviewflow.case.model.state import Status
from reviewflow.case.rules.action_colours import ActionFacts, ActionState, Colour, colour_of, state_of

TODAY = date(2026, 6, 3)
CALENDAR = Calendar("plain", {}, first_year=2020, last_year=2035, proclaimed_until=date(2035, 12, 31))
OWED = ActionFacts(Status.OPEN, Status.PENDING, TODAY + timedelta(days=90), last_news=TODAY)
DONE = replace(OWED, done=Status.DONE)


@pytest.mark.parametrize(
    ("action", "state", "colour"),
    [
        (replace(OWED, done=Status.PENDING), ActionState.NOT_AGREED, Colour.NONE),
        (OWED, ActionState.OPEN, Colour.GREEN),
        (replace(OWED, due=date(2026, 6, 17)), ActionState.DUE_SOON, Colour.AMBER),
        (replace(OWED, due=date(2026, 6, 18)), ActionState.OPEN, Colour.GREEN),
        (replace(OWED, due=TODAY), ActionState.DUE_SOON, Colour.AMBER),
        (replace(OWED, due=date(2026, 6, 2)), ActionState.OVERDUE, Colour.RED),
        (replace(OWED, extended=True), ActionState.OPEN, Colour.AMBER),
        (replace(OWED, last_news=TODAY - timedelta(days=30)), ActionState.OPEN, Colour.GREEN),
        (replace(OWED, last_news=TODAY - timedelta(days=31)), ActionState.OPEN, Colour.RED),
        (replace(OWED, last_news=None), ActionState.OPEN, Colour.GREEN),
        (replace(OWED, last_news=TODAY - timedelta(days=31), silent=31), ActionState.OPEN, Colour.GREEN),
        (replace(OWED, due=date(2026, 6, 17), near=9), ActionState.OPEN, Colour.GREEN),
        (replace(OWED, sent_back=True), ActionState.REOPENED, Colour.AMBER),
        (DONE, ActionState.DONE, Colour.GREEN),
        (replace(DONE, verified=None), ActionState.DONE, Colour.GREEN),
        (replace(DONE, verified=Status.OPEN), ActionState.BEING_VERIFIED, Colour.GREEN),
        (replace(DONE, verified=Status.DONE), ActionState.VERIFIED, Colour.BLUE),
        (replace(DONE, verified=Status.DONE, embedded=False), ActionState.NOT_EMBEDDED, Colour.RED),
        (replace(OWED, done=Status.SKIPPED), ActionState.GIVEN_UP, Colour.NONE),
        (replace(OWED, ended=True), ActionState.GIVEN_UP, Colour.NONE),
    ],
)
def test_each_rule(action: ActionFacts, state: ActionState, colour: Colour) -> None:
    assert state_of(action, TODAY, CALENDAR) is state
    assert colour_of(action, TODAY, CALENDAR) is colour


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
standings = st.builds(
    ActionFacts,
    done=st.sampled_from(Status),
    verified=st.none() | st.sampled_from(Status),
    due=st.none() | days,
    embedded=st.booleans(),
    sent_back=st.booleans(),
    extended=st.booleans(),
    last_news=st.none() | days,
    ended=st.booleans(),
)


@given(standings, days)
def test_only_what_was_verified_is_blue_and_what_is_overdue_is_red(action: ActionFacts, today: date) -> None:
    state, colour = state_of(action, today, CALENDAR), colour_of(action, today, CALENDAR)
    assert (colour is Colour.BLUE) == (state is ActionState.VERIFIED)
    assert state is not ActionState.OVERDUE or colour is Colour.RED
    assert state is not ActionState.DONE or action.done is Status.DONE


@given(standings, days)
def test_an_owed_action_never_grows_better_by_waiting(action: ActionFacts, today: date) -> None:
    worse = [Colour.NONE, Colour.BLUE, Colour.GREEN, Colour.AMBER, Colour.RED]
    before, after = (colour_of(action, day, CALENDAR) for day in (today, today + timedelta(days=1)))
    assert worse.index(after) >= worse.index(before)
