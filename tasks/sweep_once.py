"""One sweep without Prefect: for rehearsing, and for an office that has a timer of its own. `reviewflow sweep`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from notifications.deliver import deliver_letters
from notifications.outcome import DeliveryStatus
from notifications.settings import delivery_from_environment
from reviewflow.cli.console import as_json
from reviewflow.cli.logs import Happening, begin_logs, tell
from reviewflow.london import LONDON
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.delivery.restoration import unsettled_words
from reviewflow.service.sweep.clock import clock_doubt
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.one_at_a_time import one_at_a_time
from reviewflow.service.sweep.run import SweepContext, run_parts
from reviewflow.service.sweep.seldom.heads import keep_head
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.trouble.words import set_aside_words
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words
from tasks.boards.board import keep_board
from tasks.office import as_command, the_workspace, this_moment

REAL = (
    "Messages of this database really go out, so no other day can be rehearsed in it: they would be written to the "
    "folder and never sent. Nothing was changed. Rehearse in another database (--database sqlite:///rehearsal.db); in "
    "a copy of this one say first: reviewflow delivery test --by NAME"
)
LETTERS = {
    DeliveryStatus.SENT: "sent",
    DeliveryStatus.HELD: "written to the folder, not sent",
    DeliveryStatus.RETRY: "put off, to be tried again",
    DeliveryStatus.REFUSED: "refused for good",
}


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    at: datetime
    """In UTC."""
    mode: Mode
    chased: int
    """Reminders and escalations that fell due."""
    foreseen: int
    """Cases foreseen late, or well again."""
    by_itself: int
    """Cases opened, papers made."""
    digests: int
    letters: Mapping[str, int]
    """How many were sent, written to the folder, put off, refused: by these words; without those there were none of."""
    trouble: tuple[str, ...]
    """What could not be done, and what is to be known besides, in sentences."""

    @property
    def words(self) -> str:
        """In sentences."""
        local = self.at.astimezone(LONDON)
        foreseen = f"Cases foreseen late, or well again: {self.foreseen}."
        letters = ", ".join(f"{number} {what}" for what, number in self.letters.items())
        return "\n".join(
            (
                f"Swept as on {day_words(local.date())} {local:%H:%M}. Delivery is {self.mode}.",
                f"Reminders and escalations that fell due: {self.chased}. {foreseen}",
                f"Done by itself (cases opened, papers made): {self.by_itself}. Digests made: {self.digests}.",
                f"Messages: {letters or 'none went'}.",
                *self.trouble,
            )
        )


def sweep_once(workspace: Workspace, environ: Mapping[str, str], *, clock: Callable[[], datetime], mode: Mode) -> Swept:
    """Do each part of a sweep but what is Prefect's; says what was done."""
    now = clock()
    delivery = delivery_from_environment(environ, mode, workspace.partnership.channels)
    done = run_parts(SweepContext(workspace, now, waits=mode is not Mode.TEST))
    counts = deliver_letters(workspace, delivery, clock=clock)
    sent = counts.get(DeliveryStatus.SENT, 0) + counts.get(DeliveryStatus.HELD, 0)
    aside, failed = set_aside_words(workspace), sum(counts.values()) - sent
    record_sweep(workspace, (now, clock()), chased=done["chase"], sent=sent, failed=failed, note=aside)
    keep_board(workspace, clock())
    told = [f"Could not be done, {aside}."] if aside else []
    with Boundary(workspace, "sweep", now).around("part", "audit head"):
        told += filter(None, [keep_head(workspace, environ).strip()])
    letters = {LETTERS[verdict]: number for verdict, number in counts.items() if number}
    trouble = (*told, *unsettled_words(workspace))
    parts = (done["chase"], done["look ahead"], done["automatic steps"], done["digests"])
    return Swept(now, mode, *parts, letters, trouble)


SURE, JSON = "--yes-it-is", "--json"
"""What somebody says who has looked at the clock, and a program that reads what was done."""


def main(*told: str) -> int:
    """Sweep now; at another moment only to rehearse, and never among cases of which messages really go out."""
    begin_logs(os.environ)
    moment = next((_moment(word) for word in told if word not in {SURE, JSON}), None)
    with the_workspace() as workspace:
        mode = _rehearsing(workspace) if moment else delivery_mode(workspace, os.environ).mode
        if moment is None and SURE not in told and (doubt := clock_doubt(workspace, this_moment())):
            raise UserError(doubt)
        with one_at_a_time(workspace, clock=this_moment) as other:
            clock = lambda: moment or this_moment()  # noqa: E731
            swept = None if other else sweep_once(workspace, os.environ, clock=clock, mode=mode)
    _log(swept)
    print(_said(swept, other) if JSON in told else swept.words if swept else other)  # noqa: T201
    return 0


def _moment(typed: str) -> datetime:
    """In London where no zone is said."""
    moment = datetime.fromisoformat(typed)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _log(swept: Swept | None) -> None:
    """For machines that gather logs: what was done, as numbers."""
    if swept is None:
        tell(Happening.NOT_SWEPT)
        return
    sent = swept.letters.get(LETTERS[DeliveryStatus.SENT], 0) + swept.letters.get(LETTERS[DeliveryStatus.HELD], 0)
    tell(Happening.SWEPT, chased=swept.chased, sent=sent, failed=sum(swept.letters.values()) - sent)


def _said(swept: Swept | None, other: str) -> str:
    """For programs: what was done, or why nothing was."""
    return as_json(asdict(swept) if swept else {"not_swept": other})


def _rehearsing(workspace: Workspace) -> Mode:
    if delivery_mode(workspace, os.environ).switched is not Mode.TEST:
        raise UserError(REAL)
    return Mode.TEST


if __name__ == "__main__":
    sys.exit(as_command(lambda: main(*sys.argv[1:])))
