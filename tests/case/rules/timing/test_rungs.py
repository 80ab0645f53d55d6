"""The rule that after downtime only the highest rung goes out."""

from datetime import UTC, datetime, timedelta

from reviewflow.case.rules.timing.rungs import RungTime, highest_after_downtime

DUE = [RungTime(number, datetime(2026, 5, 5 + number, 9, tzinfo=UTC)) for number in range(4)]


def test_highest_after_downtime_sends_the_last_that_fell_due_and_passes_over_the_others() -> None:
    passed, sent = highest_after_downtime(DUE)
    assert [rung.number for rung in passed] == [0, 1, 2]
    assert sent == RungTime(3, DUE[0].when + timedelta(days=3))


def test_highest_after_downtime_is_the_only_one_when_nothing_was_missed() -> None:
    assert highest_after_downtime(DUE[:1]) == ([], DUE[0])


def test_highest_after_downtime_is_none_when_nothing_fell_due() -> None:
    passed, sent = highest_after_downtime([])
    assert (list(passed), sent) == ([], None)
