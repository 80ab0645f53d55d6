"""Term dates from a calendar file: whole days are taken, all else is told."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from reviewflow.language.model import OwnCalendar
from reviewflow.service.workspace.days.calendars import closed_days
from reviewflow.service.workspace.days.ics_file import as_yaml, read_ics
from reviewflow.service.workspace.errors import UserError

TERMS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//A council//Term dates//EN
X-WR-CALNAME:Schools of the county
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20260722
DTEND;VALUE=DATE:20260902
SUMMARY:Summer: "holidays"
END:VEVENT
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20260525
DURATION:P5D
SUMMARY:Half term
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;VALUE=DATE:20260703
SUMMARY:Training day
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20260505T180000Z
DTEND:20260505T190000Z
SUMMARY:Parents' evening
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART;VALUE=DATE:20260501
RRULE:FREQ=WEEKLY
SUMMARY:Every Friday
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.ics"
    path.write_text(TERMS.replace("\n", "\r\n"), encoding="utf-8")
    return path


def test_whole_days_are_closed_and_the_rest_is_told(terms: Path) -> None:
    read = read_ics(terms)
    assert read.title == "Schools of the county"
    assert read.closures == (
        (date(2026, 5, 25), date(2026, 5, 29), "Half term"),
        (date(2026, 7, 3), date(2026, 7, 3), "Training day"),
        (date(2026, 7, 22), date(2026, 9, 1), 'Summer: "holidays"'),
    )
    assert [words.partition(":")[0] for words in read.left_out] == ["Parents' evening (Tue 5 May 2026)", "Every Friday"]


def test_what_is_printed_is_a_calendar_of_partnership_yaml(terms: Path) -> None:
    printed = yaml.load("\n".join(as_yaml(read_ics(terms), "school_days")), yaml.BaseLoader)
    own = OwnCalendar.model_validate(printed["calendars"]["school_days"])
    closed = closed_days(own.closures)
    assert (closed[date(2026, 5, 27)], len(closed)) == ("Half term", 5 + 1 + 42)


@pytest.mark.parametrize("content", [b"", b"not a calendar", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"])
def test_a_file_without_whole_days_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "terms.ics"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"terms\.ics (is not a calendar file|has no entry for whole days)"):
        read_ics(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read: No such file"):
        read_ics(tmp_path / "terms.ics")


LINES = [
    "DTSTART;VALUE=DATE:2026",
    "DTSTART;VALUE=DATE:99999999",
    "DTSTART:20260101\r\nDTSTART:20260102",
    "DTSTART;VALUE=DATE:20260101\r\nDTEND:soon",
    "DTSTART;VALUE=DATE:20260101\r\nDURATION:P9999999999D",
    "DTSTART;VALUE=DATE:20260101\r\nDURATION:PT",
    "DTSTART;TZID=Nowhere:20260101T090000",
    "DTSTART;VALUE=PERIOD:20260101/P1D",
    "SUMMARY:a\r\nSUMMARY:b",
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    ":",
    "X;=:",
    "\x00\x01",
]


@pytest.mark.parametrize("line", LINES)
def test_a_damaged_line_is_read_or_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "terms.ics").write_text(TERMS.replace("UID:2", f"UID:2\r\n{line}"), encoding="utf-8")
    (tmp_path / "alone.ics").write_text(
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR", encoding="utf-8"
    )
    for name in ("terms.ics", "alone.ics"):
        try:
            assert read_ics(tmp_path / name).closures
        except UserError as error:
            words = str(error)
            assert f"{name} is not a calendar file" in words or "no entry for whole days" in words


def test_a_folder_is_no_calendar_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"This is not an ordinary file"):
        read_ics(tmp_path)
