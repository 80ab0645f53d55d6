"""One sweep without Prefect: for rehearsing, and for an office that has a timer of its own. `reviewflow sweep`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime

from notifications.deliver import deliver_letters
from notifications.outcome import Verdict
from notifications.settings import delivery_from_environment
from reviewflow.london import LONDON
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.delivery.restoration import unsettled_words
from reviewflow.service.sweep.clock import clock_doubt
from reviewflow.service.sweep.heads import keep_head
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.one_at_a_time import one_at_a_time
from reviewflow.service.sweep.run import SweepContext, run_parts
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.trouble.words import set_aside_words
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words
from tasks.board import keep_board
from tasks.office import as_command, the_workspace, this_moment

REAL = (
    "Messages of this database really go out, so no other day can be rehearsed in it: they would be written to the "
    "folder and never sent. Nothing was changed. Rehearse in another database (--database sqlite:///rehearsal.db); in "
    "a copy of this one say first: reviewflow delivery test --by NAME"
)
LETTERS = {
    Verdict.SENT: "sent",
    Verdict.HELD: "written to the folder, not sent",
    Verdict.RETRY: "put off, to be tried again",
    Verdict.REFUSED: "refused for good",
}


def sweep_once(workspace: Workspace, environ: Mapping[str, str], *, clock: Callable[[], datetime], mode: Mode) -> str:
    """Do each part of a sweep but what is Prefect's; says in sentences what was done."""
    now = clock()
    delivery = delivery_from_environment(environ, mode, workspace.partnership.channels)
    done = run_parts(SweepContext(workspace, now, waits=mode is not Mode.TEST))
    counts = deliver_letters(workspace, delivery, clock=clock)
    sent = counts.get(Verdict.SENT, 0) + counts.get(Verdict.HELD, 0)
    aside, failed = set_aside_words(workspace), sum(counts.values()) - sent
    record_sweep(workspace, (now, clock()), chased=done["chase"], sent=sent, failed=failed, note=aside)
    aside = f" Could not be done, {aside}." if aside else ""
    keep_board(workspace, now)
    trouble = ""
    with Boundary(workspace, "sweep", now).around("part", "audit head"):
        trouble = f" {keep_head(workspace, environ)}".rstrip()
    held = "".join(f"\n{words}" for words in unsettled_words(workspace))
    letters = ", ".join(f"{number} {LETTERS[verdict]}" for verdict, number in counts.items() if number)
    local = now.astimezone(LONDON)
    return (
        f"Swept as on {day_words(local.date())} {local:%H:%M}. Delivery is {mode}.\n"
        f"Reminders and escalations that fell due: {done['chase']}. "
        f"Cases foreseen late, or well again: {done['look ahead']}.\n"
        f"Done by itself (cases opened, papers made): {done['automatic steps']}. Digests made: {done['digests']}.\n"
        f"Messages: {letters or 'none went'}.{aside}{f' {trouble}' if trouble else ''}{held}"
    )


SURE = "--yes-it-is"
"""What somebody says who has looked at the clock."""


def main(*told: str) -> int:
    """Sweep now; at another moment only to rehearse, and never among cases of which messages really go out."""
    moment = next((datetime.fromisoformat(word) for word in told if word != SURE), None)
    with the_workspace() as workspace:
        mode = _rehearsing(workspace) if moment else delivery_mode(workspace, os.environ).mode
        if moment is None and SURE not in told and (doubt := clock_doubt(workspace, this_moment())):
            raise UserError(doubt)
        with one_at_a_time(workspace, clock=this_moment) as other:
            clock = lambda: moment or this_moment()  # noqa: E731
            print(other or sweep_once(workspace, os.environ, clock=clock, mode=mode))  # noqa: T201
    return 0


def _rehearsing(workspace: Workspace) -> Mode:
    if delivery_mode(workspace, os.environ).switched is not Mode.TEST:
        raise UserError(REAL)
    return Mode.TEST


if __name__ == "__main__":
    sys.exit(as_command(lambda: main(*sys.argv[1:])))
