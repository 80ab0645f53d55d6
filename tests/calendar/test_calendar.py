import pickle
from datetime import date

import pytest

from reviewflow.calendar import Calendar, CalendarHorizonError, Span, Unit, explain, in_words, shift

EASTER = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}


SATURDAY = "(Saturday; the working day before is Friday 27 February 2026)"
PROVISIONAL = "provisional: bank holidays after Thursday 31 December 2026 are not yet proclaimed"


def calendar(closed=EASTER, first_year=2026, last_year=2027):
    return Calendar("test", closed, first_year=first_year, last_year=last_year, proclaimed_until=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(1, Unit.WORKING_DAYS), "1 working day"),
        (Span(15, Unit.WORKING_DAYS), "15 working days"),
        (Span(1, Unit.MONTHS), "1 month"),
        (Span(0, Unit.DAYS), "0 days"),
        (Span(72, Unit.HOURS), "72 hours"),
        (Span(1, Unit.WEEKS), "1 week"),
    ],
)
def test_a_span_reads_as_it_is_said(span, words):
    assert str(span) == words


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 4, 2), None),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 4), "Saturday"),
        (date(2026, 4, 5), "Sunday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 1, 1), None),
        (date(2027, 12, 31), None),
    ],
)
def test_why_a_day_is_closed(day, why):
    assert calendar().closed_because(day) == why
    assert calendar().is_working_day(day) is (why is None)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 4, 2), date(2026, 4, 2), date(2026, 4, 2)),
        (date(2026, 4, 3), date(2026, 4, 2), date(2026, 4, 7)),
        (date(2026, 4, 5), date(2026, 4, 2), date(2026, 4, 7)),
    ],
)
def test_the_nearest_working_day(day, before, after):
    assert calendar().on_or_before(day) == before
    assert calendar().on_or_after(day) == after


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 4, 2), date(2026, 4, 2), 0),
        (date(2026, 4, 2), date(2026, 4, 6), 0),
        (date(2026, 4, 2), date(2026, 4, 7), 1),
        (date(2026, 4, 7), date(2026, 4, 2), -1),
        (date(2026, 4, 4), date(2026, 4, 2), 0),
    ],
)
def test_working_days_between(start, end, days):
    assert calendar().working_days_between(start, end) == days


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (date(2026, 4, 2), Span(3, Unit.DAYS), date(2026, 4, 5)),
        (date(2026, 4, 2), Span(2, Unit.WEEKS), date(2026, 4, 16)),
        (date(2026, 4, 4), Span(0, Unit.WORKING_DAYS), date(2026, 4, 4)),
        (date(2028, 1, 31), Span(1, Unit.MONTHS), date(2028, 2, 29)),
        (date(2027, 1, 31), Span(1, Unit.MONTHS), date(2027, 2, 28)),
        (date(2028, 2, 29), Span(12, Unit.MONTHS), date(2029, 2, 28)),
        (date(2028, 2, 29), Span(48, Unit.MONTHS), date(2032, 2, 29)),
        (date(2026, 12, 15), Span(1, Unit.MONTHS), date(2027, 1, 15)),
    ],
)
def test_shift(start, span, end):
    assert shift(start, span, calendar()) == end


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (date(2026, 4, 7), Span(1, Unit.WORKING_DAYS), date(2026, 4, 2)),
        (date(2026, 4, 2), Span(3, Unit.DAYS), date(2026, 3, 30)),
        (date(2026, 4, 2), Span(2, Unit.WEEKS), date(2026, 3, 19)),
        (date(2028, 3, 31), Span(1, Unit.MONTHS), date(2028, 2, 29)),
        (date(2026, 1, 31), Span(2, Unit.MONTHS), date(2025, 11, 30)),
    ],
)
def test_shift_backwards(start, span, end):
    assert shift(start, span, calendar(), before=True) == end


def test_hours_are_not_counted_from_a_day():
    with pytest.raises(ValueError, match="72 hours cannot be counted from a day"):
        shift(date(2026, 4, 2), Span(72, Unit.HOURS), calendar())


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2028, 1, 1), date(2206, 4, 2)])
@pytest.mark.parametrize(
    "ask",
    [
        Calendar.is_working_day,
        Calendar.closed_because,
        Calendar.on_or_before,
        Calendar.on_or_after,
        lambda calendar, day: calendar.add_working_days(day, 1),
        lambda calendar, day: calendar.working_days_between(date(2026, 4, 2), day),
        lambda calendar, day: calendar.working_days_between(day, date(2026, 4, 2)),
    ],
    ids=["is_working_day", "closed_because", "on_or_before", "on_or_after", "add", "between to", "between from"],
)
def test_a_day_outside_the_calendar_is_refused(ask, day):
    assert not calendar().covers(day)
    with pytest.raises(CalendarHorizonError) as refused:
        ask(calendar(), day)
    assert str(refused.value) == (
        f"{in_words(day)} is outside the test calendar, which covers the years 2026 to 2027. Check the year."
    )


