"""Words that every message and page shares."""

from datetime import UTC, date, datetime, time

import pytest

from reviewflow.text import (
    MOST_LISTED,
    clock_words,
    counted,
    day_words,
    due_words,
    folded,
    listing,
    moment_words,
    ordinal,
    unlike_formula,
    without_mark,
)

DAY = date(2026, 5, 7)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
    ],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_one_thing_and_several() -> None:
    assert [counted(number, "working day") for number in (0, 1, 2)] == [
        "0 working days",
        "1 working day",
        "2 working days",
    ]


def test_lists() -> None:
    assert (listing([]), listing([], none="")) == ("nothing yet", "")
    assert (listing(["a"]), listing(["a", "b"]), listing("abc", last="or")) == ("a", "a and b", "a, b or c")
    assert listing(["Gathering", "Meeting and deciding"]) == "Gathering, and Meeting and deciding"
    assert listing(["a and b", "c"], last="or") == "a and b or c"
    assert listing(map(str, range(MOST_LISTED + 2))).endswith(f", {MOST_LISTED - 1} and 2 more")


def test_days_and_times_of_day() -> None:
    assert (day_words(DAY), clock_words(time(9, 5))) == ("Thu 7 May 2026", "09:05")
    assert (due_words(DAY, None), due_words(DAY, time(14, 30))) == ("Thu 7 May 2026", "Thu 7 May 2026, 14:30")


def test_a_moment_is_said_as_it_is_in_london() -> None:
    assert moment_words(datetime(2026, 5, 7, 22, 59, tzinfo=UTC)) == "Thu 7 May 2026 23:59"
    assert moment_words(datetime(2026, 5, 7, 23, 0, tzinfo=UTC)) == "Fri 8 May 2026 00:00"
    assert moment_words(datetime(2026, 12, 7, 9, 5, tzinfo=UTC)) == "Mon 7 Dec 2026 09:05"


@pytest.mark.parametrize("first", "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66")
def test_what_a_spreadsheet_would_count_is_marked_and_comes_back(first: str) -> None:
    assert unlike_formula(f"{first}1+1") == f"'{first}1+1"
    assert without_mark(f"'{first}1+1") == f"{first}1+1"


@pytest.mark.parametrize("text", ["", "'", "'tis so", "1-1", "a=b"])
def test_other_text_has_no_mark(text: str) -> None:
    assert unlike_formula(text) == without_mark(text) == text


def test_what_was_typed_is_the_same_in_whatever_letters_and_spaces() -> None:
    assert folded("  Sam  FIELD,\nBusiness support ") == folded("sam field, business support")
    assert folded("STRASSE") == folded("Straße")
    assert folded("Sam Field") != folded("Sam Fielding")
