"""Every key that shows in Prefect, on a real server: forms with tables, choices, rounds, holds, papers and endings."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.cli.server.supervisor import running
from reviewflow.service.records.audit import audit
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.workspace import DEFINITIONS, DOCUMENTS, open_workspace
from tests.prefect.conftest import child
from tests.prefect.page import Page, somebody_elses, until

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TODAY = datetime.now(UTC).date()
LATER = (TODAY + timedelta(days=40)).isoformat()
WHO = {"answered_by": "Quillfeather the chair"}
LABELS = ["Bracklewort room", "Larksmead room"]
ACTION = "Talk with Thistledown"
PAPER = "Cupboard Bramblewick"
WHY = "because Hollyhock asked"
TYPED = ("quillfeather", "bracklewort", "larksmead", "thistledown", "bramblewick", "hollyhock")
"""Words that people typed: none of them may stand anywhere in Prefect but in the answers themselves."""


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    folder = tmp_path / "definitions"
    shutil.copytree(HERE.parent / "toy", folder)
    shutil.copytree(HERE / "everything", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def environ(tmp_path: Path, definitions: Path) -> dict[str, str]:
    return {
        **os.environ,
        DATABASE: f"sqlite:///{tmp_path / 'reviewflow.db'}",
        DEFINITIONS: str(definitions),
        DOCUMENTS: str(tmp_path / "documents"),
        "REVIEWFLOW_DELIVERY": "test",
        "REVIEWFLOW_OUTBOX_FOLDER": str(tmp_path / "messages"),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }


def test_every_key_is_seen_and_answered_in_prefect(tmp_path: Path, environ: dict[str, str], migrated: Path) -> None:
    shutil.copytree(migrated, tmp_path / "prefect")
    script, told = somebody_elses(tmp_path)
    with running(tmp_path, free_port(), environ) as started:
        page, environment = Page(started.environment), dict(started.environment)
        with child([str(script), str(told)], environment, tmp_path / "elsewhere.log"):
            reference = a_case_is_opened(page)
            until(lambda: page.ask("GET", "/deployments/name/elsewhere/elsewhere")["status"] == "READY")
            somebody_elses_deployment_is_run_once(page, reference, told)
            a_list_and_a_table_are_answered(page, reference)
            a_table_of_decisions_is_answered(page, reference)
            what_repeats_comes_again(page, reference)
            a_manager_changes_the_case(page, reference)
            papers_are_made_and_named(page, reference, tmp_path / "documents")
            filters_are_ready(page)
            the_case_is_ended(page, reference)
    nothing_typed_is_kept_by_prefect(tmp_path)
    with open_workspace(environ) as workspace:
        assert audit(workspace) == (1, [])


def sweep(page: Page) -> None:
    run_deployment(page.environment, "chase/chase")


def a_case_is_opened(page: Page) -> str:
    """The time of day is asked, and hours are shown."""
    aware = datetime.now(UTC) - timedelta(hours=2)
    name, message = page.open(
        "Everything",
        {
            "day_aware": aware.isoformat(),
            "day_decided": TODAY.isoformat(),
            "agencies": ["Police", "Hospital trust"],
            "answered_by": "Business support officer",
        },
    )
    assert name == "Opened", message
    reference = message.partition(" ")[0]
    hours = page.paused()[f"{reference} · Speak at once"]["state"]["message"]
    assert "hours left" in hours, hours
    asked = page.paused()[f"{reference} · The answer of the Panel"]["state"]
    assert (asked["name"], "expected" in asked["message"]) == ("Expected", True)
    assert f"{reference} · Meet again" not in page.paused()  # optional, and nobody has opened it
    return reference


def somebody_elses_deployment_is_run_once(page: Page, reference: str, told: Path) -> None:
    for _ in range(2):
        sweep(page)
    until(told.exists)
    assert told.read_text() == f"{reference}\n"


def a_list_and_a_table_are_answered(page: Page, reference: str) -> None:
    form = page.paused()[f"{reference} · Draw up the plan"]
    questions = page.form(form)["properties"]
    assert questions["actions"]["items"]["properties"]["lead"]["enum"] == ["Police", "Hospital trust"]
    rows = [{"what": ACTION, "lead": "Police", "by": LATER}, {"what": ACTION, "lead": "Hospital trust", "by": LATER}]
    answers: dict[str, object] = {**WHO, "sessions": [*LABELS, "Bracklewort room!"], "actions": rows, "paper": PAPER}
    assert page.resume(form, {**answers, "actions": [{"what": ACTION}]})["status"] == "REJECT"
    name, message = page.answer(form, answers)
    assert (name, "is not a label" in message) == ("Refused", True)
    again = until(lambda: page.paused().get(f"{reference} · Draw up the plan"))
    assert page.answer(again, {**answers, "sessions": LABELS})[0] == "Done"
    found = until(lambda: {name: run for name, run in page.paused().items() if "Do the action" in name})
    assert set(found) == {f"{reference} · Do the action · {number}" for number in (1, 2)}
    assert "owner:police" in found[f"{reference} · Do the action · 1"]["tags"]
    assert found[f"{reference} · Do the action · 2"]["expected_start_time"].startswith(LATER)
    session = page.paused()[f"{reference} · Hold the session · 2"]
    assert page.answer(session, dict(WHO))[0] == "Done"
    assert f"{reference} · Hold the session · 2" not in page.paused()
    assert f"{reference} · Hold the session · 1" in page.paused()


def a_table_of_decisions_is_answered(page: Page, reference: str) -> None:
    """The recommendation can be left, with a reason."""
    form = page.paused()[f"{reference} · Choose the method"]
    options = page.form(form)["properties"]["decision"]["enum"]
    assert options == ["A review", "A talk"]
    name, message = page.answer(form, {**WHO, "harmed": "Yes", "decision": "A talk"})
    assert name == "Refused"
    assert '"A review" is recommended. Somebody was harmed.' in message
    again = until(lambda: page.paused().get(f"{reference} · Choose the method"))
    assert page.answer(again, {**WHO, "harmed": "Yes", "decision": "A talk", "instead_because": WHY})[0] == "Done"


def what_repeats_comes_again(page: Page, reference: str) -> None:
    first = page.paused()[f"{reference} · Look at it"]
    assert page.answer(first, dict(WHO))[0] == "Done"
    second = until(lambda: page.paused().get(f"{reference} · Look at it"))
    assert second["expected_start_time"] > first["expected_start_time"]


def a_manager_changes_the_case(page: Page, reference: str) -> None:
    refused = page.change("EV-1900-001")
    assert (refused[0], "There is no case" in refused[1]) == ("Refused", True)
    assert page.change(reference, change="Start a step: Meet again", reason=WHY)[0] == "Done"
    assert f"{reference} · Meet again" in page.paused()
    assert page.change(reference, change="Set a date: Publication", day=LATER, reason=WHY)[0] == "Done"
    assert page.paused()[f"{reference} · Write the report"]["expected_start_time"].startswith(LATER)
    assert page.change(reference, change="Hold: A court", reason=WHY)[0] == "Done"
    assert f"{reference} · Write the report" not in page.paused()  # what is held asks nobody
    assert "A court" in page.page_of(reference)


def papers_are_made_and_named(page: Page, reference: str, documents: Path) -> None:
    """The page says where they lie; the label in a file's name it leaves out."""
    sweep(page)
    made = {path.name for path in (documents / reference).iterdir()}
    assert made == {"sheet-bracklewort_room.md", "sheet-larksmead_room.md"}
    assert f"`{reference}/sheet-*.md`" in page.page_of(reference)


