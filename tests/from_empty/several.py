"""`make from-empty MACHINES=several`: a store, a machine that works and the front, each with a systemd of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.from_empty.life import Tell, give, open_case, until
from tests.from_empty.machine import Machine
from tests.from_empty.office import ETC, Filling
from tests.from_empty.outside import LETTERS, OFFICE, browser
from tests.from_empty.page import Section
from tests.from_empty.root import HERE
from tests.from_empty.root import give as here

ADDRESSES = {"store": "10.80.0.10", "work": "10.80.0.2", "front": "10.80.0.1"}
DEPLOY = HERE / "deploy" / "several-machines"
UP = 300.0
OF_THE_STORE = (
    "REVIEWFLOW_DATABASE",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_REDIS_MESSAGING_URL",
    "PREFECT_SERVER_DOCKET_URL",
)
OF_THE_FIRST = ("PREFECT_SERVER_API_AUTH_STRING", "REVIEWFLOW_GATE_SECRET", "REVIEWFLOW_DATABASE")
ON_WORK, ON_FRONT = ("api", "services", "worker", "answers"), ("gate", "caddy")


def live_apart(machines: Mapping[str, Machine], folder: Path, page: Mapping[str, Section], tell: Tell) -> None:
    """Two sections of the page, on three machines: until the front shows what the others have, and a new version."""
    store, work, front = (machines[name] for name in ADDRESSES)
    [of_store], [first], [others_work, others_front], [tables], backups, starts = page["Set up"].commands
    assert "--machine work" in others_work
    told = set_up(store, of_store, tell)
    assert all(name in told for name in OF_THE_STORE), told
    set_up(work, first, tell)
    bring(store, work, OF_THE_STORE)
    settings(work, "10.80.0.2")
    work.done(
        "sudo cp -rT definitions /srv/reviewflow/definitions && sudo chown -R reviewflow: /srv/reviewflow/definitions"
    )
    bring(work, front, OF_THE_FIRST)
    bring_programs(work, front)
    told = give(front, others_front, tell)
    assert "bring" not in told, told
    settings(front, "10.80.0.1")
    filling = Filling(front, folder, 0)
    filling.people()
    filling.roles()
    filling.own_certificate()
    for line in (tables, *backups):
        give(work, line, tell)
    for line in starts:
        give(front if "front" in line else work, line, tell)
    at_work(work, front, folder, filling, tell)
    reference = open_case(work)
    for name, machine in machines.items():
        taken = machine.start_anew()
        tell(f"{name} was started anew, and is up {taken:.0f} s after it was told so")
        at_work(work, front, folder, filling, tell)
        assert reference in work.done("sudo reviewflow cases")
    tell("what was recorded is there after each")
    take_over(work, front, page["A new version"], tell)
    at_work(work, front, folder, filling, tell)
    assert reference in work.done("sudo reviewflow cases")


def take_over(work: Machine, front: Machine, section: Section, tell: Tell) -> None:
    """A new version, and back again: the first does nothing while the front is at work."""
    [of_front, others_work], [first], starts = section.commands
    assert "--machine work" in others_work
    for machine in (work, front):
        machine.done("echo '# of the next version' >> constraints.txt")
    early = work.run(first)
    assert early.returncode == 1, early.stdout
    assert f"Other machines still use the database: {ADDRESSES['front']}." in early.stdout, early.stdout
    tell("the first machine waits for the front")
    before = work.done("readlink /opt/reviewflow/venv")
    both = ((front, of_front), (work, first))
    for machine, line in both:
        give(machine, line, tell)
    assert work.done("readlink /opt/reviewflow/venv") != before
    for machine, line in both:
        back = line.partition(" --wheel")[0] + " --back"
        give(machine, back, tell)
    assert work.done("readlink /opt/reviewflow/venv") == before
    for machine, line in both:
        give(machine, line, tell)
    for line in starts:
        give(front if "front" in line else work, line, tell)


def set_up(machine: Machine, line: str, tell: Tell) -> str:
    """As the page says: what a dry run says is done, and the second time there is nothing to do."""
    would = [said.removeprefix("would ") for said in give(machine, f"{line} --dry-run", tell).splitlines()]
    told = give(machine, line, tell)
    done = told.splitlines()[:-1]
    assert would == done, f"said and not done, or done and not said: {set(would) ^ set(done)}"
    assert give(machine, line, tell) == "Nothing to change.\n"
    return told


def at_work(work: Machine, front: Machine, folder: Path, filling: Filling, tell: Tell) -> None:
    """All parts of both are up by themselves, people have what they do, and the doctor finds the store."""
    for machine, names in ((work, ON_WORK), (front, ON_FRONT)):
        for name in names:
            machine.wait_until(f"systemctl is-active -q reviewflow-{name}", UP)
    look(folder, filling, tell)
    said = give(work, "sudo reviewflow doctor", tell)
    assert "good         database" in said, said
    assert re.search("good +Prefect: It answers", said), said
    assert "Prefect's settings: They are safe" in said, said


def look(folder: Path, filling: Filling, tell: Tell) -> None:
    """What people have of it, all by way of the front."""
    with browser(folder, "olaf", filling.password) as olaf, browser(folder) as agency:
        until(lambda: olaf.get(f"https://{OFFICE}/api/ready").status_code == 200)
        until(lambda: olaf.get(f"https://{OFFICE}/api/deployments/name/chase/chase").status_code == 200)
        assert agency.get(f"https://{OFFICE}/").status_code == 401
        until(lambda: agency.get(f"https://{LETTERS}/a/{'0' * 26}").status_code == 404)
    tell("the front shows Prefect of the work machine and its answer pages, and a worker has put the flows there")


def settings(machine: Machine, address: str) -> None:
    """The first line, the two names, and the one machine that works."""
    text = (DEPLOY / "settings.env").read_text(encoding="utf-8")
    text = re.sub("^REVIEWFLOW_HERE=.*$", f"REVIEWFLOW_HERE={address}", text, flags=re.MULTILINE)
    text = text.replace(" 10.80.0.3:4200", "").replace(" 10.80.0.3:4280", "")
    text = text.replace("office.example.gov.uk", OFFICE).replace("reviews.example.gov.uk", LETTERS)
    machine.write(f"{ETC}/settings.env", text, mode="644")


def bring(source: Machine, target: Machine, names: Sequence[str]) -> None:
    """Secrets that one machine made, to another."""
    place = ETC.removeprefix("/")
    (target.root / place / "secrets").mkdir(parents=True, exist_ok=True)
    (target.root / place / "secrets").chmod(0o700)
    for name in names:
        shutil.copy2(source.root / place / "secrets" / name, target.root / place / "secrets" / name)


def bring_programs(source: Machine, target: Machine) -> None:
    """The same programs: no need to build them anew."""
    here("cp", "-a", "--reflink=auto", str(source.root / "opt" / "reviewflow"), str(target.root / "opt"))
