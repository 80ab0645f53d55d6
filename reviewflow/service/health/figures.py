"""What monitors watch, as numbers: counts and ages over the whole office, and nothing that names a case or a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.rules.forecast import Verdict
from reviewflow.london import london_day, read_stamp, stamp
from reviewflow.service.sign_ins.failed import failed_within_a_day
from reviewflow.service.views.forecasts import forecast_lines
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import NotSetUp, StoreError
from reviewflow.store.records import BACKUP
from reviewflow.store.store import SCHEMA, Store


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """At one moment; ages are in seconds, and None where there is nothing that could be of an age."""

    open_cases: int
    open_items: int
    late_items: int
    """Whose day is past."""
    messages: Mapping[str, int]
    """How many there are of each outcome: waiting, sent, undeliverable."""
    queue_age: float | None
    """For how long the message has been due that has been for longest."""
    sweep_age: float | None
    """Since the last sweep ended of which no part failed."""
    backup_age: float | None
    trouble: int
    """How many things are set aside."""
    failed_sign_ins: int
    """At the proxy, within a day."""


def office_figures(workspace: Workspace, *, now: datetime) -> OfficeFigures:
    """Counted from the store alone."""
    store, today = workspace.store, london_day(now).isoformat()
    items = [item for _, item in store.items()]
    return OfficeFigures(
        open_cases=len(store.cases("open")),
        open_items=len(items),
        late_items=sum(item.due is not None and item.due[: len(today)] < today for item in items),
        messages=store.notice_counts(),
        queue_age=_age(store.longest_due(stamp(now)), now),
        sweep_age=_age(store.last_good_sweep(), now),
        backup_age=_age(done.at if (done := store.last_done().get(BACKUP)) else None, now),
        trouble=len(store.troubles()),
        failed_sign_ins=failed_within_a_day(workspace, now=now),
    )


def forecast_figures(workspace: Workspace, *, now: datetime) -> Mapping[Verdict, int]:
    """How many time limits of open cases have each word; it takes a moment a case."""
    counts = Counter(line.verdict for line in forecast_lines(workspace, None, now=now))
    return {verdict: counts[verdict] for verdict in Verdict}


def why_not_ready(store: Store) -> str:
    """Why nothing can be served from this database now, as a sentence; '' when something can."""
    try:
        versions = store.driver.rows("SELECT version_num FROM alembic_version")
    except NotSetUp:
        versions = []
    except StoreError:
        return "The database does not answer."
    return "" if versions == [(SCHEMA,)] else "The database is of another version."


def _age(since: str | None, now: datetime) -> float | None:
    return None if since is None else (now - read_stamp(since)).total_seconds()
