"""docs/operations.md: the office is restored by the very lines of the page, on PostgreSQL, in a folder of the test."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from reviewflow.service.workspace.database import DATABASE
from tests.deploy.one_machine import DEPLOY, settings_of
from tests.web.letters import TOY

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PAGE = (DEPLOY.parents[1] / "docs" / "operations.md").read_text(encoding="utf-8")
[RESTORING] = [block for block in re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL) if " restore " in block]
PLACE = re.compile(r"postgresql:///(\w+)\?host=/run/postgresql")
CASE = ["open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05"]
DAY = ["--now", "2026-05-06T02:00"]


class Machine:
    """A machine below a folder: its programs are run as they are, its database is that of the tests."""

    def __init__(self, root: Path, server: str) -> None:
        self.root, self.server = root, server
        self.srv, self.etc = root / "srv" / "reviewflow", root / "etc" / "reviewflow"

    def database(self, name: str) -> str:
        return self.server.replace("/postgres?", f"/{name}?")

    def make_database(self, name: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")

    def here(self, word: str) -> str:
        """A word of the page, as it is meant on this machine."""
        word = PLACE.sub(lambda match: self.database(match[1]), word)
        return re.sub(r"^(?=/(?:srv|etc)/)", str(self.root), word)

    def reviewflow(self, *words: str) -> str:
        """The command, with the office's settings and in its folder."""
        written = self.etc / "settings.env"
        settings = dict(line.split("=", 1) for line in written.read_text().splitlines() if line[:1] not in {"", "#"})
        own = {name: self.here(text) for name, text in settings.items() if not name.endswith(("SITE", "URL"))}
        program = [sys.executable, "-m", "flows.credentials", "reviewflow", *map(self.here, words)]
        path = {"PATH": os.environ["PATH"], "PYTHONPATH": str(DEPLOY.parents[1]), "REVIEWFLOW_BY": "A. Clerk"}
        done = subprocess.run(
            program, cwd=self.srv, env=path | own, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def give(self, line: str) -> str:
        """Do a line of the page; what it says."""
        _, program, *words = shlex.split(line)
        match program:
            case "systemctl" | "chown":
                return ""
            case "runuser":
                self.make_database(words[-1])
                return ""
            case "reviewflow":
                return self.reviewflow(*words)
            case _:
                given = [self.here(word) for word in words if word not in {"-o", "reviewflow"}]
                subprocess.run([program, *given], cwd=self.root, check=True, timeout=60)
                return ""


@pytest.fixture
def machine(tmp_path: Path, postgresql_server: str) -> Iterator[Machine]:
    machine = Machine(tmp_path, postgresql_server)
    for folder in (machine.srv / "documents", machine.etc):
        folder.mkdir(parents=True)
    (machine.etc / "settings.env").write_bytes((DEPLOY / "settings.env").read_bytes())
    subprocess.run(["cp", "-r", str(TOY), str(machine.srv / "definitions")], check=True, timeout=30)
    machine.make_database("reviewflow")
    yield machine
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        for name in ("reviewflow", "reviewflow_restored"):
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_the_office_comes_back_by_the_lines_of_the_page(machine: Machine) -> None:
    machine.reviewflow(*CASE)
    (machine.srv / "documents" / "TR-2026-001").mkdir()
    (machine.srv / "documents" / "TR-2026-001" / "minutes.md").write_text("What was said")
    key = machine.root / "office-backup.key"
    machine.reviewflow("backup", "--new-key", str(key))
    machine.reviewflow("backup", "-o", "backup.age", "--for", f"{key}.pub", *DAY)
    told = {line: machine.give(line) for line in RESTORING.splitlines()}
    assert "1 case audited: all whole" in told["sudo reviewflow audit"]
    assert "No letter goes until each of these is answered" in told["sudo reviewflow settle"]
    assert "reviewflow_restored" in (machine.etc / "settings.env").read_text()
    assert "TR-2026-001" in machine.reviewflow("cases")
    assert (machine.srv / "documents" / "TR-2026-001" / "minutes.md").read_text() == "What was said"
    assert sorted(path.name for path in machine.srv.iterdir()) == [
        "definitions",
        "definitions-before",
        "documents",
        "documents-before",
        "restored",
    ]


def test_the_page_means_the_database_that_is_installed() -> None:
    assert PLACE.fullmatch(settings_of("settings.env")[DATABASE])
