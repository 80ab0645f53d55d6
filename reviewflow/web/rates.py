"""How often somebody may ask: counted in this process's memory, which is one, so that a restart harms nobody."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Windows(MemoryStorage):
    """When each asked, as long as it counts.

    The library's own begins a thread for nearly each request, in which it goes over everybody who ever asked.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._asked: dict[str, deque[float]] = {}
        self._tidy_from = 0.0
        self._lock = threading.Lock()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Whether `key` may ask so many times more, which are counted then; `expiry` is in seconds."""
        now = self._monotonic()
        with self._lock:
            self._tidy(now, expiry)
            asked = self._asked.setdefault(key, deque())
            while asked and asked[0] < now - expiry:
                asked.popleft()
            if len(asked) + amount > limit:
                return False
            asked.extend([now] * amount)
            return True

    def __len__(self) -> int:
        """Of how many something is kept."""
        return len(self._asked)

    def _tidy(self, now: float, expiry: int) -> None:
        """Once in as long as something counts, forget those of whom nothing counts any more."""
        if now >= self._tidy_from:
            self._asked = {key: asked for key, asked in self._asked.items() if asked and asked[-1] >= now - expiry}
            self._tidy_from = now + expiry


class Counter:
    """Counts those who may ask so often and no more."""

    def __init__(self, rate: str) -> None:
        self._limiter = MovingWindowRateLimiter(Windows())
        self._rate = parse(rate)

    def may(self, whom: str) -> bool:
        """Whether this one may ask once more; it counts."""
        return self._limiter.hit(self._rate, whom)
