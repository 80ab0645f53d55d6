"""What past cases tell of how long steps take, and what the forecast of a case makes of it."""

from datetime import date, datetime
from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.rules.forecast import Verdict
from reviewflow.case.rules.forecast.punctuality import TrackRecord
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.seldom.look_ahead import count_anew, look_ahead
from reviewflow.service.sweep.seldom.usual_lengths import A_WEEK, ENOUGH, renew_lengths
from reviewflow.service.views.forecasts import forecast_lines
from reviewflow.service.workspace.past_cases import LENGTHS, kept_lengths, kept_punctuality
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done

MARCH = 3


def lived(office: Workspace, number: int, met_on: int = 10) -> None:
    """A case of March in which the police took four working days, and the meeting came two after the reading."""
    opening = c.Open({"notified": date(2026, 3, 2)}, ("police",))
    reference = open_case(office, "review", opening, by=BY, now=at(2, month=MARCH), key=f"past {number}").case.reference
    done(office, reference, "agency_return/police", at(6, month=MARCH))
    done(office, reference, "read/police", at(6, month=MARCH))
    done(office, reference, "meeting", at(met_on, month=MARCH), held_on=f"2026-03-{met_on}", learning="no")


def running(office: Workspace) -> str:
    """A case of May, at its beginning."""
    opening = c.Open({"notified": date(2026, 5, 5)}, ("police",))
    return open_case(office, "review", opening, by=BY, now=at(5)).case.reference


def expected(office: Workspace, reference: str, now: datetime) -> tuple[Verdict, date | None]:
    [line] = forecast_lines(office, reference, now=now)
    return line.verdict, line.expected


def test_so_many_past_cases_tell_and_fewer_do_not(office: Workspace) -> None:
    reference = running(office)
    as_planned = expected(office, reference, at(6))
    assert as_planned == (Verdict.TIGHT, date(2026, 5, 27))
    for number in range(ENOUGH):
        assert renew_lengths(office, now=at(6) + number * A_WEEK)
        assert kept_lengths(office.store) == {}
        assert expected(office, reference, at(6)) == as_planned
        lived(office, number)
    assert renew_lengths(office, now=at(6) + ENOUGH * A_WEEK)
    assert kept_lengths(office.store) == {"review": {"agency_return": 4.0, "read": 0.0, "meeting": 2.0}}
    assert expected(office, reference, at(6)) == (Verdict.TIGHT, date(2026, 5, 21))


def test_how_often_work_was_late_in_the_cases_that_are_over_is_worked_out_too(office: Workspace) -> None:
    running(office)
    lived(office, 1)
    assert renew_lengths(office, now=at(6))
    assert kept_punctuality(office.store) == {}
    done(office, "TR-2026-002", "submit", at(30, month=MARCH))
    assert renew_lengths(office, now=at(6) + A_WEEK)
    assert kept_punctuality(office.store) == {
        "agency:police": TrackRecord(late=0, of=1, taken=4, given=7),
        "role:business_manager": TrackRecord(late=1, of=1),
        "role:business_support": TrackRecord(late=0, of=1, taken=0, given=1),
        "role:chair": TrackRecord(late=0, of=1, taken=2, given=6),
    }


def test_they_are_worked_out_once_a_week(office: Workspace) -> None:
    assert renew_lengths(office, now=at(6))
    for number in range(ENOUGH):
        lived(office, number)
    assert not renew_lengths(office, now=at(12))
    assert renew_lengths(office, now=at(13))
    assert not renew_lengths(office, now=at(13))


@pytest.fixture
def warned(office: Workspace, tmp_path: Path) -> Workspace:
    """The office, where people are warned of a clock that is in danger."""
    folder = copytree(office.folder, tmp_path / "definitions")
    process = folder / "processes" / "review.yaml"
    told = "    met_by: submit\n    when_late: {message: reminder, tell: chair}\n"
    process.write_text(process.read_text().replace("    met_by: submit\n", told))
    return Workspace(office.store, folder)


def test_the_sweep_looks_at_every_case_when_they_are_others_now(warned: Workspace) -> None:
    office = warned
    reference = running(office)
    count_anew(office, now=at(6))
    look_ahead(office, now=at(6))
    record_sweep(office, (at(6), at(6)), chased=0, sent=0, failed=0, note="")
    for number in range(ENOUGH):
        lived(office, number, met_on=30)
    count_anew(office, now=at(13))
    look_ahead(office, now=at(13))
    turned = [row for row in office.store.events(reference) if row.kind == e.ForecastTurned.KIND]
    assert [row.on for row in turned][-1:] == ["2026-05-13"]


@pytest.mark.parametrize("body", ["", "[1]", '{"review": 3}', '{"review": {"read": "often"}}'])
def test_what_cannot_be_read_tells_nothing(office: Workspace, body: str) -> None:
    office.store.note_done(LENGTHS, "2026-05-06T10:00:00+00:00", body)
    assert kept_lengths(office.store) == {}
    assert expected(office, running(office), at(6))[0] is not Verdict.MISSED
