"""`reviewflow bounces`: look once for mail that came back. It was called `returns`, and still answers to that."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from tests.cli.live import let_messages_out

URL = "REVIEWFLOW_RETURNS_URL"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of an office that sends."""
    url = f"sqlite:///{tmp_path}/r.db"
    monkeypatch.setenv("REVIEWFLOW_DATABASE", url)
    monkeypatch.delenv("REVIEWFLOW_DELIVERY", raising=False)
    let_messages_out()
    return url


def looked(capfd: pytest.CaptureFixture[str], word: str = "bounces") -> tuple[int, str, str]:
    status = CliRunner().invoke(app, [word]).exit_code
    out, err = capfd.readouterr()
    return status, out, err


@pytest.mark.parametrize("word", ["bounces", "returns"])
def test_a_machine_that_only_rehearses_looks_at_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], word: str
) -> None:
    monkeypatch.setenv("REVIEWFLOW_DELIVERY", "test")
    monkeypatch.setenv(URL, "imaps://reviews:secret@127.0.0.1:1")
    status, out, err = looked(capfd, word)
    assert (status, err) == (0, "")
    assert out.startswith("Delivery is test: nothing leaves this machine")


def test_a_mailbox_that_cannot_be_read_is_told_at_once_and_later(
    database: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(URL, "imaps://reviews:secret@127.0.0.1:1")
    status, out, err = looked(capfd)
    assert (status, out) == (1, "")
    assert err == "The mailbox that mail comes back to could not be reached.\n"
    log = CliRunner().invoke(app, ["delivery"]).output
    assert "mail that comes back: The mailbox that mail comes back to could not be reached, by the sweep" in log
    assert "The mailbox that mail comes back to could not be reached." in CliRunner().invoke(app, ["cases"]).output
    assert "secret" not in f"{out}{err}{log}"