def filters_are_ready(page: Page) -> None:
    found = {each["name"]: each["filters"] for each in page.ask("POST", "/saved_searches/filter", {})}
    assert {"Overdue", "Due in 7 days", "Agency: Police"} <= found.keys()
    assert found["Agency: Police"][0]["value"] == ["reviewflow", "owner:police"]
    owed = page.ask("POST", "/flow_runs/filter", {"flow_runs": {"tags": {"all_": found["Due in 7 days"][0]["value"]}}})
    assert {run["deployment_id"] for run in owed if run["state_type"] == "PAUSED"} == {owed[0]["deployment_id"]}


def the_case_is_ended(page: Page, reference: str) -> None:
    assert page.change(reference, change="End the case: The criteria are not met", reason=WHY)[0] == "Done"
    assert [name for name in page.paused() if name.startswith(reference)] == []
    wanted = {"flow_runs": {"name": {"any_": [f"Ended · {reference} · Everything"]}}}
    [case] = page.ask("POST", "/flow_runs/filter", wanted)
    assert (case["state_type"], case["state_name"]) == ("COMPLETED", "Ended")
    assert "The criteria are not met" in page.page_of(reference)


def nothing_typed_is_kept_by_prefect(home: Path) -> None:
    """In no name, tag, parameter, state, event, log or artifact; the answers themselves are Prefect's to keep."""
    database = sqlite3.connect(home / "prefect" / "prefect.db")
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert {"flow_run", "flow_run_input", "log", "artifact", "events"} <= set(tables)
    for table in sorted(set(tables) - {"flow_run_input"}):
        told = list(_telling(str(row) for row in database.execute(f'SELECT * FROM "{table}"')))
        assert told == [], f"{table}: {told[:3]}"
    database.close()
    files = [path for folder in ("logs", "prefect") for path in (home / folder).rglob("*") if path.is_file()]
    for path in files:
        if not path.name.startswith("prefect.db"):
            assert list(_telling([path.read_text(errors="replace")])) == [], path


def _telling(texts: Any) -> Iterator[str]:
    for text in texts:
        word = next((each for each in TYPED if each in text.lower()), None)
        if word is not None:
            at = text.lower().index(word)
            yield f"{word}: {text[max(0, at - 200) : at + 100]}"