@pytest.mark.parametrize(
    ("day", "n", "message"),
    [
        (
            date(2027, 12, 30),
            2,
            "Counting 2 working days on from Thursday 30 December 2027 leaves the test calendar",
        ),
        (
            date(2026, 1, 2),
            -2,
            "Counting 2 working days back from Friday 2 January 2026 leaves the test calendar",
        ),
    ],
)
def test_counting_out_of_the_calendar_is_refused(day, n, message):
    counted = calendar()
    nearest = n - 1 if n > 0 else n + 1
    assert counted.is_working_day(counted.add_working_days(day, nearest))
    with pytest.raises(CalendarHorizonError) as refused:
        counted.add_working_days(day, n)
    assert str(refused.value) == f"{message}, which covers the years 2026 to 2027."


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WEEKS, Unit.MONTHS])
def test_a_day_that_cannot_be_written_is_refused(unit):
    with pytest.raises(CalendarHorizonError, match=f"1 {unit[:-1]} after .* is not a date that can be written"):
        shift(date.max, Span(1, unit), calendar())
    with pytest.raises(CalendarHorizonError, match=f"1 {unit[:-1]} before .* is not a date that can be written"):
        shift(date.min, Span(1, unit), calendar(), before=True)


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WEEKS, Unit.MONTHS])
def test_only_working_days_need_the_calendar_to_cover_them(unit):
    beyond = shift(date(2027, 12, 31), Span(12, unit), calendar())
    assert not calendar().covers(beyond)


def test_a_calendar_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="The test calendar ends in 2025, before it begins"):
        calendar(first_year=2026, last_year=2025)


def test_calendars_that_count_alike_are_equal():
    assert calendar() == calendar({**EASTER, date(2099, 4, 3): "beyond the years covered"})
    assert hash(calendar()) == hash(calendar())
    assert calendar() != calendar({})
    assert pickle.loads(pickle.dumps(calendar())) == calendar()


def test_a_calendar_keeps_its_own_copy_of_the_closed_days():
    closed = dict(EASTER)
    kept = calendar(closed)
    closed.clear()
    assert kept.closed_because(date(2026, 4, 3)) == "Good Friday"


def test_what_lies_beyond_the_published_holidays_is_provisional():
    assert not calendar().is_provisional(date(2026, 12, 31))
    assert calendar().is_provisional(date(2027, 1, 1))


def test_explaining_working_days_counts_each_day():
    assert explain(date(2026, 4, 2), Span(2, Unit.WORKING_DAYS), calendar()) == [
        (date(2026, 4, 2), "the day itself is not counted"),
        (date(2026, 4, 3), "not counted: Good Friday"),
        (date(2026, 4, 4), "not counted: Saturday"),
        (date(2026, 4, 5), "not counted: Sunday"),
        (date(2026, 4, 6), "not counted: Easter Monday"),
        (date(2026, 4, 7), "working day 1"),
        (date(2026, 4, 8), "working day 2"),
    ]


def test_explaining_clear_days_says_that_neither_end_counts():
    assert explain(date(2026, 5, 8), Span(1, Unit.WORKING_DAYS, clear=True), calendar()) == [
        (date(2026, 5, 8), "the day itself is not counted"),
        (date(2026, 5, 9), "not counted: Saturday"),
        (date(2026, 5, 10), "not counted: Sunday"),
        (date(2026, 5, 11), "clear working day 1"),
        (date(2026, 5, 12), "1 clear working day lies between, and neither end is counted"),
    ]


def test_explaining_working_days_backwards():
    assert explain(date(2026, 4, 7), Span(1, Unit.WORKING_DAYS), calendar(), before=True) == [
        (date(2026, 4, 7), "the day itself is not counted"),
        (date(2026, 4, 6), "not counted: Easter Monday"),
        (date(2026, 4, 5), "not counted: Sunday"),
        (date(2026, 4, 4), "not counted: Saturday"),
        (date(2026, 4, 3), "not counted: Good Friday"),
        (date(2026, 4, 2), "working day 1"),
    ]


@pytest.mark.parametrize(
    ("start", "span", "before", "end", "said"),
    [
        (
            date(2026, 5, 26),
            Span(6, Unit.MONTHS),
            False,
            date(2026, 11, 26),
            "6 months later, the same day of the month",
        ),
        (
            date(2026, 3, 31),
            Span(1, Unit.MONTHS),
            True,
            date(2026, 2, 28),
            f"1 month earlier: February 2026 has no day 31, so its last day {SATURDAY}",
        ),
        (
            date(2026, 3, 20),
            Span(2, Unit.WEEKS),
            False,
            date(2026, 4, 3),
            "2 weeks later (Good Friday; the working day before is Thursday 2 April 2026)",
        ),
        (
            date(2026, 12, 30),
            Span(2, Unit.DAYS),
            False,
            date(2027, 1, 1),
            f"2 days later; {PROVISIONAL}",
        ),
        (
            date(2026, 12, 30),
            Span(24, Unit.MONTHS),
            False,
            date(2028, 12, 30),
            f"24 months later, the same day of the month; {PROVISIONAL}",
        ),
    ],
)
def test_explaining_other_units_in_a_sentence(start, span, before, end, said):
    lines = explain(start, span, calendar(), before=before)
    assert lines == [(start, "the day itself is not counted"), (end, said)]


@pytest.mark.parametrize("unit", [Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS])
def test_explaining_nothing_is_the_day_itself(unit):
    day = date(2026, 4, 4)
    assert explain(day, Span(0, unit), calendar()) == [(day, f"0 {unit}: the day itself")]
