"""Whether sweeps run, and what they could not do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from reviewflow.calendar import OFFICE
from reviewflow.london import LONDON, london_day, read_stamp
from reviewflow.service.health.finding import Finding, Verdict
from reviewflow.service.sweep.clock import clock_doubt
from reviewflow.service.sweep.last_sweep import last_sweep_words
from reviewflow.service.trouble.boundary import is_whole
from reviewflow.service.trouble.words import remedy, times_words, trouble_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import moment_words

GRACE = timedelta(hours=1)
"""How long after the office's sending time a sweep is waited for."""


def trouble(workspace: Workspace) -> Iterator[Finding]:
    """A line for each place at which something could not be done."""
    troubles = workspace.store.troubles()
    if not troubles:
        yield Finding("trouble", Verdict.GOOD, "None: nothing that was tried has failed without working since")
    for row in troubles:
        if is_whole(row):
            says = f"{trouble_words(row)}; {times_words(row)}"
            yield Finding("trouble", Verdict.TO_DO, says, remedy(row))
        else:
            remedy_words = "look at the database with reviewflow audit; a sweep writes the entry anew if it still holds"
            yield Finding("trouble", Verdict.TO_DO, "An entry about trouble was damaged", remedy_words)


def clock(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Whether this machine's clock can be believed, by the last sweep."""
    doubt = clock_doubt(workspace, now)
    if doubt:
        yield Finding("clock", Verdict.TO_DO, doubt, "set it right, or say that it is")
    else:
        yield Finding("clock", Verdict.GOOD, f"It is {moment_words(now)}")


def last_sweep(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Whether one ran since the office's sending time of the last office day."""
    last, wanted = workspace.store.last_sweep(), _wanted_since(workspace, now)
    says = last_sweep_words(workspace).rstrip(".")
    if last is None or read_stamp(last.started) < wanted:
        remedy_words = "see that reviewflow serve runs, or the timer that starts reviewflow sweep; or sweep now"
        yield Finding("last sweep", Verdict.TO_DO, says, remedy_words)
    else:
        yield Finding("last sweep", Verdict.GOOD, says)


def _wanted_since(workspace: Workspace, now: datetime) -> datetime:
    """The last sending time of an office day that is over for long enough."""
    day, calendar = london_day(now), workspace.calendars[OFFICE]
    while True:
        begins = datetime.combine(day, workspace.partnership.send_at, LONDON)
        if calendar.is_working_day(day) and begins + GRACE <= now:
            return begins
        day -= timedelta(days=1)
