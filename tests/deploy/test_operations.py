"""The pages for whoever looks after the machine: what they have people type is done here as far as a folder goes."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.deploy.one_machine import DEPLOY
from tests.from_empty.page import sections

pytestmark = pytest.mark.timeout(120)
ROOT = DEPLOY.parents[1]
PAGES = [ROOT / "docs" / name for name in ("operations.md", "hardening.md", "several-machines.md")]
UNITS = [folder / "systemd" for folder in (DEPLOY, DEPLOY.parent / "several-machines")]
COMMANDS = list(
    dict.fromkeys(
        line for page in PAGES for section in sections(page).values() for block in section.commands for line in block
    )
)


def is_there(unit: str) -> bool:
    """Whether a unit of this name is shipped."""
    return any((folder / unit).exists() for folder in UNITS)


def give(root: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin:/usr/sbin", "REVIEWFLOW_ROOT": str(root)}
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("command", [line for line in COMMANDS if "deploy/install" in line])
def test_an_install_can_be_typed(command: str, tmp_path: Path) -> None:
    sudo, program, *options = shlex.split(command)
    assert (sudo, program) == ("sudo", "deploy/install")
    files = {place + 1 for place, word in enumerate(options) if word in {"--wheel", "--constraints", "--root"}}
    without = [word for place, word in enumerate(options) if not {place, place + 1} & files]
    done = give(tmp_path, [program, "--root", str(tmp_path), "--without-programs", *without])
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [line for line in COMMANDS if "deploy/install" not in line])
def test_what_else_is_typed_is_there(command: str) -> None:
    match shlex.split(command):
        case ["sudo", "systemctl", "disable", "--now", *units] | ["sudo", "systemctl", "start", "--wait", *units]:
            assert units
            assert all(is_there(unit) for unit in units)
        case ["sudo", "systemctl", "start" | "stop" | "restart" | "status" | "list-timers", *units]:
            assert units
            assert all(is_there(unit) for unit in units)
        case ["systemctl", "list-units", "--all", units] | ["sudo", "journalctl", "--since", "-1h", "-u", units]:
            assert any([*folder.glob(f"{units}.service")] for folder in UNITS)
        case ["sudo", "reviewflow", "delivery", "test", "--by", "A. Officer"]:
            pass  # given by make from-empty
        case ["sudo", "journalctl", "-u", unit] | ["sudo", "systemd-analyze", "security", unit]:
            assert is_there(unit)
        case ["sudo", "reviewflow", "doctor"]:
            assert (DEPLOY / "reviewflow").stat().st_mode & 0o111
        case ["sudo", "ss" | "runuser" | "install" | "chown" | "cp" | "mv" | "sed" | "rm", *_]:
            pass  # Debian's own; those of a restore are given in test_restored, and all of them by make from-empty
        case ["sudo", "reviewflow", "backup", "--new-key", "office-backup.key"]:
            pass  # given by the page of backups
        case ["sudo", "reviewflow", "restore" | "audit" | "settle", *_]:
            pass  # given in test_restored
        case ["sudo", "deploy/upgrade", *_]:
            pass  # done in test_upgrade, and by make from-empty
        case ["sudo", "reviewflow", "publish", *_]:
            pass  # given in tests/cli/publishing, and by make from-empty
        case ["sudo", "sh", "-c", text]:
            assert "reviewflow links new-key" in text  # given by make from-empty
        case ["sudo", "docker", "build" | "compose", *_] | ["cp", "constraints.txt", "var/wheel/"]:
            pass  # given by make from-empty MACHINES=containers
        case ["sudo", "mkdir", "/srv/office/var/certificates"]:
            pass
        case other:
            raise AssertionError(other)
