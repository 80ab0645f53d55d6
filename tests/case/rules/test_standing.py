"""How an item looks, and how far away its day is."""

from datetime import date

import pytest

from reviewflow.calendar import Calendar
from reviewflow.case.model.state import Item, Status
from reviewflow.case.rules.standing import Standing, distance, standing_of
from reviewflow.text import day_words
from tests.case.stage import calendars

TODAY = date(2026, 5, 14)  # a Thursday


@pytest.fixture(scope="module")
def office() -> Calendar:
    return calendars()["office"]


def test_a_day_in_words() -> None:
    assert day_words(date(2026, 5, 7)) == "Thu 7 May 2026"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 5, 14), "due today"),
        (date(2026, 5, 15), "1 working day left"),
        (date(2026, 5, 16), "1 working day left"),  # a Saturday: Friday is left
        (date(2026, 5, 18), "2 working days left"),
        (date(2026, 5, 26), "7 working days left"),  # over the late May bank holiday
        (date(2026, 5, 13), "1 working day overdue"),
        (date(2026, 5, 8), "4 working days overdue"),
    ],
)
def test_how_far_away_a_day_is(due: date, words: str, office: Calendar) -> None:
    assert distance(due, TODAY, office) == words


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        (None, Standing.NOT_YET),
        (Item(Status.PENDING, due=date(2026, 5, 1)), Standing.NOT_YET),
        (Item(Status.OPEN), Standing.OPEN),
        (Item(Status.OPEN, due=date(2026, 5, 19)), Standing.OPEN),
        (Item(Status.OPEN, due=date(2026, 5, 18)), Standing.DUE_SOON),
        (Item(Status.OPEN, due=date(2026, 5, 14)), Standing.DUE_SOON),
        (Item(Status.OPEN, due=date(2026, 5, 13)), Standing.OVERDUE),
        (Item(Status.DONE, due=date(2026, 5, 13), done=date(2026, 5, 13)), Standing.DONE),
        (Item(Status.DONE, due=date(2026, 5, 13), done=date(2026, 5, 14)), Standing.DONE_LATE),
        (Item(Status.DONE, done=date(2026, 5, 14)), Standing.DONE),
        (Item(Status.SKIPPED), Standing.SKIPPED),
        (Item(Status.NOT_NEEDED), Standing.NOT_NEEDED),
        (Item(Status.WITHDRAWN), Standing.NOT_NEEDED),
    ],
    ids=str,
)
def test_how_it_stands(item: Item | None, shown: Standing, office: Calendar) -> None:
    assert standing_of(item, TODAY, office) is shown
