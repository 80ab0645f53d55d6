"""Each line says what stands, whether that is good, and what to do."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.service.health import machine
from reviewflow.service.health.doctor import CHECKS, examine
from reviewflow.service.health.finding import Finding, HealthState
from reviewflow.service.records.audit_heads import seal
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.records import Trouble
from tests.service.builders import at, opened
from tests.service.conftest import TOY

NOW = at(19, 12)


@pytest.fixture
def looked(office: Workspace, database_url: str) -> Callable[[], dict[str, list[Finding]]]:
    """What the doctor says of the office, by what it is about."""

    def look() -> dict[str, list[Finding]]:
        findings = examine({"REVIEWFLOW_DATABASE": database_url, "REVIEWFLOW_DEFINITIONS": str(TOY)}, now=NOW)
        about = dict.fromkeys(finding.about for finding in findings)
        return {name: [finding for finding in findings if finding.about == name] for name in about}

    return look


def verdicts(looked: Callable[[], dict[str, list[Finding]]]) -> dict[str, str]:
    return {name: findings[0].verdict for name, findings in looked().items()}


def test_all_is_well_after_a_sweep(office: Workspace, looked: Callable[[], dict[str, list[Finding]]]) -> None:
    record_sweep(office, (at(19, 11), at(19, 11)), chased=0, sent=0, failed=0, note="")
    seal(office, now=at(19, 11))
    told = CHECKS.keys() - {"sign-ins", "meetings"}  # no proxy here would tell of any, and no group says when it meets
    assert verdicts(looked) == dict.fromkeys(("database", "migrations", *told), HealthState.GOOD)


def test_what_is_to_be_done_is_told_with_what_to_do(
    office: Workspace, looked: Callable[[], dict[str, list[Finding]]]
) -> None:
    opened(office)
    office.store.note_trouble(
        Trouble(
            "chase",
            "case",
            "TR-2026-001",
            "KeyError",
            *["2026-05-19T09:00:00+00:00"] * 2,
            1,
            "2026-05-19T09:15:00+00:00",
        )
    )
    office.store.note_trouble(Trouble("chase", "case", "TR-2026-002", "KeyError", "damaged", "", 1, ""))
    found = looked()
    assert [finding.verdict for finding in found["trouble"]] == [HealthState.TO_DO, HealthState.TO_DO]
    assert found["trouble"][0].says.startswith("TR-2026-001 could not be chased: KeyError; since Tue 19 May 2026 10:00")
    assert [finding.verdict for finding in found["last sweep"]] == [HealthState.TO_DO]
    assert found["audit head"][0].says.startswith("No seal yet; ")
    assert found["letters"][0].says == (
        "2 due to be sent, the first since Tue 5 May 2026 11:00; 2 of them for more than a day"
    )
    assert all(
        finding.remedy for findings in found.values() for finding in findings if finding.verdict is HealthState.TO_DO
    )


def test_what_cannot_be_told_keeps_nothing_else_from_being_told(
    office: Workspace, looked: Callable[[], dict[str, list[Finding]]]
) -> None:
    office.store.driver.commit([("DROP TABLE trouble", ())])
    assert verdicts(looked)["trouble"] == HealthState.UNKNOWN
    assert verdicts(looked)["delivery"] == HealthState.GOOD


@pytest.mark.parametrize(
    ("database", "status"), [("sqlite:///nowhere.db", 3), ("postgresql://nobody@127.0.0.1:1/none", 3)]
)
def test_without_a_database_it_cannot_tell(
    database: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["doctor", "--database", database, "--json"])
    assert done.exit_code == status
    [finding] = json.loads(done.output)
    assert (finding["about"], finding["verdict"]) == ("database", "cannot tell")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("left", "says"),
    [
        (machine.LEAST_ROOM, "There is room"),
        (machine.HARDLY_ANY, "Less than 500 MB are left at "),
        (machine.HARDLY_ANY - 1, "It is full at "),
    ],
)
def test_a_disk_that_is_full_is_told_from_one_with_little_room(
    left: int, says: str, office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = shutil.disk_usage(".")._replace(free=left)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    [found] = machine.disk(office, {"REVIEWFLOW_DATABASE": "sqlite:///office.db"})
    assert found.says.startswith(says)


def test_a_full_disk_of_the_database_s_server_is_told_before_this_machine_s(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "server_has_room", lambda _: False)
    [found] = machine.disk(office, {"REVIEWFLOW_DATABASE": "postgresql://office@elsewhere/office"})
    is_on_a_server = office.store.driver.dialect is Dialect.POSTGRESQL
    assert ("on the server of the database" in found.says) == is_on_a_server
    assert ("where PostgreSQL has stopped meanwhile, start it" in str(found.remedy)) == is_on_a_server
