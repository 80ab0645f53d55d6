"""deploy/several-machines: settings, proxy, containers and Valkey by their own checkers. `make chaos` starts it all."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.settings import Settings
from prefect.settings.legacy import _get_valid_setting_names

from tests.chaos.machines import HERE, settings_of
from tests.chaos.store import DEPLOY, missing, pong, valkey, valkey_program
from tests.deploy.one_machine import DEPLOY as ONE_MACHINE
from tests.deploy.one_machine import caddy, write_files
from tests.deploy.one_machine import settings_of as settings_of_one
from tests.deploy.test_compose import FILE, check_by_compose

pytestmark = pytest.mark.timeout(120)
FRONT, WORK = ("gate", "caddy"), ("api", "services", "worker", "answers")
ONCE = ("tables", "backup")
"""Started by hand or by a timer, and over when they have done it."""
OF_ONE_ALONE = {"PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_RUNNER_POLL_FREQUENCY", "REVIEWFLOW_DATABASE"}
"""The first and the last are secrets here, and there is no runner."""
SECRETS = {"PREFECT_SERVER_API_AUTH_STRING", "PREFECT_SERVER_DOCKET_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"}


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, object]]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]


def unit(name: str) -> str:
    return (DEPLOY / "systemd" / f"reviewflow-{name}.service").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["prefect.env", "settings.env"])
def test_what_one_machine_sets_is_set_here_too(name: str) -> None:
    of_one, here = settings_of_one(name), settings_of(name)
    assert of_one.keys() - here.keys() <= OF_ONE_ALONE
    differs = {setting for setting in of_one.keys() & here.keys() if of_one[setting] != here[setting]}
    assert differs <= {"PREFECT_API_URL", "PREFECT_SERVER_CORS_ALLOWED_ORIGINS"}
    assert not any("@" in value for value in here.values()), "a password may stand before it"


def test_prefect_knows_each_setting_it_would_pass_over_another_in_silence() -> None:
    named = {name for name in settings_of("prefect.env") if name.startswith("PREFECT_")} | SECRETS
    assert named <= _get_valid_setting_names(Settings)


@pytest.mark.parametrize("name", [*FRONT, *WORK])
def test_a_container_runs_what_systemd_starts(services: dict[str, dict[str, object]], name: str) -> None:
    [line] = re.findall(r"^ExecStart=(?:/usr/bin/)?(.*)$", unit(name), re.MULTILINE)
    assert services[name]["command"] == line.replace("%H", "${REVIEWFLOW_HERE}").split()
    assert set(services[name]["secrets"]) == set(re.findall(r"^LoadCredential=([^:]+):", unit(name), re.MULTILINE))  # type: ignore[call-overload]
    assert services[name]["profiles"] == ["front" if name in FRONT else "work"]


@pytest.mark.parametrize("name", ONCE)
def test_a_container_does_once_what_systemd_does(services: dict[str, dict[str, object]], name: str) -> None:
    """Prefect's servers make no tables here, so that without it they had none, and nobody made a backup."""
    [line] = re.findall(r"^ExecStart=(.*)$", unit(name), re.MULTILINE)
    words = [word.replace("%%", "%").replace('"', "") for word in shlex.split(line)]
    assert [str(word).replace("$$", "$") for word in services[name]["command"]] == words  # type: ignore[attr-defined]
    assert set(services[name]["secrets"]) == set(re.findall(r"^LoadCredential=([^:]+):", unit(name), re.MULTILINE))  # type: ignore[call-overload]
    assert (services[name]["profiles"], services[name]["restart"]) == ([name], "no")


def test_what_is_written_to_is_a_folder_that_can_be_given_away(services: dict[str, dict[str, Any]]) -> None:
    """A volume that an engine makes is root's, in which the proxy could keep no certificate."""
    ours = [volume for name in (*FRONT, *WORK, *ONCE) for volume in services[name].get("volumes", ())]
    assert ours
    assert [volume for volume in ours if not volume.startswith(("./", "../../"))] == []


def test_what_is_mounted_is_what_the_installer_and_the_page_make(
    services: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """PostgreSQL was to be given a folder that nobody made, and had no database of ours in it."""
    kinds = {"store": ("postgresql", "valkey"), "work": WORK, "front": FRONT}
    page = (DEPLOY.parents[1] / "docs" / "several-machines.md").read_text(encoding="utf-8")
    for kind, names in kinds.items():
        install = [str(DEPLOY.parent / "install"), "--root", str(tmp_path / kind), "--without-programs"]
        subprocess.run([*install, "--machine", kind, "--first"], check=True, capture_output=True, timeout=60)
        beside = tmp_path / kind / "etc" / "reviewflow"
        mounted = [volume.partition(":")[0] for name in names for volume in services[name].get("volumes", ())]
        named = [*mounted, *(f"secrets/{each}" for name in names for each in services[name].get("secrets", ()))]
        named += [each for name in names for each in services[name].get("env_file", ())]
        missing = {place for place in named if place != "data" and not (beside / place).exists()}
        assert missing == ({"../../var/certificates"} if kind == "front" else set())
    assert "mkdir /srv/office/var/certificates" in page


def test_the_store_in_containers_lets_in_whom_the_store_of_debian_lets_in(tmp_path: Path) -> None:
    words = [str(DEPLOY.parent / "install"), "--root", str(tmp_path), "--machine", "store", "--address", "10.1.2.3"]
    subprocess.run(words, check=True, capture_output=True, timeout=60)
    etc = tmp_path / "etc" / "reviewflow"
    let_in = (etc / "postgresql" / "pg_hba.conf").read_text("utf-8").splitlines()
    [debian] = tmp_path.glob("etc/postgresql/*/main/pg_hba.conf")
    assert [line for line in let_in if line.startswith("host")] == debian.read_text("utf-8").splitlines()
    assert [line.split()[-1] for line in let_in] == ["peer", "scram-sha-256", "scram-sha-256"]
    made = (etc / "postgresql" / "databases.sql").read_text("utf-8")
    for name, secret in (("reviewflow", "REVIEWFLOW_DATABASE"), ("prefect", "PREFECT_SERVER_DATABASE_CONNECTION_URL")):
        password = (etc / "secrets" / secret).read_text("utf-8").partition("@")[0].rpartition(":")[2]
        assert f"create role {name} login password '{password}'" in made
        assert f"create database {name} owner {name}" in made
    settings = (etc / "postgresql" / "postgresql.conf").read_text("utf-8")
    assert "listen_addresses = '10.1.2.3'" in settings
    assert "ssl = on" in settings
    assert "REVIEWFLOW_HERE=10.1.2.3" in (etc / "settings.env").read_text("utf-8")
    assert "bind 10.1.2.3" in (etc / "valkey" / "valkey.conf").read_text("utf-8")


def test_each_may_do_little(services: dict[str, dict[str, object]]) -> None:
    assert services.keys() == {*FRONT, *WORK, *ONCE, "postgresql", "valkey"}
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
        assert service["pids_limit"], name
        if name != "postgresql":  # it changes to its own user by itself
            assert service["user"] == "10001:10001"
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]


