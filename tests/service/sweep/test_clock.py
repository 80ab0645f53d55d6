"""A sweep that finds itself far from the last one asks whether the clock is right."""

from datetime import timedelta

import pytest

from reviewflow.service.delivery.mode import switch
from reviewflow.service.sweep.clock import FAR, NEAR, clock_doubt, refuse_wrong_moment
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at

SWEPT = at(5)


@pytest.fixture
def swept(office: Workspace) -> Workspace:
    record_sweep(office, (SWEPT, SWEPT), chased=0, sent=0, failed=0, note="")
    return office


@pytest.mark.parametrize("since", [-NEAR, timedelta(0), timedelta(minutes=15), FAR])
def test_an_ordinary_pause_is_believed(swept: Workspace, since: timedelta) -> None:
    assert clock_doubt(swept, SWEPT + since) == ""


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (timedelta(days=3 * 365), "That is 1095 days later than the last sweep"),
        (FAR + timedelta(seconds=1), "That is 14 days later than the last sweep"),
        (-timedelta(hours=2), "That is 2 hours earlier than the last sweep"),
        (-timedelta(days=40), "That is 40 days earlier than the last sweep"),
    ],
)
def test_a_clock_far_from_the_last_sweep_is_doubted(swept: Workspace, since: timedelta, told: str) -> None:
    doubt = clock_doubt(swept, SWEPT + since)
    assert told in doubt
    assert "reviewflow sweep --yes-it-is" in doubt


def test_the_first_sweep_of_an_office_is_believed(office: Workspace) -> None:
    assert clock_doubt(office, SWEPT) == ""


def test_nothing_is_recorded_before_the_last_sweep(swept: Workspace) -> None:
    refuse_wrong_moment(swept, SWEPT - NEAR, was_told=False)
    with pytest.raises(UserError, match="the history would run backwards"):
        refuse_wrong_moment(swept, SWEPT - timedelta(hours=2), was_told=False)
    refuse_wrong_moment(swept, SWEPT - timedelta(days=30), was_told=True)


def test_another_day_is_recorded_only_where_no_message_goes_out(swept: Workspace) -> None:
    switch(swept, Mode.LIVE, by="A. Manager", now=SWEPT)
    with pytest.raises(UserError, match="Say on which day it was done with --on"):
        refuse_wrong_moment(swept, SWEPT, was_told=True)
    refuse_wrong_moment(swept, SWEPT, was_told=False)
