"""Filters that managers find ready in the list of runs: what is late, what comes, and each agency's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from prefect import task

from reviewflow.language.model import Partnership
from reviewflow.service.views.board.shown import CASE, OVERDUE, OWED
from tasks.office import the_workspace
from tasks.prefect_api import TAG, Json, Prefect, connected

WEEK = 7 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Filter:
    """A saved filter: the tags that a run must carry, and the days on which it falls due."""

    name: str
    tags: tuple[str, ...]
    days: Mapping[str, object]

    def entries(self) -> list[Json]:
        """As Prefect's page writes them."""
        same = {"object": "flowRun", "type": "", "operation": ""}
        return [
            {**same, "property": "tag", "value": list(self.tags)},
            {**same, "property": "range", "value": self.days},
        ]


def wanted(partnership: Partnership, today: date) -> Iterator[Filter]:
    """Those that every manager needs."""
    years = _years(today)
    yield Filter("Overdue", (TAG, OVERDUE), years)
    yield Filter("Due in 7 days", (TAG, OWED), {"type": "span", "seconds": WEEK})
    yield Filter("Cases", (TAG, CASE), years)
    for name, agency in partnership.agencies.items():
        yield Filter(f"Agency: {agency.title}", (TAG, f"owner:{name}"), years)


def _years(today: date) -> Mapping[str, object]:
    """The last year, this one and the next: the same days for a year, so that nothing has to be written anew."""
    first, last = datetime(today.year - 1, 1, 1, tzinfo=UTC), datetime(today.year + 2, 1, 1, tzinfo=UTC)
    return {"type": "range", "startDate": first.isoformat(), "endDate": last.isoformat()}


def keep(prefect: Prefect, filters: Iterator[Filter]) -> int:
    """Write those that are missing or different; whatever filters people saved for themselves stay."""
    found = {each["name"]: each["filters"] for each in prefect.saved_filters()}
    missing = [each for each in filters if found.get(each.name) != each.entries()]
    for each in missing:
        prefect.save_filter(each.name, each.entries())
    return len(missing)


@task(name="keep filters", retries=2, retry_delay_seconds=10)
def keep_filters(now: datetime) -> int:
    """Have the filters ready in Prefect; how many were written."""
    with the_workspace() as workspace, connected() as prefect:
        return keep(prefect, wanted(workspace.partnership, now.date()))
