"""Times of day and quiet hours: what may be written, and that they print as they read."""

from __future__ import annotations

from datetime import time

import pytest

from reviewflow.language.phrases import (
    PhraseError,
    Quiet,
    parse_clock,
    parse_quiet,
)


@pytest.mark.parametrize("text", ["9:05", "09:05"])
def test_a_time_of_day(text: str) -> None:
    assert parse_clock(text) == time(9, 5)


def test_quiet_hours_go_over_midnight() -> None:
    quiet = Quiet(time(18), time(8))
    assert parse_quiet("18:00  to 8:00") == quiet
    assert str(quiet) == "18:00 to 08:00"


@pytest.mark.parametrize("text", ["18:00", "08:00 to 18:00", "08:00 to 08:00"])
def test_quiet_hours_that_are_no_night_are_refused(text: str) -> None:
    with pytest.raises(PhraseError, match="is not a night"):
        parse_quiet(text)
