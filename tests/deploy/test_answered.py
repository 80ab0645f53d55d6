"""A case is changed through the proxy: by Prefect, the gate and the runner as systemd starts them, to the history."""

import httpx
import pytest

from reviewflow.service.views.by_hand.never_mind import ASKED, NEVER_MIND
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.deploy.one_machine import OneMachine, command_of
from tests.prefect.conftest import child, until
from tests.service.builders import opened
from tests.web.letters import TOY

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
PATIENCE = 120


def test_the_history_says_who_was_signed_in_beside_who_was_typed(office: OneMachine) -> None:
    store = open_store(office.environment["REVIEWFLOW_DATABASE"])
    workspace = Workspace(store, TOY)
    reference = opened(workspace)
    environment = {name: text for name, text in office.environment.items() if name != "PREFECT_API_AUTH_STRING"}
    with child(command_of("runner"), environment, office.folder / "runner.log"), office.client("olaf") as olaf:
        found = until(lambda: _json(olaf.get("/api/deployments/name/change-a-case/change-a-case")), PATIENCE)
        asked = olaf.post(
            f"/api/deployments/{found['id']}/create_flow_run", json={"parameters": {"reference": reference}}
        )
        run = f"/api/flow_runs/{asked.json()['id']}"
        until(lambda: (_json(olaf.get(run)) or {}).get("state_type") == "PAUSED", PATIENCE)
        form = _json(olaf.get(f"{run}/input/form-schema"))["properties"][ASKED]["anyOf"][0]
        choice = next(text for text in form["properties"]["change"]["enum"] if text.startswith("Go on without"))
        answers = {"change": choice, "reason": "They have nothing to add", "answered_by": "The Director"}
        answers = {name: answers.get(name) for name in form["properties"] if name in answers}
        assert len(answers) == 3, form["properties"].keys()
        taken = olaf.post(f"{run}/resume", json={"run_input": {ASKED: answers}})
        assert taken.json()["status"] == "ACCEPT", taken.text
        again = olaf.post(
            f"/api/deployments/{found['id']}/create_flow_run", json={"parameters": {"reference": reference}}
        )
        other = f"/api/flow_runs/{again.json()['id']}"
        until(lambda: (_json(olaf.get(run)) or {}).get("state_name") == "Done", PATIENCE)
        until(lambda: (_json(olaf.get(other)) or {}).get("state_type") == "PAUSED", PATIENCE)
        assert olaf.post(f"{other}/resume", json={"run_input": {}}).json()["status"] == "REJECT"
        olaf.post(f"{other}/resume", json={"run_input": {ASKED: {NEVER_MIND: True}}}).raise_for_status()
        until(lambda: (_json(olaf.get(other)) or {}).get("state_name") == "Never mind", PATIENCE)
    entries = list(history(workspace, reference))
    store.close()
    assert [(entry.by, entry.kind) for entry in entries if entry.by in {"olaf", "The Director"}][-1] == (
        "olaf",
        "SignedIn",
    )
    assert "The Director" in {entry.by for entry in entries}


def _json(answer: httpx.Response) -> dict[str, object] | None:
    return answer.json() if answer.is_success else None
