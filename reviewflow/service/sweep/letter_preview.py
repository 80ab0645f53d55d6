"""The letters that will go out if nobody answers: the sweeps to come, run in a copy of the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewflow.case.model.ids import LookAgain
from reviewflow.london import LONDON, stamp
from reviewflow.service.commands.carry_out import find
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.owner_first import LetterCases
from reviewflow.service.delivery.queue import outgoing_letters, sent
from reviewflow.service.delivery.restoration import note_settled, unsettled
from reviewflow.service.messages.answer_places import without_pages
from reviewflow.service.messages.departure import sweep_at
from reviewflow.service.messages.naming import item_title
from reviewflow.service.messages.quiet_hours import opens
from reviewflow.service.sweep.chase import BATCH
from reviewflow.service.sweep.run import PARTS, SweepContext
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.copying import copy_into
from reviewflow.store.records import JobKind, Notice, Sweep

FOR_LISTS = ("words of clocks",)
"""What leads to no letter."""
ONCE_A_DAY = ("own files", "days anew", "look ahead", "digests")
"""What a sweep does that begins a day, and not the next one."""
ROUNDS = 5
"""How often a sweep is repeated at the same moment when its work leads to more, such as a case that opens another."""


@dataclass(frozen=True, slots=True)
class PlannedNotice:
    """One message of a planned letter."""

    reference: str
    item: str
    title: str
    message: str
    recipient: str
    whom: str


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """One letter to one mailbox, word for word."""

    when: datetime
    """In London; the present moment for what is due already."""
    address: str
    number: str
    urgent: bool
    subject: str
    text: str
    """Empty where only subjects were asked for."""
    tells: tuple[PlannedNotice, ...]


def planned_letters(
    workspace: Workspace, reference: str | None, *, now: datetime, until: datetime, subjects_only: bool = False
) -> list[PlannedLetter]:
    """Every letter until a moment, in the order in which they will go; with `reference` those about one case.

    As if delivery were live, and all settled after a restore; nothing is sent, nothing is stored. With `subjects_only`
    they have no text, which takes a third less time. Raises UnknownCase.
    """
    if reference:
        find(workspace, reference)
    with TemporaryDirectory(prefix="reviewflow-") as folder:
        store = copy_into(workspace.store, Path(folder) / "rehearsal.db")
        try:
            here = Workspace(
                store,
                workspace.folder,
                papers=Path(folder),
                own_partnership=workspace.partnership,
                subjects_only=subjects_only,
            )
            if unsettled(here):
                note_settled(here, by="", now=now)
            letters = [letter for moment in _moments(here, now, until) for letter in _sweep(here, moment)]
        finally:
            store.close()
    return [
        letter
        for letter in letters
        if reference is None or any(notice.reference == reference for notice in letter.tells)
    ]


def _moments(workspace: Workspace, now: datetime, until: datetime) -> Iterator[datetime]:
    """Now, then the moment of each sweep that finds something to do or begins a day. In UTC."""
    moment: datetime | None = now.astimezone(UTC)
    while moment is not None and moment <= until:
        yield moment
        moment = _next(workspace, moment)


def _next(workspace: Workspace, after: datetime) -> datetime:
    tomorrow = after.astimezone(LONDON).date() + timedelta(days=1)  # worked or not: each day is looked ahead
    today = opens(workspace.partnership, after.astimezone(LONDON).date())
    coming = [workspace.store.next_chase(stamp(after)), *_tries(workspace), stamp(today)]
    later = [moment for moment in coming if moment and moment > stamp(after)]
    return sweep_at(min([*map(datetime.fromisoformat, later), opens(workspace.partnership, tomorrow)]))


def _tries(workspace: Workspace) -> Iterator[str | None]:
    yield from (notice.next_try for notice in workspace.store.notices(status="queued"))
    yield from (digest.next_try for digest in workspace.store.digests())


def _composed(workspace: Workspace, ready: OutgoingLetter) -> tuple[str, str]:
    """As it is kept; it says how to answer without an address, which is made as the letter leaves."""
    subject, text = compose(workspace.partnership, ready)
    words = "" if workspace.subjects_only else without_pages(workspace.partnership, text)
    return without_pages(workspace.partnership, subject), words


def _sweep(workspace: Workspace, now: datetime) -> Iterator[PlannedLetter]:
    """Run a sweep without papers and deployments, repeated while its work leads to more; the letters that it sends."""
    sweep, done = SweepContext(workspace, now), dict[str, int]()
    for number in range(ROUNDS):
        left_out = (*FOR_LISTS, *(ONCE_A_DAY if number else ()))
        for name in (name for name in PARTS if name not in left_out):
            _leave_out_papers(workspace, now)
            done[name] = PARTS[name](sweep)
        if not done["chase"] + done["automatic steps"]:
            break
    for ready in outgoing_letters(workspace, clock=lambda: now):
        yield _planned_letter(workspace, ready, now, _composed(workspace, ready))
        sent(workspace, ready, now=now, detail="")
    workspace.store.record_sweep(Sweep(stamp(now), stamp(now), 0, 0, 0, ""))  # a copy needs no seal


def _leave_out_papers(workspace: Workspace, now: datetime) -> None:
    """Take the jobs out that make documents or run deployments."""
    for job in workspace.store.due_jobs(stamp(now), BATCH):
        if job.kind != JobKind.START:
            workspace.store.finish_job(job.id)


def _planned_letter(
    workspace: Workspace, ready: OutgoingLetter, now: datetime, words: tuple[str, str]
) -> PlannedLetter:
    digests = (
        PlannedNotice("", "", "", "digest", digest.recipient, recipient_title(workspace.partnership, digest.recipient))
        for digest in ready.digests
    )
    cases = LetterCases(workspace, (notice.reference for notice in ready.notices))
    tells = (*(_planned_notice(cases, notice, now) for notice in ready.notices), *digests)
    return PlannedLetter(now.astimezone(LONDON), ready.address, ready.number, ready.urgent, *words, tells)


def _planned_notice(cases: LetterCases, notice: Notice, now: datetime) -> PlannedNotice:
    workspace = cases.workspace
    row = cases.row(notice.reference) or find(workspace, notice.reference)
    context = workspace.context(row, now)
    hold = context.plan.holds.get(LookAgain.HOLD.name_in(notice.item))
    title = (
        hold.title
        if hold
        else item_title(context, notice.item)
        if notice.item
        else context.plan.definition.process.title
    )
    whom = recipient_title(workspace.partnership, notice.recipient)
    return PlannedNotice(notice.reference, notice.item, title, notice.message, notice.recipient, whom)
