"""`make from-empty MACHINES=several`: a store, a machine that works and the front, each with a systemd of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.from_empty.life import Tell, give, until
from tests.from_empty.machine import Machine
from tests.from_empty.office import ETC, Filling
from tests.from_empty.outside import LETTERS, OFFICE, browser
from tests.from_empty.page import Section
from tests.from_empty.root import HERE
from tests.from_empty.root import give as here

ADDRESSES = {"store": "10.80.0.10", "work": "10.80.0.2", "front": "10.80.0.1"}
DEPLOY = HERE / "deploy" / "several-machines"
PASSWORD = "of-machines-from-empty"
UP = 300.0
OF_THE_STORE = {
    "REVIEWFLOW_DATABASE": f"postgresql://reviewflow:{PASSWORD}@10.80.0.10/reviewflow?sslmode=require",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://prefect:{PASSWORD}@10.80.0.10/prefect?ssl=require",
    "PREFECT_REDIS_MESSAGING_URL": f"redis://default:{PASSWORD}@10.80.0.10:6379/0",
    "PREFECT_SERVER_DOCKET_URL": f"redis://default:{PASSWORD}@10.80.0.10:6379/1",
}


def live_apart(machines: Mapping[str, Machine], folder: Path, section: Section, tell: Tell) -> None:
    """The section of the page, on three machines, until the front shows what the others have."""
    store, work, front = (machines[name] for name in ADDRESSES)
    [first], [others_work, others_front], [tables], starts = section.commands
    assert "--machine work" in others_work
    set_up_store(store)
    tell("PostgreSQL and Redis run on a machine of their own, as their settings say")
    give(work, first, tell)
    assert give(work, first, tell) == "Nothing to change.\n"
    for name, text in OF_THE_STORE.items():
        work.write(f"{ETC}/secrets/{name}", f"{text}\n")
    settings(work, "10.80.0.2")
    work.done(
        "sudo cp -rT definitions /srv/reviewflow/definitions && sudo chown -R reviewflow: /srv/reviewflow/definitions"
    )
    bring(work, front)
    told = give(front, others_front, tell)
    assert "bring" not in told, told
    settings(front, "10.80.0.1")
    filling = Filling(front, folder, 0)
    filling.people()
    filling.roles()
    filling.own_certificate()
    give(work, tables, tell)
    for line in starts:
        give(front if "front" in line else work, line, tell)
    for machine, names in ((work, ("api", "services", "worker", "answers")), (front, ("gate", "caddy"))):
        for name in names:
            machine.wait_until(f"systemctl is-active -q reviewflow-{name}", UP)
    look(front, folder, filling, tell)
    said = give(work, "sudo reviewflow doctor", tell)
    assert "good         database" in said, said
    assert re.search("good +Prefect: It answers", said), said


def look(front: Machine, folder: Path, filling: Filling, tell: Tell) -> None:
    """What people have of it, all by way of the front."""
    front.enter_network()
    with browser(folder, "olaf", filling.password) as olaf, browser(folder) as agency:
        until(lambda: olaf.get(f"https://{OFFICE}/api/ready").status_code == 200)
        until(lambda: olaf.get(f"https://{OFFICE}/api/deployments/name/chase/chase").status_code == 200)
        assert agency.get(f"https://{OFFICE}/").status_code == 401
        until(lambda: agency.get(f"https://{LETTERS}/a/{'0' * 26}").status_code == 404)
    tell("the front shows Prefect of the work machine and its answer pages, and a worker has put the flows there")


def set_up_store(store: Machine) -> None:
    """As the page says in words: packages, settings, a database and an owner each."""
    wanted = "postgresql postgresql-contrib redis-server"
    store.done(f"DEBIAN_FRONTEND=noninteractive apt-get install -y -qq {wanted} >/dev/null 2>&1", user="root")
    text = (DEPLOY / "postgresql.conf").read_text(encoding="utf-8")
    store.write("/etc/postgresql/15/main/conf.d/reviewflow.conf", text, mode="644")
    allowed = "".join(re.findall(r"^# +(hostssl .*\n)", text, re.MULTILINE))
    store.done("cat >> /etc/postgresql/15/main/pg_hba.conf", user="root", given=allowed)
    keys = (DEPLOY / "valkey.conf").read_text(encoding="utf-8").replace("/etc/valkey", "/etc/redis")
    store.write("/etc/redis/redis.conf", f"{keys}dir /var/lib/redis\nsupervised systemd\n", mode="644")
    store.write("/etc/redis/users.acl", f"user default on >{PASSWORD} ~* &* +@all\n", mode="644")
    store.done("systemctl restart postgresql redis-server", user="root")
    store.wait_until("runuser -u postgres -- psql -c 'select 1'", UP)
    for name in ("reviewflow", "prefect"):
        made = f"create role {name} login password '{PASSWORD}'"
        store.done(f'runuser -u postgres -- psql -qc "{made}"', user="root")
        store.done(f"runuser -u postgres -- createdb --owner {name} {name}", user="root")


def settings(machine: Machine, address: str) -> None:
    """The first line, the two names, and the one machine that works."""
    text = (DEPLOY / "settings.env").read_text(encoding="utf-8")
    text = re.sub("^REVIEWFLOW_HERE=.*$", f"REVIEWFLOW_HERE={address}", text, flags=re.MULTILINE)
    text = text.replace(" 10.80.0.3:4200", "").replace(" 10.80.0.3:4280", "")
    text = text.replace("office.example.gov.uk", OFFICE).replace("reviews.example.gov.uk", LETTERS)
    machine.write(f"{ETC}/settings.env", text, mode="644")


def bring(work: Machine, front: Machine) -> None:
    """The secrets, and the same programs: no need to build them anew."""
    names = ("PREFECT_SERVER_API_AUTH_STRING", "REVIEWFLOW_GATE_SECRET", "REVIEWFLOW_DATABASE")
    for name in names:
        target = front.root / ETC.removeprefix("/") / "secrets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.parent.chmod(0o700)
        shutil.copy2(work.root / ETC.removeprefix("/") / "secrets" / name, target)
    here("cp", "-a", "--reflink=auto", str(work.root / "opt" / "reviewflow"), str(front.root / "opt"))
