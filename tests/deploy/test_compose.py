"""The same office in containers: what runs in each is what systemd starts, and each may do little.

No container is started here: `make from-empty MACHINES=containers` does that.
"""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.one_machine import DEPLOY, settings_of

FILE = DEPLOY / "compose.yaml"
PARTS = ("prefect", "runner", "answers", "gate")


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, object]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]


@pytest.mark.parametrize("name", [*PARTS, "caddy"])
def test_a_container_runs_what_systemd_starts(services: dict[str, dict[str, object]], name: str) -> None:
    unit = (DEPLOY / "systemd" / f"reviewflow-{name}.service").read_text(encoding="utf-8")
    [line] = re.findall(r"^ExecStart=(?:/usr/bin/)?(.*)$", unit, re.MULTILINE)
    assert services[name]["command"] == line.split()
    assert set(services[name]["secrets"]) == set(re.findall(r"^LoadCredential=([^:]+):", unit, re.MULTILINE))


def test_each_may_do_little_and_only_the_proxy_is_reached(services: dict[str, dict[str, object]]) -> None:
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
        assert service["pids_limit"], name
        assert ("ports" in service) == (name == "network")
    for name in (*PARTS, "caddy", "backup", "network"):
        assert services[name]["user"] == "10001:10001"
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert all(services[name]["network_mode"] == "service:network" for name in (*PARTS, "caddy", "backup"))
    assert services["postgresql"]["network_mode"] == "none"


def test_the_network_that_all_share_is_held_by_what_does_nothing(services: dict[str, dict[str, object]]) -> None:
    """It is gone with its container, and with it every part's, which no start of that container brings back."""
    assert services["network"]["command"] == ["sleep", "infinity"]
    assert not {"secrets", "volumes", "env_file"} & services["network"].keys()


def test_what_is_mounted_from_the_machine_is_what_the_installer_and_the_page_make(
    services: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    install = [str(DEPLOY.parent / "install"), "--root", str(tmp_path), "--without-programs"]
    subprocess.run(install, check=True, capture_output=True, timeout=60)
    beside = tmp_path / "etc" / "reviewflow"
    by_the_page = {"prefect-database.sql", "office-backup.key.pub", "certificates"}
    places = [volume.partition(":")[0] for service in services.values() for volume in service.get("volumes", ())]
    mounted = {place for place in places if place.startswith(".") and Path(place).name not in by_the_page}
    assert len(mounted) >= 4
    assert [place for place in mounted if not (beside / place).exists()] == []
    page = (DEPLOY.parents[1] / "docs" / "operations.md").read_text(encoding="utf-8").partition("## In containers")[2]
    assert all(name in page for name in by_the_page)


def test_compose_takes_it_and_gives_each_part_its_settings() -> None:
    started = check_by_compose(DEPLOY)
    assert started.keys() >= {"postgresql", "caddy", *PARTS}
    for name in PARTS:
        assert started[name]["environment"].items() >= settings_of("prefect.env").items()


def check_by_compose(folder: Path, *words: str) -> dict[str, Any]:
    """Have Compose check the file in this folder, where this machine has one; the services as it would start them."""
    known = (["docker", "compose"], ["docker-compose"])
    command = next((words for words in known if shutil.which(words[0]) and _answers([*words, "version"])), None)
    if command is None:
        pytest.skip("there is no docker compose on this machine, so its own checker has not seen the file")
    asked = [*command, *words, "-f", "compose.yaml", "config"]
    said = subprocess.run(asked, cwd=folder, check=True, timeout=60, capture_output=True, text=True)
    assert "not set" not in said.stderr
    services: dict[str, Any] = yaml.safe_load(said.stdout)["services"]
    return services


def _answers(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0
