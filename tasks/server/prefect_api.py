"""The few calls to Prefect's server that the view needs. When it is busy, its client asks again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any, cast

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.exceptions import PrefectHTTPStatusError

from reviewflow.london import LONDON

TAG = "reviewflow"
"""Carried by every run that is ours."""
FLOWS = ("case", "work-item")
PAGE = 200
"""As many as the server gives at once."""
TERMINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")

FORM = {"schema": "form-schema", "response": "form-response", "description": "form-description"}
"""The keys under which Prefect's Resume looks for a form, and keeps what is answered on it."""

State = Mapping[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """The parts of a flow run that are compared."""

    id: str
    name: str
    tags: frozenset[str]
    labels: Mapping[str, Any]
    type: str
    state: str
    message: str
    since: datetime
    """When it came into this state, by the server's clock, in UTC."""

    @property
    def ended(self) -> bool:
        """Whether it is in a state that does not change by itself."""
        return self.type in TERMINAL


def state(kind: str, name: str, message: str = "", **details: object) -> State:
    """A state as the server takes it."""
    return {"type": kind, "name": name, "message": message, "state_details": details}


def falls_due(day: date) -> datetime:
    """The last minute of the day in London, in UTC: until then nothing is late."""
    return datetime.combine(day, time(23, 59), LONDON).astimezone(UTC)


def placed(day: date | None, name: str) -> State:
    """The first state of a run: Prefect lists it under `day` for good, and calls it late when that is past.

    Without a day it is listed under the day on which it was made, and is never called late, because it once ran.
    """
    if day is None:
        return state("RUNNING", name)
    return state("SCHEDULED", name, scheduled_time=falls_due(day).isoformat())


class Prefect:
    """Prefect's server, and how often it was asked."""

    def __init__(self, client: SyncPrefectClient, own: str = "") -> None:
        self._client = client
        self.own = own
        """The id of the run that asks, when it is about to end: it counts as ended."""
        self._deployments: dict[str, str] = {}
        self.calls = 0

    def now(self) -> datetime:
        """The real time in UTC, which Prefect stamps on states; never a rehearsed one."""
        return datetime.now(UTC)  # noqa: TID251

    def runs(self, cases: Collection[str] | None) -> Iterator[Run]:
        """Our runs that have not ended; of these cases only, or of all for None."""
        yield from self._listed(_ours(FLOWS, TERMINAL, cases))

    def unended(self, flow: str, *but: str) -> Iterator[Run]:
        """Our runs of a flow that have not ended, but for those in a state of one of these types."""
        yield from self._listed(_ours((flow,), (*TERMINAL, *but), None))

    def waiting(self, flow: str) -> int:
        """How many of our runs of a flow are paused: a number, which costs the server far less than a list."""
        tagged = {"tags": {"all_": [TAG]}, "state": {"type": {"any_": ["PAUSED"]}}}
        return int(self._post("/flow_runs/count", {"flows": {"name": {"any_": [flow]}}, "flow_runs": tagged}))

    def ended_runs(self, tag: str, cases: Collection[str] | None) -> Iterator[Run]:
        """Our runs that have ended and still carry this tag; of these cases only, or of all for None."""
        tags: Json = {"all_": [TAG, tag], **({} if cases is None else {"any_": sorted(cases)})}
        query = {"flow_runs": {"tags": tags, "state": {"type": {"any_": TERMINAL}}}}
        yield from map(_run, list(self._pages("/flow_runs/filter", {"sort": "ID_DESC", **query})))

    def of_flows(self, names: Collection[str], *types: str) -> Iterator[Run]:
        """Runs of these flows that are in a state of one of these types."""
        query = {"flows": {"name": {"any_": sorted(names)}}, "flow_runs": {"state": {"type": {"any_": types}}}}
        yield from map(_run, list(self._pages("/flow_runs/filter", {"sort": "ID_DESC", **query})))

    def run(self, run_id: str) -> Run:
        return _run(self._ask("GET", f"/flow_runs/{run_id}"))

    def states(self, run_id: str) -> list[Json]:
        """Every state that a run was in, the first first."""
        return sorted(self._ask("GET", f"/flow_run_states/?flow_run_id={run_id}"), key=lambda kept: kept["timestamp"])

    def create(self, deployment: str, key: str, **fields: object) -> Run:
        """The run with this idempotency key: a new one, or the one that there is already, whatever its state."""
        path = f"/deployments/{self._deployment(deployment)}/create_flow_run"
        return _run(self._post(path, {"idempotency_key": key, **fields}))

    def create_picture(self, flow: str, key: str, **fields: object) -> Run:
        """As `create`, without a deployment, so that no runner can take it."""
        flow_id = self._post("/flows/", {"name": flow})["id"]  # the one of this name, where there is one
        return _run(self._post("/flow_runs/", {"flow_id": flow_id, "idempotency_key": key, **fields}))

    def set_state(self, run_id: str, new: State) -> None:
        """Force a state, past Prefect's rules for changes by a runner."""
        self._post(f"/flow_runs/{run_id}/set_state", {"force": True, "state": new})

    def amend(self, run_id: str, **fields: object) -> None:
        """Change a run's name or tags."""
        self._ask("PATCH", f"/flow_runs/{run_id}", fields)

    def delete_run(self, run_id: str) -> None:
        """Delete a run with its task runs; nothing happens when it is gone already."""
        self._delete(f"/flow_runs/{run_id}")

    def label(self, run_id: str, labels: Mapping[str, object]) -> None:
        self._ask("PATCH", f"/flow_runs/{run_id}/labels", labels)

    def save_input(self, run_id: str, key: str, value: object) -> None:
        """Store a value with a run; nothing changes when there is one under this key."""
        try:
            self._post(f"/flow_runs/{run_id}/input", {"key": key, "value": json.dumps(value)})
        except PrefectHTTPStatusError as error:
            if error.response.status_code != HTTPStatus.CONFLICT:
                raise

    def read_input(self, run_id: str, key: str) -> Any | None:
        """The value stored with a run; None when there is none. A stranger typed it: data, never a template."""
        try:
            return self._ask("GET", f"/flow_runs/{run_id}/input/{key}")
        except PrefectHTTPStatusError as error:
            if error.response.status_code == HTTPStatus.NOT_FOUND:
                return None
            raise

    def forget_input(self, run_id: str, key: str) -> None:
        self._delete(f"/flow_runs/{run_id}/input/{key}")

    def write_page(self, run_id: str, key: str, markdown: str, about: str, *, anywhere: bool = False) -> bool:
        """Write a page among the artifacts of a run, in place of the one under this key; whether it was another.

        `about` is shown beside its key in the list of all. With `anywhere` the page may be another run's: one for all.
        """
        of_run = {} if anywhere else {"flow_run_id": {"any_": [run_id]}}
        query = {"artifacts": {**of_run, "key": {"any_": [key]}}, "sort": "ID_DESC", "limit": 1}
        pages, page = self._post("/artifacts/filter", query), {"data": markdown, "description": about}
        if not pages:
            self._post("/artifacts/", {"key": key, "type": "markdown", "flow_run_id": run_id, **page})
        elif {name: pages[0][name] for name in page} != page:
            self._ask("PATCH", f"/artifacts/{pages[0]['id']}", page)
        else:
            return False
        return True

    def saved_filters(self) -> list[Json]:
        """The saved filters of the list of runs, which everybody shares."""
        return list(self._pages("/saved_searches/filter", {}))

    def save_filter(self, name: str, entries: Sequence[Json]) -> None:
        """Save a filter, in place of the one with this name."""
        self._ask("PUT", "/saved_searches/", {"name": name, "filters": list(entries)})

    def emit(self, events: Sequence[Json]) -> None:
        """Report events; the server stores them, and lets its automations react, a moment later."""
        if events:
            self._post("/events", [{"id": str(uuid.uuid4()), **event} for event in events])

    def is_heard(self, run_id: str, since: datetime) -> bool:
        """Whether the server knows of anything that happened to a run since: a heartbeat, or another state.

        Events bear the time of the machine that they come from, which may be ahead of the server's.
        """
        resource = {"id": [f"prefect.flow-run.{run_id}"]}
        occurred = {"since": since.isoformat(), "until": (since + timedelta(days=1)).isoformat()}
        found = self._post("/events/filter", {"filter": {"resource": resource, "occurred": occurred}, "limit": 1})
        return bool(found["events"])

    def automations(self) -> list[Json]:
        """Every automation, ours and others'."""
        return list(self._pages("/automations/filter", {}))

    def save_automation(self, automation: Json, automation_id: str | None) -> None:
        """Create an automation, or replace the one with this id."""
        if automation_id is None:
            self._post("/automations/", automation)
        else:
            self._ask("PUT", f"/automations/{automation_id}", automation)

    def deployment_id(self, name: str) -> str:
        """The id of the deployment of this name."""
        return self._deployment(name)

    def _deployment(self, name: str) -> str:
        if name not in self._deployments:
            self._deployments[name] = str(self._ask("GET", f"/deployments/name/{name}")["id"])
        return self._deployments[name]

    def _listed(self, query: Json) -> Iterator[Run]:
        for page in self._pages("/flow_runs/filter", {"sort": "ID_DESC", **query}):
            if page["id"] != self.own:
                yield _run(page)

    def _pages(self, path: str, query: Json) -> Iterator[Json]:
        offset, page = 0, [Json()] * PAGE
        while len(page) == PAGE:
            page = self._post(path, {**query, "limit": PAGE, "offset": offset})
            yield from page
            offset += PAGE

    def _delete(self, path: str) -> None:
        try:
            self._ask("DELETE", path)
        except PrefectHTTPStatusError as error:
            if error.response.status_code != HTTPStatus.NOT_FOUND:
                raise

    def _post(self, path: str, body: object) -> Any:
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        self.calls += 1
        answer = self._client.request(cast("Any", method), cast("Any", path), json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


@contextmanager
def connected(own: str = "") -> Iterator[Prefect]:
    """The server that Prefect's settings name (PREFECT_API_URL)."""
    with get_client(sync_client=True) as client:
        yield Prefect(client, own)


def _ours(flows: Collection[str], but: Collection[str], cases: Collection[str] | None) -> Json:
    """Asks for our runs of these flows: not the sweeps to come, which Prefect schedules by the hundred."""
    tags: Json = {"all_": [TAG]} if cases is None else {"all_": [TAG], "any_": sorted(cases)}
    return {"flows": {"name": {"any_": [*flows]}}, "flow_runs": {"tags": tags, "state": {"type": {"not_any_": [*but]}}}}


def _run(data: Json) -> Run:
    now = data["state"] or {"type": "SCHEDULED", "name": "", "message": "", "timestamp": data["created"]}
    return Run(
        id=data["id"],
        name=data["name"],
        tags=frozenset(data["tags"]),
        labels=data["labels"],
        type=now["type"],
        state=now["name"],
        message=now["message"] or "",
        since=datetime.fromisoformat(now["timestamp"]),
    )
