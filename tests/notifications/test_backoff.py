from datetime import UTC, datetime, timedelta

import pytest

from notifications.backoff import next_try

NOW = datetime(2026, 5, 14, 8, 30, tzinfo=UTC)


def tried_at() -> list[timedelta]:
    """Every try of a letter that never goes, counted from the first."""
    now, tries, after = NOW, 1, [timedelta()]
    while (then := next_try(tries, now)) is not None:
        now, tries = then, tries + 1
        after.append(now - NOW)
    return after


def test_tries_come_soon_and_then_every_hour() -> None:
    minutes = [after // timedelta(minutes=1) for after in tried_at()]

    assert minutes[:7] == [0, 1, 6, 21, 81, 141, 201]


def test_a_day_of_trying_is_enough() -> None:
    assert timedelta(hours=23) < tried_at()[-1] <= timedelta(hours=24)
    assert next_try(10**6, NOW) is None


def test_before_the_first_try_nothing_is_tried_again() -> None:
    with pytest.raises(ValueError, match="0 tries"):
        next_try(0, NOW)
