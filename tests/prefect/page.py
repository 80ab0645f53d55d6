"""Prefect's API, used as its pages use it; and somebody else's deployment."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx

from reviewflow.service.views.by_hand.never_mind import ASKED

PATIENCE = 180
ELSEWHERE = """
import sys
from pathlib import Path
from prefect import flow

@flow(log_prints=False)
def elsewhere(reference: str) -> None:
    with Path(sys.argv[1]).open("a") as told:
        told.write(reference + "\\n")

if __name__ == "__main__":
    elsewhere.serve(name="elsewhere", pause_on_shutdown=False, parameters={})
"""


def until(reached: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while not (found := reached()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.5)
    return found


class Page:
    """What somebody does in the browser."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.api = environment["PREFECT_API_URL"]
        user, _, password = environment["PREFECT_API_AUTH_STRING"].partition(":")
        limits = httpx.Limits(max_keepalive_connections=0)  # the server drops those that are idle
        self._browser = httpx.Client(auth=httpx.BasicAuth(user, password), timeout=60, limits=limits)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        answer = self._browser.request(method, self.api + path, json=body)
        while answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            time.sleep(1)  # Prefect on SQLite has one writer at a time
            answer = self._browser.request(method, self.api + path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def start(self, deployment: str, parameters: dict[str, object]) -> str:
        """Press Run."""
        found = self.ask("GET", f"/deployments/name/{deployment}")
        created = self.ask("POST", f"/deployments/{found['id']}/create_flow_run", {"parameters": parameters})
        return str(created["id"])

    def run(self, deployment: str, parameters: dict[str, object]) -> dict[str, Any]:
        """Press Run, and wait for the end."""
        return self.ended(self.start(deployment, parameters))

    def ended(self, run_id: str) -> dict[str, Any]:
        return self.reached(run_id, "COMPLETED", "FAILED", "CRASHED")

    def reached(self, run_id: str, *kinds: str) -> dict[str, Any]:
        found: dict[str, Any] = until(lambda: self._if(run_id, kinds))
        return found

    def _if(self, run_id: str, kinds: tuple[str, ...]) -> dict[str, Any] | None:
        run: dict[str, Any] = self.ask("GET", f"/flow_runs/{run_id}")
        return run if run["state_type"] in kinds else None

    def paused(self) -> dict[str, dict[str, Any]]:
        """Every run that waits, by its name without how it stands, which comes first."""
        wanted = {"flow_runs": {"state": {"type": {"any_": ["PAUSED"]}}}, "limit": 200}
        runs = self.ask("POST", "/flow_runs/filter", wanted)
        assert all(run["name"].startswith(f"{run['state_name']} · ") for run in runs)
        return {run["name"].partition(" · ")[2]: run for run in runs}

    def ends_of(self, flow: str) -> dict[str, str]:
        """Every run of a flow by its name, and what became of it."""
        runs = self.ask("POST", "/flow_runs/filter", {"flows": {"name": {"any_": [flow]}}, "limit": 200})
        return {run["name"]: run["state_type"] for run in runs}

    def form(self, run: dict[str, Any]) -> dict[str, Any]:
        """What the form asks; of one that can be put away, its first shape."""
        found: dict[str, Any] = self.ask("GET", f"/flow_runs/{run['id']}/input/form-schema")
        return found["properties"][ASKED]["anyOf"][0] if ASKED in found["properties"] else found

    def resume(self, run: dict[str, Any], answers: dict[str, object]) -> dict[str, Any]:
        """Press Resume and submit the form."""
        found: dict[str, Any] = self.ask("POST", f"/flow_runs/{run['id']}/resume", {"run_input": answers})
        return found

    def answer(self, run: dict[str, Any], answers: dict[str, object]) -> tuple[str, str]:
        """Submit the form and wait: the name and the message of the state that the run ends in, or waits in again."""
        taken = self.resume(run, answers)
        assert taken["status"] == "ACCEPT", taken
        state = self.reached(run["id"], "COMPLETED", "FAILED", "CRASHED", "PAUSED")["state"]
        return state["name"], state["message"]

    def open(self, process: str, answers: dict[str, object]) -> tuple[str, str]:
        """Run open-case, and answer its form: the name and the message of the state that it comes to."""
        run = self.reached(self.start("open-case/open-case", {"process": process}), "PAUSED")
        return self.answer(run, {ASKED: answers})

    def change(self, reference: str, **answers: object) -> tuple[str, str]:
        """Run change-a-case, and answer its form."""
        run = self.reached(self.start("change-a-case/change-a-case", {"reference": reference}), "PAUSED", "COMPLETED")
        if run["state_type"] == "COMPLETED":
            return run["state"]["name"], run["state"]["message"]
        return self.answer(run, {ASKED: {"answered_by": "Business manager", **answers}})

    def page_of(self, reference: str) -> str:
        """The page of a case among the artifacts."""
        wanted = {"artifacts": {"key": {"any_": [reference.lower()]}}}
        return str(self.ask("POST", "/artifacts/filter", wanted)[0]["data"])


def somebody_elses(folder: Path) -> tuple[Path, Path]:
    """A script that serves a deployment of its own, and the file in which it notes what it was run for."""
    script = folder / "elsewhere.py"
    script.write_text(ELSEWHERE)
    return script, folder / "told"