def test_a_target_starts_all_of_its_kind_of_machine() -> None:
    for target, names in (("front", FRONT), ("work", WORK)):
        text = (DEPLOY / "systemd" / f"reviewflow-{target}.target").read_text(encoding="utf-8")
        assert set(re.findall(r"reviewflow-(\w+)\.service", text)) == set(names)
        assert all(f"PartOf=reviewflow-{target}.target" in unit(name) for name in names)


def test_compose_takes_it_and_starts_each_part_at_the_address_of_its_machine() -> None:
    words = ("--env-file", "settings.env", "--profile", "store", "--profile", "front", "--profile", "work")
    started = check_by_compose(DEPLOY, *words)
    assert started.keys() >= {*FRONT, *WORK, "postgresql", "valkey"}
    here = settings_of("settings.env")["REVIEWFLOW_HERE"]
    for name in ("api", "worker", "answers"):
        [line] = re.findall(r"^ExecStart=(.*)$", unit(name), re.MULTILINE)
        assert started[name]["command"] == line.replace("%H", here).replace("${REVIEWFLOW_HERE}", here).split()
        assert started[name]["environment"]["REVIEWFLOW_HERE"] == here


def test_the_proxy_takes_it(tmp_path: Path) -> None:
    write_files(tmp_path, "a:b")
    (tmp_path / "several").symlink_to(DEPLOY / "caddy")
    environment = settings_of("settings.env") | {
        "PATH": "/usr/bin:/bin",
        "REVIEWFLOW_HERE": HERE,
        "REVIEWFLOW_CADDY": str(tmp_path),
        "CREDENTIALS_DIRECTORY": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    command = [caddy(), "adapt", "--config", str(ONE_MACHINE / "Caddyfile"), "--adapter", "caddyfile"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    for upstream in ("10.80.0.2:4200", "10.80.0.3:4200"):
        assert done.stdout.count(f'"dial":"{upstream}"') == 2  # for people, and for workers
    assert [done.stdout.count(f'"uri":"{health}"') for health in ("/api/ready", "/ready")] == [2, 1]


@pytest.mark.skipif(valkey_program() is None, reason=missing())
def test_valkey_takes_its_settings_and_keeps_what_it_was_told_when_it_is_killed(tmp_path: Path) -> None:
    import redis

    part, port = valkey(tmp_path)
    try:
        part.start()
        part.wait_until_ready()
        with pytest.raises(redis.RedisError), redis.Redis(port=port, socket_timeout=5) as stranger:
            stranger.ping()
        password = (tmp_path / "users.acl").read_text(encoding="utf-8").partition(">")[2].partition(" ")[0]
        with redis.Redis(port=port, password=password, socket_timeout=5) as ours:
            ours.set("told", "once")
            assert ours.config_get("appendfsync") == {"appendfsync": "everysec"}
            ours.execute_command("WAITAOF", 1, 0, 5000) if ours.info()["redis_version"] >= "7.2" else _written(ours)
        part.kill()
        part.start()
        part.wait_until_ready()
        with redis.Redis(port=port, password=password, socket_timeout=5) as ours:
            assert ours.get("told") == b"once"
        assert pong(port)
    finally:
        part.end()


def _written(ours: "object") -> None:
    """Until the second is over after which it is on disk."""
    from tests.prefect.conftest import until

    until(lambda: ours.info("persistence")["aof_pending_bio_fsync"] == 0, 5)  # type: ignore[attr-defined]


def test_one_image_is_made_from_the_wheel_and_runs_as_nobody() -> None:
    text = (DEPLOY.parent / "Containerfile").read_text(encoding="utf-8")
    install = (DEPLOY.parent / "install").read_text(encoding="utf-8")
    assert '-c /tmp/wheel/constraints.txt "/tmp/wheel/${WHEEL}[all]"' in text
    assert '-c "$constraints" "$wheel[all]"' in install
    assert re.findall("^USER (.*)$", text, re.MULTILINE) == ["reviewflow"]
    assert "--uid 10001" in text
    used = {service.get("image") for file in (FILE, DEPLOY / "compose.yaml") for service in _services(file).values()}
    assert {image for image in used if image and ":" not in image} == {"reviewflow"}


def _services(file: Path) -> dict[str, dict[str, str]]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))["services"]
