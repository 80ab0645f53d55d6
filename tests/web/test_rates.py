"""Who may ask so often: counted in a window that moves, with nothing kept of those who asked long ago."""

import threading

from limits import parse
from limits.strategies import MovingWindowRateLimiter

from reviewflow.web.rates import Counter, Windows


class Clock:
    """Seconds, as somebody sets them."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_window_moves_with_each_that_asked_and_those_who_were_refused_do_not_count() -> None:
    clock = Clock()
    limiter, rate = MovingWindowRateLimiter(Windows(clock)), parse("2/minute")
    answers = []
    for seconds in (0, 30, 20, 11, 1, 29):  # at 0, 30, 50, 61, 62 and 91
        clock.now += seconds
        answers.append(limiter.hit(rate, "police"))
    assert answers == [True, True, False, True, False, True]
    assert limiter.hit(rate, "health")


def test_nothing_is_kept_of_those_of_whom_nothing_counts_any_more() -> None:
    """Addresses that somebody guesses would fill the memory, a few bytes each, for as long as the pages run."""
    clock = Clock()
    windows = Windows(clock)
    limiter, rate = MovingWindowRateLimiter(windows), parse("2/minute")
    for number in range(1_000):
        assert limiter.hit(rate, f"guess {number}")
    assert len(windows) == 1_000
    clock.now += 61
    assert limiter.hit(rate, "police")
    assert len(windows) == 1


def test_no_thread_begins_because_somebody_asks() -> None:
    counter = Counter("2/minute")
    before = set(threading.enumerate())
    assert [counter.may("police") for _ in range(3)] == [True, True, False]
    assert set(threading.enumerate()) <= before
