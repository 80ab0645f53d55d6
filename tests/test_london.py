from datetime import UTC, date, datetime, timedelta

import pytest

from reviewflow.london import LONDON, in_london, london_day


@pytest.mark.parametrize("zone", [UTC, LONDON])
def test_the_hour_that_comes_twice_in_october_is_told_apart_however_often_it_is_asked(zone: object) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    moments = [(first + timedelta(hours=hours)).astimezone(zone) for hours in (0, 1, 0, 1)]  # type: ignore[arg-type]
    assert [in_london(moment).utcoffset() for moment in moments] == [timedelta(hours=1), timedelta(0)] * 2
    assert [in_london(moment).astimezone(UTC) for moment in moments] == [first, first + timedelta(hours=1)] * 2


def test_a_day_begins_at_midnight_in_london() -> None:
    assert london_day(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)) == date(2026, 6, 2)
    assert london_day(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)
