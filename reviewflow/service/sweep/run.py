"""A sweep, composed once: its parts in their order, for the flow, the command, the rehearsal and the simulated year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from reviewflow.errors import OURS, ReviewflowError
from reviewflow.service.sweep.automatic_steps import Runner, run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.clock_words import keep_clock_words
from reviewflow.service.sweep.digests import make_due_digests
from reviewflow.service.sweep.late_requests import ask_anew
from reviewflow.service.sweep.seldom.look_ahead import count_anew, look_ahead
from reviewflow.service.sweep.seldom.own_files import look_after_own_files
from reviewflow.service.sweep.share import WHOLE, Share
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SweepContext:
    """What every part of one sweep works with.

    `now` is one moment for the whole sweep: what falls due while it runs belongs to the next. Only the sending of
    letters reads the clock for each, because a claim ends by the clock and quiet hours may begin meanwhile.
    """

    workspace: Workspace
    now: datetime
    waits: bool = True
    """Ordinary letters and digests wait for the office's sending time; not where nothing leaves the building."""
    shares: tuple[Share, ...] = (WHOLE,)
    """Those of all cases that nobody else has looked ahead in."""
    run: Runner | None = None
    """Runs a Prefect deployment; without it such jobs stay in the queue."""


class PartFailed(ReviewflowError):
    """A part of a sweep could not be done."""

    exit_status = OURS


Part = Callable[[SweepContext], int]
"""Does its part of a sweep and returns how much of it there was. Safe to run twice, late or not at all."""

PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "own files": lambda sweep: look_after_own_files(sweep.workspace, now=sweep.now),
        "days anew": lambda sweep: count_anew(sweep.workspace, now=sweep.now),
        "look ahead": lambda sweep: look_ahead(sweep.workspace, now=sweep.now, shares=sweep.shares),
        "late requests": lambda sweep: ask_anew(sweep.workspace, now=sweep.now),
        "chase": lambda sweep: chase_due_items(sweep.workspace, now=sweep.now),
        "automatic steps": lambda sweep: run_automatic_steps(sweep.workspace, now=sweep.now, run=sweep.run),
        "digests": lambda sweep: make_due_digests(sweep.workspace, now=sweep.now, waits=sweep.waits),
        "words of clocks": lambda sweep: keep_clock_words(sweep.workspace, now=sweep.now),
    }
)
"""In their order: warnings before chases, so that today's letters have them; linked cases before the digests that list
them; all before the letters. The words last, when nothing more happens in a case. The caller does the rest: letters,
then bounces, then the view in Prefect.
"""


def run_parts(sweep: SweepContext) -> dict[str, int]:
    """Run every part once, whatever became of the one before it; by its name, how much each did."""
    boundary, done = Boundary(sweep.workspace, "sweep", sweep.now), dict.fromkeys(PARTS, 0)
    for name, part in PARTS.items():
        with boundary.around("part", name):
            done[name] = part(sweep)
    return done


def run_share(workspace: Workspace, share: Share, *, now: datetime) -> int:
    """Look ahead in a share of all cases, and chase what is due there: what a large office does side by side.

    Returns how many messages fell due. The sweep that shares them out goes over all of it once more, and finds nothing
    left, or what a share that was killed has left; so it does no harm to take one twice, or late.
    """
    look_ahead(workspace, now=now, shares=(share,))
    return chase_due_items(workspace, now=now, share=share)


def run_part(sweep: SweepContext, name: str) -> int:
    """Run one part, where each is shown by itself: a failure is noted, and raised."""
    boundary = Boundary(sweep.workspace, "sweep", sweep.now)
    with boundary.around("part", name):
        return PARTS[name](sweep)
    raise PartFailed(f"{name}: it failed; what and where stands in reviewflow doctor")
