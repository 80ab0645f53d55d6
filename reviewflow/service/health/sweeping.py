"""Whether sweeps run, and what they could not do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from reviewflow.calendar import OFFICE
from reviewflow.london import LONDON, london_day, read_stamp
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, cannot_tell, good, to_do
from reviewflow.service.sweep.clock import NEAR, clock_doubt
from reviewflow.service.sweep.last_sweep import last_sweep_words
from reviewflow.service.trouble.boundary import is_whole
from reviewflow.service.trouble.refusals import refused_here, told_of
from reviewflow.service.trouble.words import remedy, times_words, trouble_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import PREFECT
from reviewflow.text import moment_words

GRACE = timedelta(hours=1)
"""How long after the office's sending time a sweep is waited for."""
FRESH = timedelta(days=2)
"""For how long after a sweep by Prefect the next is waited for each quarter of an hour, day and night."""
APART = timedelta(minutes=1)
"""By how much clocks may differ."""


def trouble(workspace: Workspace) -> Iterator[Finding]:
    """A line for each place at which something could not be done."""
    troubles = workspace.store.troubles()
    if not troubles:
        yield good("trouble", "None: nothing that was tried has failed without working since")
    for row in troubles:
        if is_whole(row):
            job = refused_here(workspace, row)
            refused = told_of(workspace, job) if job else ""
            says = f"{trouble_words(row, refused)}; {times_words(row)}"
            yield to_do(Ailment.TROUBLE, "trouble", says, remedy(row))
        else:
            remedy_words = "look at the database with reviewflow audit; a sweep writes the entry anew if it still holds"
            yield to_do(Ailment.TROUBLE, "trouble", "An entry about trouble was damaged", remedy_words)


def clock(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Whether this machine's clock can be believed, by the last sweep and by what was recorded last."""
    doubt, latest = clock_doubt(workspace, now), workspace.store.last_recorded()
    if doubt:
        yield to_do(Ailment.CLOCK_FAR, "clock", doubt, "set it right, or say that it is")
    elif latest is not None and read_stamp(latest) > now + NEAR:
        says = f"It is {moment_words(now)}, and something is recorded of {moment_words(read_stamp(latest))}"
        remedy = "set the clock right; if it is right, it was wrong when that was recorded: reviewflow history shows it"
        yield to_do(Ailment.CLOCK_BEHIND, "clock", says, remedy)
    else:
        yield good("clock", f"It is {moment_words(now)}")


def database_clock(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Whether the database's machine has the same time as this one, at the moment `now` of this one's own clock."""
    there = workspace.store.database_clock()
    if abs(there - now) > APART:
        says = f"This machine's says {moment_words(now)}, the database's {moment_words(there)}"
        yield to_do(
            Ailment.CLOCK_APART, "clock", says, "let both be set by the network's time (chrony, systemd-timesyncd)"
        )
    else:
        yield good("clock", "The database's machine has the same time")


def last_sweep(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Whether one ran when one should have, and whether the last of which no part failed is as new."""
    last, good_one = workspace.store.last_sweep(), workspace.store.last_good_sweep()
    wanted = _wanted_since(workspace, now)
    says = last_sweep_words(workspace).removeprefix("Last sweep: ").rstrip(".")
    if last is None or read_stamp(last.started) < wanted:
        remedy_words = "see that reviewflow serve runs, or the timer that starts reviewflow sweep; or sweep now"
        yield to_do(Ailment.SWEEP_LATE, "last sweep", says, remedy_words)
    elif good_one is None or read_stamp(good_one) < wanted:
        when = f"that of {moment_words(read_stamp(good_one))}" if good_one else "unknown: there is none"
        remedy_words = "see which in Prefect, under the runs of chase, or say reviewflow sweep, which tells them"
        says = f"{says}. The last of which no part failed is {when}"
        yield to_do(Ailment.SWEEP_FAILED, "last sweep", says, remedy_words)
    else:
        yield good("last sweep", says)


def in_prefect(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Whether Prefect's server was there for the last sweep, by the store; whether it is there now `doctor` asks it."""
    swept = workspace.store.last_done().get(PREFECT)
    if swept is None:
        yield good("Prefect", "No sweep here was ever Prefect's")
    elif read_stamp(swept.at) < now - GRACE:
        says = f"Nothing was heard of it since its sweep of {moment_words(read_stamp(swept.at))}"
        yield cannot_tell(Ailment.PREFECT_AWAY, "Prefect", says, "ask whether it answers: reviewflow doctor")
    else:
        yield good("Prefect", f"It was there for the sweep of {moment_words(read_stamp(swept.at))}")


def _wanted_since(workspace: Workspace, now: datetime) -> datetime:
    """The last sending time of an office day that is over for long enough; an hour ago where Prefect sweeps."""
    by_prefect = workspace.store.last_done().get(PREFECT)
    if by_prefect is not None and read_stamp(by_prefect.at) > now - FRESH:
        return now - GRACE
    day, calendar = london_day(now), workspace.calendars[OFFICE]
    while True:
        begins = datetime.combine(day, workspace.partnership.send_at, LONDON)
        if calendar.is_working_day(day) and begins + GRACE <= now:
            return begins
        day -= timedelta(days=1)
