"""The actions of a plan verified on a form in Prefect, from Run to the history, with a real runner at work."""

from pathlib import Path

import httpx
import pytest

from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import current
from reviewflow.service.views.by_hand.never_mind import ASKED
from reviewflow.service.workspace.workspace import Workspace
from tests.prefect.conftest import child, until
from tests.prefect.page import Page
from tests.service.plans import SHIPPED, done_plan, office  # noqa: F401 - a fixture

CHAIR = {"answered_by": "Chair of the practice review group"}
NOT = {"verified": "not verified", "why": "one team uses it", "still_needed": "the others", "by_when": "2027-03-01"}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_one_form_verifies_them_and_is_offered_again_where_it_is_refused(
    api: httpx.Client,
    prefect_environment: dict[str, str],
    office: Workspace,  # noqa: F811
    sqlite_url: str,
    tmp_path: Path,
) -> None:
    plan = done_plan(office)
    environment = {
        **prefect_environment,
        "PREFECT_API_AUTH_STRING": "nobody:asks",
        "REVIEWFLOW_DATABASE": sqlite_url,
        "REVIEWFLOW_DEFINITIONS": str(SHIPPED),
        "PYTHONPATH": str(Path.cwd()),
    }
    page = Page(environment)
    with child(["tests/prefect/verifying_alone.py"], environment, tmp_path / "runner.log"):
        until(lambda: api.get("/deployments/name/verify-actions/verify-actions").status_code == httpx.codes.OK)
        run = page.reached(page.start("verify-actions/verify-actions", {"reference": plan}), "PAUSED")
        assert list(page.form(run)["properties"]) == ["action_1", "action_2", "answered_by"]
        lacking = {"verified": "in part", "why": "one team uses it"}
        name, message = page.answer(run, {ASKED: {**CHAIR, "action_2": lacking}})
        assert name == "Refused"
        assert f"{plan}/2: what is still needed is missing." in message
        name, message = page.answer(run, {ASKED: {**CHAIR, "action_2": NOT}})
    assert (name, message.split(". ")[0]) == ("Done", f"Verified as evidenced: {plan}/1")
    states = current(office, plan).items
    assert (states["verify/1"].status, states["do_action/2"].status) == (Status.DONE, Status.OPEN)
    left = api.get(f"/flow_runs/{run['id']}/input/form-response").status_code
    assert left == httpx.codes.NOT_FOUND  # what was typed does not stay in Prefect
