import itertools
import subprocess
import sys
from datetime import date

import pytest

from reviewflow.calendar import CalendarHorizonError, Span, Unit, shift
from reviewflow.language.model import OwnCalendar
from reviewflow.language.problem import DefinitionError
from reviewflow.service.workspace.days.calendars import NAMES, load_calendars
from reviewflow.service.workspace.errors import UserError

UNTIL = "proclaimed_until: 2028-12-31\n"


def test_all_names_are_there(calendars):
    assert set(calendars) == set(NAMES)
    assert len(calendars) == 6
    assert all(calendars[name].name == name for name in calendars)


def test_a_name_that_is_not_there(calendars):
    assert "france" not in calendars
    assert calendars.get("france") is None
    with pytest.raises(KeyError, match="france"):
        calendars["france"]


def test_the_years_covered_by_default(england):
    assert (england.first_day, england.last_day) == (date(2012, 1, 1), date(2045, 12, 31))
    with pytest.raises(CalendarHorizonError, match="covers the years 2012 to 2045"):
        england.add_working_days(date(2206, 5, 5), 15)


def test_other_years_can_be_asked_for():
    england = load_calendars(UNTIL, {}, first_year=2026, last_year=2027)["england"]
    assert (england.first_day, england.last_day) == (date(2026, 1, 1), date(2027, 12, 31))


def test_substitute_days_are_called_that(england):
    assert england.closed_because(date(2026, 12, 28)) == "Boxing Day (substitute day)"


def test_dates_after_the_published_ones_are_provisional(england):
    assert not england.is_provisional(date(2028, 12, 31))
    assert england.is_provisional(date(2029, 1, 2))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 1, 2), "New Year Holiday (Scotland)"),
        (date(2026, 3, 17), "Saint Patrick's Day (Northern Ireland)"),
        (date(2026, 7, 13), "Battle of the Boyne (substitute day) (Northern Ireland)"),
        (date(2026, 8, 3), "Summer Bank Holiday (Scotland)"),
        (date(2026, 11, 30), "Saint Andrew's Day (Scotland)"),
    ],
)
def test_a_bank_holiday_in_one_part_closes_uk_any_but_not_england(day, why, calendars):
    assert calendars["uk_any"].closed_because(day) == why
    assert calendars["england"].is_working_day(day)


def test_uk_any_is_closed_exactly_when_some_part_is(calendars):
    parts = ("england", "wales", "scotland", "northern_ireland")
    assert set(calendars["uk_any"].closed) == set().union(*(calendars[part].closed for part in parts))


def test_scotland_works_on_easter_monday(calendars):
    assert calendars["scotland"].is_working_day(date(2026, 4, 6))
    assert not calendars["england"].is_working_day(date(2026, 4, 6))


def test_a_local_closure_moves_the_office_but_not_england(calendars):
    limit = Span(15, Unit.WORKING_DAYS)
    assert shift(date(2026, 12, 18), limit, calendars["england"]) == date(2027, 1, 13)
    assert shift(date(2026, 12, 18), limit, calendars["office"]) == date(2027, 1, 18)
    assert calendars["office"].closed_because(date(2026, 12, 30)) == "Council closed"
    assert calendars["england"].closed_because(date(2026, 12, 30)) is None
    assert calendars["uk_any"].closed_because(date(2026, 12, 30)) is None


def test_a_closure_on_a_bank_holiday_keeps_the_holidays_name():
    office = load_calendars(UNTIL, {date(2026, 12, 25): "Council closed"})["office"]
    assert office.closed_because(date(2026, 12, 25)) == "Christmas Day"


def test_a_partners_own_calendar_has_its_closures_and_not_the_offices():
    trust = OwnCalendar(title="The Trust", like="wales", closures={"2026-12-24": "Trust closed"})
    calendars = load_calendars(UNTIL, {date(2026, 12, 29): "Council closed"}, own={"trust": trust})
    assert list(calendars) == [*NAMES, "trust"]
    assert calendars["trust"].closed_because(date(2026, 12, 24)) == "Trust closed"
    assert calendars["trust"].closed_because(date(2026, 12, 29)) is None
    assert calendars["office"].closed_because(date(2026, 12, 24)) is None


def test_a_calendar_that_was_taken_out_is_asked_for_again():
    with pytest.raises(UserError, match=r'no calendar "trust" any more.*Put it back'):
        load_calendars(UNTIL, {})["trust"]


def test_a_proclaimed_day_is_added():
    text = UNTIL + "england:\n  add:\n    2027-05-04: Coronation\n"
    calendars = load_calendars(text, {})
    for name in ("england", "office", "uk_any"):
        assert calendars[name].closed_because(date(2027, 5, 4)) == "Coronation"
    assert calendars["wales"].is_working_day(date(2027, 5, 4))


@pytest.mark.parametrize("removed", ["2027-05-03", "[2027-05-03]"])
def test_a_moved_day_is_removed_and_added(removed):
    text = UNTIL + f"england:\n  remove: {removed}\n  add: {{2027-05-07: Early May bank holiday}}\n"
    calendars = load_calendars(text, {})
    assert calendars["england"].is_working_day(date(2027, 5, 3))
    assert calendars["office"].is_working_day(date(2027, 5, 3))
    assert not calendars["england"].is_working_day(date(2027, 5, 7))


