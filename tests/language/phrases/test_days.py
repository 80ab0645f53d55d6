"""Days and stretches of days as they are written in a file."""

from __future__ import annotations

from datetime import date

import pytest

from reviewflow.language.phrases import (
    PhraseError,
    parse_day,
    parse_days,
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("18/12/2026", "Write the year first"),
        ("2026-13-01", "There is no month 13"),
        ("2026-02-30", "30 February 2026 is not a date"),
    ],
)
def test_what_is_wrong_with_a_day(text: str, message: str) -> None:
    with pytest.raises(PhraseError, match=message) as refused:
        parse_day(text)
    assert refused.value.code == "PD015"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-12-21 to 2027-01-04", (date(2026, 12, 21), date(2027, 1, 4))),
        ("2026-12-21", (date(2026, 12, 21), date(2026, 12, 21))),
    ],
)
def test_a_stretch_of_days(text: str, days: tuple[date, date]) -> None:
    assert parse_days(text) == days


def test_a_stretch_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PhraseError, match="ends before it begins"):
        parse_days("2027-01-04 to 2026-12-21")
