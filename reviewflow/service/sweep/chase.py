"""The sweep: fire the rungs that are due, open the cases that automatic steps ask for. Safe twice, late or at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.plan.plan import OFFICE, Plan
from reviewflow.language.problem import DefinitionError
from reviewflow.london import LONDON, stamp
from reviewflow.service.commands.bulk import follow_calendars
from reviewflow.service.commands.carry_out import carry_out, decide, open_case
from reviewflow.service.commands.commit import RUN
from reviewflow.service.delivery.quiet_hours import may_go, opens
from reviewflow.service.documents.case_papers import make_papers
from reviewflow.service.sweep.digests import make_digests
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Job, Sweep
from reviewflow.text import day_words

Runner = Callable[[str, str, str], None]
"""Runs a Prefect deployment, given its name, the case's reference, and a key by which a repeat is known."""
SWEEP = "the sweep"
Owed = tuple[str, str]
"""A case's reference, and what is owed in it."""
BATCH, TOGETHER = 500, 20
"""How many items are asked for at once, and how many are written in one transaction: a person never waits long."""
JOB_AGAIN = timedelta(hours=1)


def fire(workspace: Workspace, *, now: datetime) -> int:
    """Promise the message of every rung that has fallen due; returns how many items were chased.

    Costs what is due: the store is asked for due items only, oldest first.
    """
    fired, seen = 0, set[Owed]()
    while True:
        found = workspace.store.due_items(stamp(now), BATCH + len(seen))
        due = [each for each in found if each not in seen]
        if not due:
            return fired
        fired += sum(_chase(workspace, items, now=now) for items in _by_different_cases(due))
        seen.update(due)


def look_ahead(workspace: Workspace, *, now: datetime) -> int:
    """Tell what has turned late, or is well again, because a day has passed; returns of how many cases.

    Days are counted anew first when the calendars were changed. Once a day, by the first sweep after the office's
    sending time; twice does no harm, because what was told is not told again.
    """
    follow_calendars(workspace, by=SWEEP, now=now)
    today = now.astimezone(LONDON).date()
    begins = stamp(datetime.combine(today, workspace.partnership.send_at, LONDON))
    last = workspace.store.last_sweep()
    if stamp(now) < begins or (last is not None and last.started >= begins):
        return 0
    watched = [row for row in workspace.store.cases("open") if _is_watched(workspace.plan(row.definition))]
    outcomes = (carry_out(workspace, row.reference, c.LookAhead(), by=SWEEP, now=now) for row in watched)
    return sum(bool(outcome.events) for outcome in outcomes)


def sum_up(workspace: Workspace, *, now: datetime, waits: bool = True) -> int:
    """Make the digests that are due, before the day's letters go, so that they go in them; returns how many.

    Done by the first sweep of an office day that may send letters, and again after a sweep in which something failed.
    """
    today, calendar = now.astimezone(LONDON).date(), workspace.calendars[OFFICE]
    if not calendar.is_working_day(today) or (waits and not may_go(workspace.partnership, calendar, now)):
        return 0
    begins = opens(workspace.partnership, today) if waits else datetime.combine(today, time(), LONDON)
    last = workspace.store.last_sweep()
    if last is not None and last.started >= stamp(begins) and not last.failed:
        return 0
    return make_digests(workspace, now=now)


def _is_watched(plan: Plan) -> bool:
    return any(limit.when_late is not None for limit in plan.limits.values())


def _by_different_cases(due: Iterable[Owed]) -> Iterator[Mapping[str, str]]:
    """So many at a time, each the item of another case: what can be written in one transaction."""
    waiting = list(due)
    while waiting:
        taken, later = dict[str, str](), list[Owed]()
        for reference, item in waiting:
            if reference in taken or len(taken) == TOGETHER:
                later.append((reference, item))
            else:
                taken[reference] = item
        yield taken
        waiting = later


def _chase(workspace: Workspace, items: Mapping[str, str], *, now: datetime) -> int:
    """All in one transaction; in one each when somebody else was first with any of them."""
    chases = {reference: c.Chase(item, workspace.partnership.send_at) for reference, item in items.items()}
    rows = workspace.store.load_these(chases)
    decided = [decide(workspace, row, chases[row.reference], by=SWEEP, now=now)[1] for row in rows]
    changes = [change for change in decided if change is not None]
    if not changes or workspace.store.append_together(changes):
        return len(changes)
    outcomes = (carry_out(workspace, name, chase, by=SWEEP, now=now) for name, chase in chases.items())
    return sum(bool(outcome.events) for outcome in outcomes)


def run_automatic_steps(workspace: Workspace, *, now: datetime, run: Runner | None = None) -> int:
    """Open the linked cases and make the documents that are asked for; returns how many things were done.

    What is refused is tried again in an hour. Deployments are run by `run`; without it they wait for who can.
    """
    done = 0
    for job in workspace.store.due_jobs(stamp(now), BATCH):
        if job.kind == RUN and run is None:
            continue
        try:
            _carry_out(workspace, job, now=now, run=run)
        except (Refused, DefinitionError, UserError) as error:
            workspace.store.retry_job(job.id, next_try=stamp(now + JOB_AGAIN), error=str(error))
        else:
            done += 1
    return done


def _carry_out(workspace: Workspace, job: Job, *, now: datetime, run: Runner | None) -> None:
    wanted = json.loads(job.body)
    match job.kind:
        case "make":
            make_papers(workspace, job.reference, job.item, wanted["document"], now=now)
            workspace.store.finish_job(job.id)
        case "run":
            assert run is not None
            run(wanted["deployment"], job.reference, f"{job.reference}/{job.item}/{job.id}")
            workspace.store.finish_job(job.id)
        case _:
            _start(workspace, job, now=now)


def _start(workspace: Workspace, job: Job, *, now: datetime) -> None:
    """Open the child once (its key is the parent's item) and tell the parent; a repeat after a crash does no harm."""
    wanted = json.loads(job.body)
    key = f"{job.reference}/{job.item}"
    command = c.Open(
        {name: date.fromisoformat(day) for name, day in wanted["dates"].items()},
        tuple(wanted["agencies"]),
        job.reference,
    )
    child = open_case(workspace, wanted["process"], command, by=SWEEP, now=now, key=key).case.reference
    carry_out(workspace, job.reference, c.RecordStarted(job.item, child), by=SWEEP, now=now, done_job=job.id)


def remember(
    workspace: Workspace, during: tuple[datetime, datetime], *, chased: int, sent: int, failed: int, note: str
) -> None:
    """Keep what a sweep did, so that anybody can see when the last one was."""
    started, finished = during
    workspace.store.record_sweep(Sweep(stamp(started), stamp(finished), chased, sent, failed, note))


def last_words(workspace: Workspace) -> str:
    """When the last sweep was, and what it did, for people."""
    last = workspace.store.last_sweep()
    if last is None:
        return "No sweep has run yet: nobody is being chased. Start one with: reviewflow serve"
    ended = datetime.fromisoformat(last.finished).astimezone(LONDON)
    done = f"{last.fired} chased, {last.sent} messages delivered, {last.failed} not"
    return f"Last sweep: {day_words(ended.date())} {ended:%H:%M}, {done}{f'; {last.note}' if last.note else ''}."
