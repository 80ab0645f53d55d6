"""Prefect shows soon what is recorded elsewhere: an answer on the answer pages, a command. A sweep shows it anyway.

A thread beside whatever works off Prefect's runs, which alone knows how to sign in there. It asks the database for what
changed, so that it costs the same however many cases are open, and reads no case but those.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta

import httpx

from reviewflow.errors import ReviewflowError
from reviewflow.london import stamp
from reviewflow.service.workspace.workspace import Workspace
from tasks.beside import goes_on
from tasks.boards.board_artifacts import draw_today
from tasks.office import the_workspace, this_moment
from tasks.views.view import show

BEAT = 4.0
"""Seconds between two looks. What a run of Prefect's records it shows itself, so that only the second look acts."""
MOST = 20
"""Cases; where more have changed, a sweep is at work, which shows them."""
NAME, LONGEST = "show", timedelta(minutes=2)
"""The lease of whoever shows something, of several machines, and how long the time of one that was killed lasts."""
Show = Callable[[datetime, Sequence[str]], None]


def show_cases(now: datetime, references: Sequence[str]) -> None:
    """Their runs, pages and forms, and today's page."""
    show.fn(now, "", references)
    draw_today.fn(now)


class ShownSoon:
    """Cases in which something was recorded that Prefect does not show yet."""

    def __init__(
        self,
        office: Callable[[], AbstractContextManager[Workspace]] = the_workspace,
        show_these: Show = show_cases,
        clock: Callable[[], datetime] = this_moment,
    ) -> None:
        self._office, self._show, self._clock = office, show_these, clock
        self._holder = f"soon {secrets.token_hex(8)}"
        self._seen: dict[str, int] = {}
        self._tried: dict[str, int] = {}
        """By case the number of the event up to which it was shown, or could not be: then a sweep does."""

    def beat(self) -> list[str]:
        """Show what stood unshown for a whole beat; returns the references. What fails is left to the next sweep."""
        with suppress(ReviewflowError, httpx.HTTPError), self._office() as office:
            found = dict(office.store.unmirrored(MOST + 1))
            stood = {name: number for name, number in found.items() if self._seen.get(name) == number}
            due = [name for name, number in stood.items() if self._tried.get(name) != number]
            self._seen = found
            if due and len(found) <= MOST and self._is_first(office):
                self._tried = {**{name: self._tried[name] for name in self._tried.keys() & found.keys()}, **stood}
                try:
                    self._show(self._clock(), due)
                finally:
                    office.store.end_lease(NAME, self._holder)
                return due
        return []

    def _is_first(self, office: Workspace) -> bool:
        now = self._clock()
        return office.store.take_lease(NAME, self._holder, stamp(now), stamp(now + LONGEST)) is None

    def start(self) -> ShownSoon:
        """Go on beside everything else, until the process ends; not where no server of Prefect is named."""
        if os.environ.get("PREFECT_API_URL"):
            threading.Thread(target=self._run, daemon=True, name="shown soon").start()
        return self

    def _run(self) -> None:
        pause = threading.Event()
        while not pause.wait(BEAT):
            with goes_on("Showing what was recorded"):
                self.beat()
