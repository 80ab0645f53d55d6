"""`reviewflow sweep`: a sweep without Prefect, and a rehearsal of one."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tasks.sweep_once
from reviewflow.cli import app
from tests.cli.live import let_messages_out


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where messages are written; a case in which the returns are due on 14 May."""
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/r.db")
    monkeypatch.setenv("REVIEWFLOW_OUTBOX_FOLDER", str(tmp_path / "messages"))
    monkeypatch.delenv("REVIEWFLOW_DELIVERY", raising=False)
    opening = ["--date", "aware=2026-05-05", "--date", "notified=2026-05-05", "--agency", "police"]
    assert CliRunner().invoke(app, ["open", "rapid_review", *opening, "--now", "2026-05-05"]).exit_code == 0
    return tmp_path / "messages"


def swept(capfd: pytest.CaptureFixture[str], *now: str) -> tuple[int, str, str]:
    status = CliRunner().invoke(app, ["sweep", *now]).exit_code
    return status, *capfd.readouterr()


def test_what_is_due_is_chased_and_handed_over(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = swept(capfd, "--now", "2026-05-15")
    assert (status, err) == (0, "")
    assert out.startswith("Swept as on Fri 15 May 2026 12:00. Delivery is test.\nReminders and escalations that fell")
    assert "written to the folder, not sent." in out
    assert list(folder.iterdir())
    again = swept(capfd, "--now", "2026-05-15")[1]
    assert "fell due: 0." in again
    assert "Messages: none went." in again


def test_a_moment_without_a_zone_is_one_in_london(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert tasks.sweep_once.main("2026-05-15T12:00") == 0
    out, _ = capfd.readouterr()
    assert out.startswith("Swept as on Fri 15 May 2026 12:00.")
    assert "set aside" not in out


def test_programs_read_what_a_sweep_did(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = swept(capfd, "--now", "2026-05-15", "--json")
    done = json.loads(out)
    assert (status, err, done["mode"], done["at"]) == (0, "", "test", "2026-05-15T11:00:00+00:00")
    assert done["chased"] > 0
    assert list(done["letters"]) == ["written to the folder, not sent"]


def test_no_day_is_rehearsed_where_messages_really_go_out(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    let_messages_out()
    capfd.readouterr()
    before = CliRunner().invoke(app, ["outbox", "--json"]).output
    capfd.readouterr()
    status, out, err = swept(capfd, "--now", "2026-05-15")
    assert (status, out, "no other day can be rehearsed in it" in err) == (1, "", True)
    assert not folder.exists()
    assert CliRunner().invoke(app, ["outbox", "--json"]).output == before


def test_what_is_missing_for_real_sending_is_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    let_messages_out()
    capfd.readouterr()
    status, _, err = swept(capfd)
    assert status == 1
    assert "Delivery is live, so REVIEWFLOW_MAIL_URL must say how to reach the mail server." in err
    assert not folder.exists()


def test_a_clock_far_from_the_last_sweep_is_asked_about_once(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    swept(capfd, "--now", "2026-05-15")
    assert "If it is right, say once: reviewflow sweep --yes-it-is" in swept(capfd)[2]
    assert swept(capfd, "--yes-it-is")[0] == 0
    assert swept(capfd)[0] == 0
