"""What happened, told to Prefect as events with the case as their resource: by each sweep, from our own store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from prefect import task

from reviewflow.london import london_day, read_stamp
from reviewflow.service.board_markdown.pages import look
from reviewflow.service.trade.happened import Happened, overdue_today, recorded_since
from reviewflow.service.workspace.workspace import Workspace
from tasks.boards.board_artifacts import seen_place
from tasks.office import the_workspace
from tasks.server.prefect_api import Json, connected

PREFIX = "reviewflow"
BACK = timedelta(days=1)
"""So far back the first sweep of all looks."""
MISSED = timedelta(minutes=60)
"""After so long without a finished sweep one was missed: they come every quarter of an hour, day and night."""
DELIVERY, SWEEPS = "reviewflow.delivery", "reviewflow.sweeps"


@task(name="tell events", retries=2, retry_delay_seconds=10)
def tell_events(now: datetime, failed_letters: int = 0, failed_parts: int = 0) -> int:
    """Tell what happened since the last sweep began, and how this one went; returns how many events there were."""
    with the_workspace() as workspace:
        events = [*map(as_event, _happened(workspace, now)), *_of_office(workspace, now, failed_letters, failed_parts)]
    with connected() as prefect:
        prefect.emit(events)
    return len(events)


def as_event(happened: Happened, at: datetime | None = None) -> Json:
    """As Prefect takes it: the case is what it is about, and its step or limit is related."""
    moment = at or datetime.now().astimezone()  # noqa: TID251 - when it is told
    item = {
        "prefect.resource.id": f"{PREFIX}.item.{happened.reference}.{happened.item or 'case'}",
        "prefect.resource.role": "item",
        "prefect.resource.name": happened.title or happened.reference,
        **happened.labels,
    }
    return {
        "id": happened.id,
        "occurred": moment.isoformat(),
        "event": f"{PREFIX}.{happened.name}",
        "resource": {
            "prefect.resource.id": f"{PREFIX}.case.{happened.reference}",
            "prefect.resource.name": happened.reference,
        },
        "related": [item],
        "payload": {"about": happened.title, **happened.labels},
    }


def _happened(workspace: Workspace, now: datetime) -> Iterable[Happened]:
    last = workspace.store.last_sweep()
    yield from recorded_since(workspace, read_stamp(last.started) if last else now - BACK, now=now)
    if last is None or london_day(read_stamp(last.finished)) < london_day(now):
        yield from overdue_today(workspace, look(workspace, seen_place(), now=now).glances, now=now)


def _of_office(workspace: Workspace, now: datetime, failed_letters: int, failed_parts: int) -> Iterable[Json]:
    if failed_letters:
        yield office_event("delivery.failing", DELIVERY, f"{failed_letters} letters could not be handed over", now)
    last = workspace.store.last_sweep()
    if last is not None and now - read_stamp(last.finished) > MISSED:
        yield office_event("sweep.missed", SWEEPS, f"no sweep was finished since {last.finished}", now)
    if failed_parts:
        yield office_event("sweep.failed", SWEEPS, f"{failed_parts} parts of a sweep failed", now)


def office_event(name: str, resource: str, about: str, now: datetime) -> Json:
    """What happened to the machine or the mail, as Prefect takes it."""
    return {
        "occurred": now.isoformat(),
        "event": f"{PREFIX}.{name}",
        "resource": {"prefect.resource.id": resource, "prefect.resource.name": resource},
        "payload": {"about": about},
    }
