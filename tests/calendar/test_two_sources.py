"""Two libraries that know nothing of each other must agree, day by day, or somebody looks into it."""

from datetime import date, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

# Proclaimed on 4 February 2026, after the copy of GOV.UK's list was made that the library carries.
NEWER_THAN_THE_COPY = {"scotland": {date(2026, 6, 15)}}


@pytest.fixture(scope="module")
def govuk():
    return BankHolidays(use_cached_holidays=True)


@pytest.mark.parametrize(
    ("name", "division"),
    [
        ("england", BankHolidays.ENGLAND_AND_WALES),
        ("wales", BankHolidays.ENGLAND_AND_WALES),
        ("scotland", BankHolidays.SCOTLAND),
        ("northern_ireland", BankHolidays.NORTHERN_IRELAND),
    ],
)
def test_every_day_from_2012_to_2028_is_worked_in_both_or_in_neither(name, division, calendars, govuk):
    ours = calendars[name]
    days = (date(2012, 1, 1) + timedelta(days=n) for n in range((date(2029, 1, 1) - date(2012, 1, 1)).days))
    differ = {day for day in days if ours.is_working_day(day) != govuk.is_work_day(day, division)}
    assert differ <= NEWER_THAN_THE_COPY.get(name, set())


def test_nothing_is_called_proclaimed_that_govuk_has_not_published(england, govuk):
    published = max(holiday["date"] for holiday in govuk.get_holidays(BankHolidays.ENGLAND_AND_WALES))
    assert england.proclaimed_until <= date(published.year, 12, 31)
