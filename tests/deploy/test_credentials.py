"""Secrets that are handed over as files become settings of the one process that they are for."""

import os
import subprocess
import sys
from pathlib import Path

from flows.credentials import secrets_of


def test_files_that_are_named_as_settings_are_taken(tmp_path: Path) -> None:
    for name, text in {
        "REVIEWFLOW_MAIL_URL": "mailtos://u:p@mail.example\n",
        "REVIEWFLOW_RETURNS_URL": "\n",
        "PREFECT_SERVER_API_AUTH_STRING": "reviewflow:secret",
        "people.caddy": "vera x",
        "PATH": "/tmp",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert secrets_of(tmp_path) == {
        "REVIEWFLOW_MAIL_URL": "mailtos://u:p@mail.example",
        "PREFECT_SERVER_API_AUTH_STRING": "reviewflow:secret",
        "PREFECT_API_AUTH_STRING": "reviewflow:secret",
    }


def test_the_command_has_them_too(tmp_path: Path) -> None:
    (tmp_path / "REVIEWFLOW_DATABASE").write_text(f"sqlite:///{tmp_path}/there.db", encoding="utf-8")
    environ = {**os.environ, "CREDENTIALS_DIRECTORY": str(tmp_path)}
    command = [sys.executable, "-m", "flows.credentials", "reviewflow", "cases"]
    told = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert "there.db" in told.stdout + told.stderr or (tmp_path / "there.db").exists()
