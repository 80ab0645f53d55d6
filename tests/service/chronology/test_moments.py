"""Days and times as agencies write them; what is not plain is not guessed."""

from datetime import date, datetime, time, timedelta

import pytest

from reviewflow.service.chronology.moments import Unreadable, read_clock, read_day
from reviewflow.service.handed_in.spreadsheet_file import Formula, Value

DAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    "cell",
    [
        *(DAY, datetime(2026, 5, 14), "2026-05-14", " 2026/5/14 ", "14/05/2026", "14.5.2026", "14-05-2026"),
        *("14 May 2026", "Thu 14 May 2026", "Thursday, 14th of May 2026", "14 MAY, 2026", "14-May-2026"),
    ],
)
def test_days(cell: Value) -> None:
    assert read_day(cell) == (DAY, None)


def test_the_day_stands_first() -> None:
    assert read_day("05/06/2026") == (date(2026, 6, 5), None)
    assert read_day("1 Sept 2026") == (date(2026, 9, 1), None)


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2026, 5, 14, 14, 30),
        "2026-05-14T14:30:00",
        "14/05/2026 14:30",
        "14 May 2026, 2.30pm",
        "14 May 2026 at 1430",
    ],
)
def test_a_day_with_its_time(cell: Value) -> None:
    assert read_day(cell) == (DAY, time(14, 30))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, "there is no date"),
        ("  ", "there is no date"),
        ("14/05/26", "its year has two digits"),
        ("14 May 26", "its year has two digits"),
        ("05/14/2026", "its month stands before its day, and others of this file may"),
        ("30/02/2026", "the calendar has no such day"),
        ("14 Mai 2026", "the calendar has no such day"),
        ("14/05/2026 or 15/05/2026", "more than a date and a time"),
        ("14/05/20261430", "more than a date and a time"),
        ("14/05/1026", "before 1900"),
        ("May 2026", "write it as 2026-05-14"),
        (46156, "a number or a time"),
        (time(14, 30), "a number or a time"),
        (Formula("=A1"), "a formula"),
    ],
)
def test_what_is_no_plain_day(cell: Value, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_day(cell)


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        *(
            (text, time(14, 30))
            for text in ("14:30", "2.30pm", "2:30 p.m.", "14.30 hrs", "1430", "14:30:00", "1430hrs")
        ),
        *((value, time(14, 30)) for value in (time(14, 30, 20), datetime(1899, 12, 30, 14, 30), timedelta(hours=14.5))),
        *(("12am", time(0)), ("12 pm", time(12)), ("9am", time(9)), ("0:05", time(0, 5)), ("14:30pm", time(14, 30))),
        *((text, None) for text in (None, "", "not known", "NK", "-", "Unknown")),
    ],
)
def test_times(cell: Value, clock: time | None) -> None:
    assert read_clock(cell) == clock


@pytest.mark.parametrize(
    "cell",
    ["afternoon", "14", "25:00", "14:60", "0.30pm", "14:30am", "9-10am", 14.3, timedelta(days=1), Formula("=B2")],
)
def test_what_is_no_plain_time(cell: Value) -> None:
    with pytest.raises(Unreadable, match="the time cannot be read"):
        read_clock(cell)