def test_what_stays_closed_in_wales_stays_closed_somewhere():
    calendars = load_calendars(UNTIL + "england:\n  remove: 2027-05-03\n", {})
    assert calendars["uk_any"].closed_because(date(2027, 5, 3)) == "May Day (Wales)"


def test_removing_a_day_that_is_no_bank_holiday_is_refused():
    calendars = load_calendars(UNTIL + "england:\n  remove:\n    - 2027-05-04\n", {})
    for name in ("england", "office", "uk_any"):
        with pytest.raises(DefinitionError, match="Tuesday 4 May 2027 is not a bank holiday in england"):
            calendars[name]
    assert calendars["scotland"].is_working_day(date(2027, 5, 4))


def test_corrections_outside_the_years_asked_for_are_left_alone():
    text = UNTIL + "england:\n  remove: 2020-05-04\n  add: {2022-09-19: State Funeral}\n"
    england = load_calendars(text, {}, first_year=2026, last_year=2027)["england"]
    assert england.closed_because(date(2027, 5, 3)) == "May Day"


@pytest.mark.parametrize("name", ["england", "office", "uk_any"])
def test_the_shipped_file_says_what_was_proclaimed(name, calendars):
    assert calendars[name].closed_because(date(2022, 9, 19)) == "State Funeral of Queen Elizabeth II"
    assert calendars[name].closed_because(date(2023, 5, 8)) == "Coronation of Charles III"


@pytest.mark.parametrize(
    ("text", "line", "code", "says"),
    [
        ("", 1, "PD001", "This file is empty"),
        ("bank holidays", 1, "PD012", "names and values are expected"),
        ("england: {}", 1, "PD011", '"proclaimed_until" is missing'),
        ("proclaimed_until: soon", 1, "PD015", '"soon" is not a date'),
        ("proclaimed_until: [2028-12-31]", 1, "PD012", "A date is expected here"),
        ("proclaimed_until: 2208-12-31", 1, "PD015", "2208 is not between 2012 and 2045"),
        (UNTIL + "proclaimed_until: 2027-12-31", 2, "PD006", "is given twice"),
        (UNTIL + "englnd:\n  add: {}", 2, "PD010", 'Did you mean "england"?'),
        (UNTIL + "office:\n  add: {}", 2, "PD010", "closures in partnership.yaml"),
        (UNTIL + "uk_any:\n  add: {}", 2, "PD010", "Write the day under one of them"),
        (UNTIL + "england: closed", 2, "PD012", "Under england names and values"),
        (UNTIL + "england:\n  ad: {}", 3, "PD010", 'Did you mean "add"?'),
        (UNTIL + "england:\n  add: [2027-05-04]", 3, "PD012", "Under add names and values"),
        (UNTIL + "england:\n  add:\n    2027-05-04: [a]", 4, "PD012", "2027-05-04: State Funeral"),
        (UNTIL + "england:\n  add:\n    4/5/2027: a", 4, "PD015", '"4/5/2027" is not a date'),
        (UNTIL + "england:\n  add:\n    2027-02-30: a", 4, "PD015", "30 February 2027 is not a date"),
        (UNTIL + "england:\n  add:\n    2027-05-08: a", 4, "PD015", "Saturday 8 May 2027 is never a working day"),
        (UNTIL + "england:\n  add:\n    2072-05-04: a", 4, "PD015", "2072 is not between 2012 and 2045"),
        (UNTIL + "england:\n  remove:\n    - 2027-05-09", 4, "PD015", "Sunday 9 May 2027 is never a working day"),
        (UNTIL + "england:\n  remove:\n    - {a: b}", 4, "PD012", "A date is expected here"),
    ],
    ids=itertools.count(1),
)
def test_a_mistake_is_refused_where_it_stands(tmp_path, text, line, code, says):
    file = tmp_path / "calendars.yaml"
    file.write_text(text)
    with pytest.raises(DefinitionError) as refused:
        load_calendars(file, {})
    [problem] = refused.value.problems
    assert (problem.file, problem.mark.line, problem.code) == (str(file), line, code)
    assert says in problem.message


def test_all_mistakes_are_told_at_once():
    with pytest.raises(DefinitionError) as refused:
        load_calendars("england:\n  add:\n    2027-05-08: a\n    soon: b\nmars: c\n", {})
    assert [problem.mark.line for problem in refused.value.problems] == [3, 4, 5]


def test_a_missing_file_is_said_plainly(tmp_path):
    with pytest.raises(DefinitionError, match="This file is missing"):
        load_calendars(tmp_path / "calendars.yaml", {})


def test_the_holidays_library_is_loaded_only_by_whoever_counts_days(shipped, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # nothing is kept there yet
    code = (
        "import sys; from pathlib import Path; from reviewflow.service.workspace.days.calendars import load_calendars\n"
        f"calendars = load_calendars(Path({str(shipped)!r}), {{}})\n"
        "assert 'england' in calendars and 'holidays' not in sys.modules\n"
        "calendars['england']\n"
        "assert 'holidays' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_only_what_is_asked_for_is_made(shipped):
    calendars = load_calendars(shipped, {})
    assert calendars["office"] is calendars["office"]
    assert set(calendars._made) == {"office"}
