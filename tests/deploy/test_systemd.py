"""The units, by systemd's own checker: they are sound, and each may do little."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.one_machine import DEPLOY

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(
        shutil.which("systemd-analyze") is None,
        reason="there is no systemd-analyze on this machine; on Debian and Ubuntu: apt-get install systemd",
    ),
]
FOLDERS = (DEPLOY / "systemd", DEPLOY.parent / "several-machines" / "systemd")
SERVICES = [path for folder in FOLDERS for path in sorted(folder.glob("reviewflow*.service"))]
HARDENING = DEPLOY.parents[1] / "docs" / "hardening.md"
RECKONED_BY = "252"
"""The systemd of the page's figures: another one weighs otherwise."""
MOST = 2.0
"""Of 10, by systemd-analyze: below 2 it calls a service safe."""


@pytest.mark.parametrize("folder", FOLDERS, ids=["one machine", "several machines"])
def test_systemd_finds_nothing_wrong(folder: Path, tmp_path: Path) -> None:
    """As they are, with programs that this machine has in place of those that an install brings."""
    units = sorted(folder.glob("reviewflow*"))
    for path in units:
        text = re.sub(r"/opt/reviewflow/venv/bin/python|/usr/bin/caddy", "/bin/true", path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / path.name) for path in units)]
    verified = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (verified.returncode, _ours(verified.stderr)) == (0, [])


def _ours(told: str) -> list[str]:
    return [line for line in told.splitlines() if "reviewflow" in line]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: f"{path.parent.parent.stem} {path.stem}")
def test_a_service_may_do_little_and_the_page_says_how_little(path: Path) -> None:
    level = exposure(path)
    assert float(level) < MOST
    one, several = told_of(path.stem.removeprefix("reviewflow-"))
    if systemd() == RECKONED_BY:
        assert level == (one if path.parent == FOLDERS[0] else several)


def exposure(path: Path) -> str:
    """Of 10, as systemd of this machine reckons it."""
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(path)]
    judged = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
    [level] = re.findall(r"exposure level for \S+: ([\d.]+)", judged)
    return str(level)


def told_of(service: str) -> tuple[str, str]:
    """What the page says of it, on one machine and on several."""
    rows = re.findall(r"^\| ([a-z, ]+) \| ([\d.]*) ?\| ([\d.]+) \|$", HARDENING.read_text("utf-8"), re.MULTILINE)
    [(one, several)] = [figures for names, *figures in rows if service in names.split(", ")]
    return one, several


def systemd() -> str:
    """Its version, without what the distribution adds."""
    told = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True, timeout=60, check=True)
    return told.stdout.split()[1]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: f"{path.parent.parent.stem} {path.stem}")
def test_a_service_has_its_limits_and_no_secret_in_its_settings(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for needed in ("User=", "NoNewPrivileges=yes", "ProtectSystem=strict", "MemoryMax=", "TasksMax="):
        assert re.search(f"^{needed}", text, re.MULTILINE), needed
    assert not re.search("^User=root", text, re.MULTILINE)
    assert not re.search("^Environment=.*(PASSWORD|SECRET|KEY|AUTH)", text, re.MULTILINE)
    if "oneshot" not in text:
        assert "Restart=on-failure" in text


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: f"{path.parent.parent.stem} {path.stem}")
def test_a_secret_that_is_handed_over_is_read(path: Path) -> None:
    """Several machines had no backup: the secret with the database's address was handed over and nobody took it."""
    text = path.read_text(encoding="utf-8")
    if re.search(r"^LoadCredential=(REVIEWFLOW|PREFECT)_", text, re.MULTILINE):
        assert re.search(r"^ExecStart=.*python -m flows\.credentials ", text, re.MULTILINE)


@pytest.mark.parametrize("folder", FOLDERS, ids=["one machine", "several machines"])
def test_a_second_backup_of_a_day_is_another_file(folder: Path) -> None:
    """An upgrade makes one on a day on which the night has made one: `reviewflow backup` writes over nothing."""
    [line] = re.findall(r"^ExecStart=/bin/sh -c '(.*)'$", (folder / "reviewflow-backup.service").read_text(), re.M)
    names = set()
    for moment in ("2026-05-06 02:15:00", "2026-05-06 10:00:00"):
        said = line.replace("%%", "%").replace("$(date ", f"$(date -d '{moment}' ")
        said = re.sub(r"exec /opt/reviewflow/venv/bin/(python -m flows\.credentials )?reviewflow", "echo", said)
        environment = {"PATH": "/usr/bin:/bin", "REVIEWFLOW_BACKUPS": "/b", "REVIEWFLOW_BACKUP_KEY": "k"}
        told = subprocess.run(
            ["sh", "-c", said], env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        names.add(told.stdout.split()[2])
    assert names == {"/b/backup-2026-05-06-021500.age", "/b/backup-2026-05-06-100000.age"}
