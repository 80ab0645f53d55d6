"""Who may what in Prefect. What is not in this table nobody may but machines; Prefect's reading is mostly by POST.

Each line was decided for Prefect 3.9; a test holds the table against the routes that Prefect has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from reviewflow.web.gate.roles import SignInRole

LOOKS = {"GET", "HEAD"}
SEARCHES = (
    "artifacts/count",
    "artifacts/filter",
    "artifacts/latest/count",
    "artifacts/latest/filter",
    "automations/count",
    "automations/filter",
    "block_schemas/filter",
    "block_types/filter",
    "concurrency_limits/filter",
    "deployments/count",
    "deployments/filter",
    "deployments/paginate",
    "events/count-by/{name}",
    "events/filter",
    "flow_runs/count",
    "flow_runs/filter",
    "flow_runs/history",
    "flow_runs/lateness",
    "flow_runs/paginate",
    "flows/count",
    "flows/filter",
    "flows/paginate",
    "logs/filter",
    "saved_searches/filter",
    "task_runs/count",
    "task_runs/filter",
    "task_runs/history",
    "task_runs/paginate",
    "task_workers/filter",
    "ui/flow_runs/count-task-runs",
    "ui/flow_runs/history",
    "ui/flows/count-deployments",
    "ui/flows/next-runs",
    "ui/task_runs/count",
    "ui/task_runs/dashboard/counts",
    "v2/concurrency_limits/filter",
    "variables/count",
    "variables/filter",
    "work_pools/count",
    "work_pools/filter",
    "work_pools/{name}/concurrency_status",
    "work_pools/{name}/queues/filter",
    "work_pools/{name}/workers/filter",
    "work_queues/filter",
    "work_queues/{id}/concurrency_status",
)
"""What only reads although it is posted."""
ACTS = ("flow_runs/{id}/resume", "deployments/{id}/create_flow_run", "ui/schemas/validate")
"""What officers and managers do: answer a form, ask for the form that opens or changes a case, have answers checked as
they are written. What may stand in these, `bodies` says; they go through the gate and no other way."""
CLOSED = (
    "admin/storage",
    "block_documents",
    "block_types/slug/{name}/block_documents",
    "events/in",
    "events/out",
    "flow_runs/{id}/input/form-response",
    "logs/out",
)
"""What may not even be looked at, with all that is below it: kept secrets, sockets, and answers on their way."""
PLACES = {"{id}": "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "{name}": "[^/]+"}


def _any_of(paths: Iterable[str], behind: str = "") -> re.Pattern[str]:
    written = "|".join(re.sub(r"\{\w+\}", lambda place: PLACES[place[0]], path) for path in paths)
    return re.compile(f"/api/(?:{written}){behind}")


_SEARCHES, _CLOSED = _any_of(SEARCHES), _any_of(CLOSED, "(?:/.*)?")
_RESUME, _ACTS = _any_of(ACTS[:1]), _any_of(ACTS)


def path_of(uri: str) -> str | None:
    """The path that Prefect will read in an address; None for one that could be read in two ways."""
    path = unquote(uri.partition("?")[0])
    crooked = "%" in path or "\\" in path or "//" in path or not path.isprintable()
    return None if crooked or {".", ".."} & set(path.split("/")) else path


def only_reads(method: str, path: str) -> bool:
    """Whether this changes nothing in Prefect."""
    return method in LOOKS or (method == "POST" and bool(_SEARCHES.fullmatch(path)))


def may(role: SignInRole, method: str, path: str) -> bool:
    """Whether that role may ask for this."""
    if role is SignInRole.MACHINE:
        return True
    if method in LOOKS:
        return not _CLOSED.fullmatch(path)
    if only_reads(method, path):
        return True
    return role >= SignInRole.OFFICER and is_act(method, path)


def is_act(method: str, path: str) -> bool:
    """Whether this is one of what goes through the gate, with what is sent."""
    return method == "POST" and bool(_ACTS.fullmatch(path))


def answered_run(method: str, path: str) -> str:
    """The id of the run whose form is answered by this; '' for all else."""
    return path.split("/")[3].lower() if method == "POST" and _RESUME.fullmatch(path) else ""
