"""Saved filters of the list of runs, made for managers: overdue, due soon, cases, each agency's work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from prefect import task

from reviewflow.language.model import Partnership
from reviewflow.service.views.in_prefect.bars import AT_RISK
from reviewflow.service.views.in_prefect.shown import CASE, OVERDUE, OWED, Standing
from tasks.office import the_workspace
from tasks.server.prefect_api import TAG, Json, Prefect, connected

WEEK = 7 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Filter:
    """A saved filter: the tags that a run must carry, the days on which it falls due, and the states it may be in."""

    name: str
    tags: tuple[str, ...]
    days: Mapping[str, object]
    states: tuple[Standing | str, ...] = ()

    def entries(self) -> list[Json]:
        """As Prefect's page writes them. It keeps no order: the links on our pages ask for the oldest first."""
        same = {"object": "flowRun", "type": "", "operation": ""}
        return [
            {**same, "property": "tag", "value": list(self.tags)},
            {**same, "property": "range", "value": self.days},
            *([{**same, "property": "state", "value": list(map(str, self.states))}] if self.states else []),
        ]


def standard_filters(partnership: Partnership, today: date) -> Iterator[Filter]:
    """The filters that every manager needs."""
    years = _years(today)
    yield Filter("Overdue", (TAG, OVERDUE), years)
    yield Filter("Due in 7 days", (TAG, OWED), {"type": "span", "seconds": WEEK})
    yield Filter("Due soon", (TAG, OWED), years, (Standing.DUE_SOON,))
    yield Filter("Waiting for others", (TAG, OWED), years, (Standing.EXPECTED, Standing.NOT_COME))
    yield Filter("Cases", (TAG, CASE), years)
    yield Filter("Cases late or at risk", (TAG, CASE), years, (Standing.OVERDUE, AT_RISK))
    yield Filter("Cases on hold", (TAG, CASE), years, (Standing.ON_HOLD,))
    for name, agency in partnership.agencies.items():
        yield Filter(f"Agency: {agency.title}", (TAG, f"owner:{name}"), years)


def _years(today: date) -> Mapping[str, object]:
    """The last year, this one and the next: the same for a whole year, so that filters are seldom rewritten."""
    first, last = datetime(today.year - 1, 1, 1, tzinfo=UTC), datetime(today.year + 2, 1, 1, tzinfo=UTC)
    return {"type": "range", "startDate": first.isoformat(), "endDate": last.isoformat()}


def save_filters(prefect: Prefect, filters: Iterator[Filter]) -> int:
    """Save those that are missing or differ; returns how many. Filters that people saved for themselves stay."""
    saved = {entry["name"]: entry["filters"] for entry in prefect.saved_filters()}
    missing = [new for new in filters if saved.get(new.name) != new.entries()]
    for new in missing:
        prefect.save_filter(new.name, new.entries())
    return len(missing)


@task(name="keep filters", retries=2, retry_delay_seconds=10)
def keep_filters(now: datetime) -> int:
    """Save the standard filters in Prefect; returns how many were written."""
    with the_workspace() as workspace, connected() as prefect:
        return save_filters(prefect, standard_filters(workspace.partnership, now.date()))
