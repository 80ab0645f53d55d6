"""deploy/install, into a folder: whole, private, harmless to run again; it writes over nothing that is the office's."""

import hashlib
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from reviewflow.cli.server.supervisor import prefect_environment
from tests.deploy.one_machine import DEPLOY, caddy, settings_of

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(shutil.which("install") is None, reason="there is no program install on this machine"),
]
INSTALL = DEPLOY.parent / "install"


def install(root: Path, *words: str) -> str:
    command = [str(INSTALL), "--root", str(root), "--without-programs", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def tree(root: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(root)): (stat.S_IMODE(path.stat().st_mode), path.read_bytes() if path.is_file() else b"")
        for path in sorted(root.rglob("*"))
    }


def test_the_second_time_nothing_changes(tmp_path: Path) -> None:
    assert "Next: fill in" in install(tmp_path)
    before = tree(tmp_path)
    assert install(tmp_path) == "Nothing to change.\n"
    assert tree(tmp_path) == before


def test_a_dry_run_says_all_of_it_and_does_nothing(tmp_path: Path) -> None:
    told = install(tmp_path, "--dry-run").splitlines()
    assert tree(tmp_path) == {}
    assert all(line.startswith("would ") for line in told)
    done = install(tmp_path).splitlines()
    assert [line.removeprefix("would ") for line in told] == done[:-1]


def test_what_is_the_offices_stays_and_what_is_ours_follows(tmp_path: Path) -> None:
    install(tmp_path)
    etc = tmp_path / "etc" / "reviewflow"
    (etc / "roles.yaml").write_text("viewers: [vera]\n", encoding="utf-8")
    (etc / "secrets" / "people.caddy").write_text("vera x\n", encoding="utf-8")
    (etc / "prefect.env").write_text("", encoding="utf-8")
    (etc / "secrets" / "REVIEWFLOW_GATE_SECRET").write_text("another\n", encoding="utf-8")
    told = install(tmp_path)
    assert (etc / "roles.yaml").read_text(encoding="utf-8") == "viewers: [vera]\n"
    assert (etc / "secrets" / "people.caddy").read_text(encoding="utf-8") == "vera x\n"
    assert (etc / "prefect.env").read_bytes() == (DEPLOY / "prefect.env").read_bytes()
    assert "X-Reviewflow-Gate another" in (etc / "secrets" / "secrets.caddy").read_text(encoding="utf-8")
    assert len(told.splitlines()) == 3


def test_secrets_are_made_long_and_for_one_reader(tmp_path: Path) -> None:
    install(tmp_path)
    secrets = tmp_path / "etc" / "reviewflow" / "secrets"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (secrets, *secrets.iterdir())} == {0o700, 0o600}
    gate, door = (secrets / name for name in ("REVIEWFLOW_GATE_SECRET", "REVIEWFLOW_DOOR_KEY"))
    assert len(gate.read_text().strip()) >= 40
    assert gate.read_text() != door.read_text()
    assert (secrets / "PREFECT_SERVER_API_AUTH_STRING").read_text().startswith("reviewflow:")


