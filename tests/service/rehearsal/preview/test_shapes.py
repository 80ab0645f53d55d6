"""A timetable on the screen and in every kind of file."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

Run = Callable[..., tuple[int, str, str]]
ASKED = ("preview", "rapid_review", "--date", "notified=2026-12-18", "--agency", "police", "--agency", "education")


def test_on_the_screen_it_fits_80_columns(reviewflow: Run) -> None:
    status, page, said = reviewflow(*ASKED)
    assert (status, said) == (0, "")
    assert max(map(len, page.splitlines())) <= 80
    assert "NATIONAL TIME LIMIT" in page
    assert "\x1b" not in page


def test_days_beyond_the_proclaimed_bank_holidays_are_marked(reviewflow: Run) -> None:
    page = reviewflow("preview", "rapid_review", "--date", "notified=2028-12-18", "--format", "markdown")[1]
    assert "Wed 10 Jan 2029 (provisional)" in page
    assert "not yet proclaimed" in page


def test_the_data_says_all_of_it(reviewflow: Run) -> None:
    found = json.loads(reviewflow(*ASKED, "--late", "police=5", "--format", "json")[1])
    assert found["dates"] == {"notified": "2026-12-18", "aware": "2026-12-18"}
    (limit,) = [row for row in found["timetable"] if row["kind"] == "national limit"]
    assert (limit["due"], limit["done"]) == ("2027-01-13", "2027-01-21")
    assert "statutory_breach" in {each["message"] for each in found["messages"]}
    assert any(note.startswith("Time limit missed") for note in found["notes"])


def test_a_spreadsheet_reads_it(reviewflow: Run, tmp_path: Path) -> None:
    reviewflow(*ASKED, "-o", "timetable.csv")
    written = (tmp_path / "timetable.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert {line["kind"] for line in lines} >= {"Step", "National time limit", "Not a working day", "Chase"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", line["date"]) for line in lines)


def test_a_calendar_reads_it_and_a_second_time_changes_its_entries(reviewflow: Run, tmp_path: Path) -> None:
    read = []
    for now in ("2026-11-01", "2026-11-02"):
        reviewflow(*ASKED, "-o", "timetable.ics", "--now", now)
        read.append(Calendar.from_ical((tmp_path / "timetable.ics").read_bytes()).walk("VEVENT"))
    assert [each["UID"] for each in read[0]] == [each["UID"] for each in read[1]]
    assert len({each["UID"] for each in read[0]}) == len(read[0])
    assert all(second["SEQUENCE"] > first["SEQUENCE"] for first, second in zip(*read, strict=True))
    assert b"\r\nDTSTAMP:20261102T" in (tmp_path / "timetable.ics").read_bytes()
    limits = [each for each in read[0] if each["SUMMARY"].startswith("National time limit")]
    assert [each["DTSTART"].dt.isoformat() for each in limits] == ["2027-01-13"]
    assert b"\r\nDTSTART;VALUE=DATE:20270113\r\n" in (tmp_path / "timetable.ics").read_bytes()


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(reviewflow: Run, tmp_path: Path) -> None:
    assert reviewflow(*ASKED, "-o", "timetable.html")[1] == "Written: timetable.html\n"
    page = (tmp_path / "timetable.html").read_text(encoding="utf-8")
    assert not re.findall(r"https?:|<script|<link|<img|url\(", page)
    assert 'lang="en-GB"' in page
    assert page.count("<th ") == page.count('<th scope="col"')


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("preview", "rapid_revie"), 1, 'Did you mean "rapid_review"?'),
        ((*ASKED, "--late", "police=soon"), 2, "--late police=5"),
        ((*ASKED, "--date", "notifed=2026-12-18"), 1, 'Did you mean "notified"?'),
        (("preview", "rapid_review", "--date", "notified=2062-12-18"), 1, "Look at the year."),
    ],
)
def test_slips_are_told(reviewflow: Run, words: tuple[str, ...], status: int, said: str) -> None:
    got = reviewflow(*words)
    assert (got[0], said in " ".join(got[2].replace("│", " ").split())) == (status, True), got
