"""`make from-empty MACHINES="several containers"`: a store, two machines that work and the front, all in containers.

The machines are networks and folders of this one, each with an engine of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.from_empty.comes_back import Onward, comes_back
from tests.from_empty.containers import (
    Engine,
    asked,
    at_once,
    clear,
    kept_out,
    recorded,
    service,
    wait_until_up,
    who_and_what,
)
from tests.from_empty.images import build, make_stand_ins
from tests.from_empty.life import Tell
from tests.from_empty.network import enter, network
from tests.from_empty.outside import LETTERS, OFFICE
from tests.from_empty.page import sections
from tests.from_empty.root import HERE, wheel, wheels
from tests.from_empty.several import OF_THE_FIRST, OF_THE_STORE

ADDRESSES = {"store": "10.80.0.10", "work": "10.80.0.2", "other": "10.80.0.3", "front": "10.80.0.1"}
KILLED = (
    *(("store", name) for name in ("postgresql", "valkey")),
    *(("work", name) for name in ("api", "services", "worker", "answers")),
    *(("front", name) for name in ("gate", "caddy")),
)
TO_OTHERS = (*OF_THE_STORE, *OF_THE_FIRST[:2], "REVIEWFLOW_DOOR_KEY", "REVIEWFLOW_CONTACTS_KEY")
MAIL = ("REVIEWFLOW_MAIL_URL", "REVIEWFLOW_RETURNS_URL")
"""There is none here: letters stay in the common folder."""


def live_contained(folder: Path, tell: Tell) -> None:
    """All of it. Raises AssertionError at the first thing that is not as the page says."""
    clear()
    wheel()
    make_stand_ins()
    _image()
    tell("the images are there")
    machines = {name: Engine(_made(folder / name), "worker", f"reviewflow-{name}") for name in ADDRESSES}
    with ExitStack() as stack:
        places = stack.enter_context(network(ADDRESSES))
        for name, machine in machines.items():
            stack.enter_context(service(machine, places[name]))
        _as_root_says(places["front"])
        enter(places["front"])
        set_up(machines, folder, tell)
        work = machines["work"]
        kept_out(folder)
        office = Onward(work, folder, asked(work, folder, len(KILLED) + 2))
        office.begin()
        tell("an agency's answer, over TLS through the proxy, is in the history")
        for where, name in KILLED:
            comes_back(machines[where], name, office, tell)
        without(machines["work"], machines["other"], office, tell)
        assert office.answered == recorded(work) == len(KILLED) + 2
        assert work.reviewflow("audit")


def set_up(machines: Mapping[str, Engine], folder: Path, tell: Tell) -> None:
    """The section of the page, each line on its machine."""
    store, work, other, front = (machines[name] for name in ADDRESSES)
    blocks = sections(HERE / "docs" / "several-machines.md")["In containers"].commands
    of_store, of_first, of_others, [given_away], [tables, starts_work, starts_front], at_last = blocks
    _type(store, of_store, tell)
    _type(work, of_first, tell)
    bring(store, work, OF_THE_STORE)
    at_once(work.office / "srv" / "reviewflow" / "definitions")
    fill_in(work, ADDRESSES["work"])
    for machine, kind in ((other, "work"), (front, "front")):
        lines = of_others[:2] if kind == "work" else of_others[2:]
        _type(machine, lines, tell)
        bring(work, machine, (*TO_OTHERS, *MAIL))
        machine.type(lines[0], tell)
        fill_in(machine, ADDRESSES["other" if kind == "work" else "front"])
        _in_common(work, machine)
    who_and_what(folder, front.office / "etc" / "reviewflow")
    tls = "/srv/office/etc/reviewflow/caddy/tls"
    for machine in (work, other, front):
        machine.type(given_away, tell)
    front.type(given_away.replace("/srv/office/srv", tls), tell)
    for machine, lines in ((work, [tables, starts_work]), (other, [starts_work]), (front, [starts_front])):
        _type(machine, lines, tell)
    wait_until_up(work, folder, tell)
    _type(work, at_last, tell)


def without(gone: Engine, stays: Engine, office: Onward, tell: Tell) -> None:
    """A whole machine that works is away: the other does what it did, and it comes back."""
    stopped = gone.compose("--profile", "work", "stop", "-t", "20")
    assert stopped.returncode == 0, stopped.stderr
    wait_until_up(stays, office.folder, tell)
    office.goes_on(stays)
    tell("without the first machine that works all is up, a sweep was good on the other, and an answer recorded")
    started = gone.compose("--profile", "work", "up", "-d")
    assert started.returncode == 0, started.stderr
    wait_until_up(gone, office.folder, tell)


def fill_in(machine: Engine, address: str) -> None:
    """Its address, and the two names."""
    place = machine.office / "etc" / "reviewflow" / "settings.env"
    text = re.sub("^REVIEWFLOW_HERE=.*$", f"REVIEWFLOW_HERE={address}", place.read_text("utf-8"), flags=re.MULTILINE)
    for name, ours in {"office.example.gov.uk": OFFICE, "reviews.example.gov.uk": LETTERS}.items():
        assert name in text
        text = text.replace(name, ours)
    place.write_text(f"{text}REVIEWFLOW_SENDER=Toyshire SCP <reviews@{OFFICE}>\n", "utf-8")


def bring(source: Engine, target: Engine, names: Sequence[str]) -> None:
    """Secrets that one machine made, to another."""
    for name in names:
        place = Path("office/etc/reviewflow/secrets") / name
        shutil.copy2(source.folder / place, target.folder / place)


def _type(machine: Engine, lines: Sequence[str], tell: Tell) -> None:
    for line in lines:
        machine.type(line, tell)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _image() -> None:
    """As the page of one machine has it built."""
    first, *_ = sections(HERE / "docs" / "operations.md")["In containers"].commands
    shutil.copy(HERE / "constraints.txt", HERE / "var" / "wheel")
    [line] = [line.split() for line in first if "docker build" in line]
    build(line[3:], wheels(next((HERE / "var" / "wheel").glob("*.whl"))))


def _in_common(first: Engine, other: Engine) -> None:
    """The folder that machines have in common; here a link does for NFS."""
    place = other.office / "srv" / "reviewflow"
    shutil.rmtree(place)
    place.symlink_to(first.office / "srv" / "reviewflow")


def _as_root_says(place: str) -> None:
    given = ["nsenter", f"--net={place}", "sysctl", "-qw", "net.ipv4.ip_unprivileged_port_start=80"]
    subprocess.run(given, check=True, timeout=30)
