"""A calendar entry as other programs read it: dateutil stands for the readers that take the zone from the file."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.tz import tzical  # type: ignore[import-untyped]
from icalendar import Calendar, Timezone

from reviewflow.calendar import Span, Unit
from reviewflow.london import LONDON
from reviewflow.service.documents.calendar_entry import CalendarEntry, calendar_file

MADE = datetime(2026, 6, 1, 10, tzinfo=LONDON)
ENTRY = CalendarEntry(
    "TI-2026-001-book", "cysur.example.org", "Cyfarfod â'r plant; ystafell 2", "Please come", date(2026, 7, 7), time(10)
)


def written(entry: CalendarEntry = ENTRY, *, now: datetime = MADE) -> str:
    return calendar_file(entry, now=now).decode()


def test_the_zone_is_two_rules_that_never_end() -> None:
    text = written()
    assert (text.count("RRULE:FREQ=YEARLY"), text.count("RDATE"), text.count("UNTIL")) == (2, 0, 0)
    assert text.index("END:VTIMEZONE") < text.index("BEGIN:VEVENT")


@pytest.mark.parametrize("year", [2026, 2027, 2039, 2060])
def test_readers_of_the_zone_agree_with_london_in_every_hour_of_the_change(year: int) -> None:
    text = written()
    [zone] = Calendar.from_ical(text).walk("VTIMEZONE")
    assert isinstance(zone, Timezone)
    read = tzical(io.StringIO(text.replace("\r\n ", "").replace("\r\n", "\n"))).get("Europe/London")
    for month, last in ((3, 31), (7, 31), (10, 31)):
        hours = (datetime(year, month, last, tzinfo=UTC) - timedelta(hours=hour) for hour in range(24 * 8))
        for moment in hours:
            assert moment.astimezone(read).replace(tzinfo=None) == moment.astimezone(LONDON).replace(tzinfo=None)
    summer = zone.to_tz(lookup_tzid=False)
    assert datetime(year, 7, 7, 10, tzinfo=summer).utcoffset() == timedelta(hours=1)
    assert datetime(year, 1, 7, 10, tzinfo=summer).utcoffset() == timedelta(0)


def test_it_is_read_back_as_it_was_meant() -> None:
    calendar = Calendar.from_ical(written())
    [event] = calendar.walk("VEVENT")
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    assert (event["uid"], event["summary"]) == ("TI-2026-001-book@cysur.example.org", "Cyfarfod â'r plant; ystafell 2")
    assert event.start.astimezone(UTC) == datetime(2026, 7, 7, 9, tzinfo=UTC)
    assert event.end.astimezone(UTC) == datetime(2026, 7, 7, 10, tzinfo=UTC)
    assert "\r\nDTSTAMP:20260601T090000Z\r\n" in written()


def test_two_partnerships_with_the_same_reference_have_two_entries() -> None:
    ours, theirs = written(), written(replace(ENTRY, office="cwmpas.example.org"))
    [one], [other] = (Calendar.from_ical(text).walk("VEVENT") for text in (ours, theirs))
    assert one["uid"] != other["uid"]


def test_a_later_edition_is_the_same_entry() -> None:
    [first, second] = (
        Calendar.from_ical(written(now=now)).walk("VEVENT")[0] for now in (MADE, MADE + timedelta(minutes=1))
    )
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]


def test_whole_days_need_no_zone_and_end_on_the_day_after() -> None:
    text = written(CalendarEntry("1", "cysur.example.org", "Two days", "", date(2026, 3, 28), None, Span(2, Unit.DAYS)))
    assert "VTIMEZONE" not in text
    assert "\r\nDTSTART;VALUE=DATE:20260328\r\nDTEND;VALUE=DATE:20260330\r\n" in text