def test_the_proxy_takes_what_was_written(tmp_path: Path) -> None:
    install(tmp_path)
    etc = tmp_path / "etc" / "reviewflow"
    (etc / "settings.env").write_bytes((DEPLOY / "settings.env").read_bytes())
    environment = {
        **settings_of("settings.env"),
        "REVIEWFLOW_CADDY": str(etc / "caddy"),
        "CREDENTIALS_DIRECTORY": str(etc / "secrets"),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    command = [caddy(), "validate", "--config", str(etc / "caddy" / "Caddyfile"), "--adapter", "caddyfile"]
    judged = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert judged.returncode == 0, judged.stderr


@pytest.mark.parametrize("machine", ["front", "work"])
def test_a_machine_of_several_gets_what_its_units_need(machine: str, tmp_path: Path) -> None:
    words = ("--machine", machine, "--first")
    told = install(tmp_path, *words, "--dry-run").splitlines()
    assert tree(tmp_path) == {}
    assert [line.removeprefix("would ") for line in told] == install(tmp_path, *words).splitlines()[:-1]
    assert install(tmp_path, *words) == "Nothing to change.\n"
    units, secrets = tmp_path / "etc" / "systemd" / "system", tmp_path / "etc" / "reviewflow" / "secrets"
    [target] = units.glob("*.target")
    wanted = re.findall(r"reviewflow-\w+\.service", target.read_text(encoding="utf-8"))
    assert {path.name for path in units.glob("*.service")} - {
        f"reviewflow-{name}.service" for name in ("backup", "tables")
    } == set(wanted)
    assert (units / "reviewflow-backup.timer").exists() == (machine == "work")
    needed = [
        re.findall(r"^LoadCredential=(\w[^:]*):", path.read_text(), re.MULTILINE) for path in units.glob("*.service")
    ]
    assert {name for names in needed for name in names} <= {path.name for path in secrets.iterdir()}
    settings = (tmp_path / "etc" / "reviewflow" / "settings.env").read_bytes()
    assert settings == (DEPLOY.parent / "several-machines" / "settings.env").read_bytes()
    folder = tmp_path / "etc" / "reviewflow" / "caddy" / "several"
    assert (stat.S_IMODE(folder.stat().st_mode) == 0o755) if machine == "front" else not folder.exists()


def test_the_other_machines_make_no_secrets_that_would_not_fit(tmp_path: Path) -> None:
    first, front = tmp_path / "first", tmp_path / "front"
    install(first, "--machine", "work", "--first")
    told = install(front, "--machine", "front")
    [line] = [line for line in told.splitlines() if line.startswith("From the first machine bring")]
    brought = line.rpartition(": ")[2].split()
    assert "REVIEWFLOW_GATE_SECRET" in brought
    secrets = front / "etc" / "reviewflow" / "secrets"
    assert [path.name for path in secrets.iterdir()] == ["people.caddy"]
    for name in brought:
        shutil.copy(first / "etc" / "reviewflow" / "secrets" / name, secrets / name)
    assert "bring" not in install(front, "--machine", "front")
    gate = (secrets / "REVIEWFLOW_GATE_SECRET").read_text(encoding="utf-8").strip()
    assert f"X-Reviewflow-Gate {gate}" in (secrets / "secrets.caddy").read_text(encoding="utf-8")


def test_the_store_is_set_for_its_address_and_makes_what_leads_there(tmp_path: Path) -> None:
    words = ("--machine", "store", "--address", "10.1.2.3")
    told = install(tmp_path, *words, "--dry-run").splitlines()
    assert tree(tmp_path) == {}
    done = install(tmp_path, *words).splitlines()
    assert [line.removeprefix("would ") for line in told] == done[:-1]
    assert install(tmp_path, *words) == "Nothing to change.\n"
    [keys] = tmp_path.glob("etc/*/users.acl")
    [settings] = tmp_path.glob("etc/postgresql/*/main/conf.d/reviewflow.conf")
    [known] = tmp_path.glob("etc/postgresql/*/main/pg_hba.conf")
    made = {path.name: path.read_text("utf-8").strip() for path in (tmp_path / "etc/reviewflow/secrets").iterdir()}
    assert done[-1].endswith(" ".join(sorted(made, key=done[-1].index)))
    assert all("@10.1.2.3" in address for address in made.values())
    assert "listen_addresses = '10.1.2.3'" in settings.read_text(encoding="utf-8")
    assert known.read_text(encoding="utf-8").splitlines() == [
        f"hostssl {name} 10.1.2.0/24 scram-sha-256" for name in ("reviewflow reviewflow", "prefect    prefect   ")
    ]
    [password] = {made[name].split(":")[2].partition("@")[0] for name in made if made[name].startswith("redis:")}
    assert f"user default on #{hashlib.sha256(password.encode()).hexdigest()} " in keys.read_text(encoding="utf-8")
    assert password not in keys.read_text(encoding="utf-8")
    assert len({*made.values()}) == 4
    said = keys.with_name(f"{keys.parent.name}.conf").read_text(encoding="utf-8").splitlines()
    assert {"bind 10.1.2.3", f"aclfile /etc/{keys.parent.name}/users.acl"} <= {*said}


@pytest.mark.parametrize("address", ["", "here", "10.1.2", "10.1.2.3/24", "10.1.2.3; rm"])
def test_the_store_has_an_address(address: str, tmp_path: Path) -> None:
    done = refused(tmp_path, "--machine", "store", "--address", address)
    assert done == f"--address is that of this machine, such as 10.80.0.10, not: {address}\n"


def test_another_kind_of_machine_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "--machine", "kitchen") == "--machine is one, store, work or front, not: kitchen\n"


def refused(root: Path, *words: str) -> str:
    """What it says when it does nothing."""
    command = [str(INSTALL), "--root", str(root), "--without-programs", *words]
    asked = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert asked.returncode == 2
    assert tree(root) == {}
    return asked.stdout


def test_a_version_is_asked_for(tmp_path: Path) -> None:
    asked = subprocess.run(
        [str(INSTALL), "--root", str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (asked.returncode, "--wheel FILE" in asked.stdout) == (1, True)
    assert tree(tmp_path) == {}


def test_prefect_is_set_as_serve_sets_it(tmp_path: Path) -> None:
    """All that is no address, password or place."""
    own = ("URL", "AUTH_STRING", "HOME", "ORIGINS")
    serve = {name: text for name, text in prefect_environment(tmp_path, 4200, {}).items() if not name.endswith(own)}
    shipped = {name: text for name, text in settings_of("prefect.env").items() if not name.endswith(own)}
    assert shipped == serve
    assert settings_of("prefect.env")["PREFECT_SERVER_UI_API_URL"] == "/api"
