"""`make from-empty`: an empty Debian with a systemd of its own, and the page of one machine typed word for word.

With the word `several`: three of them on a network of their own, and the page of several machines. With the word
`containers`: what the page of one machine says of containers, with podman and images of our own making. With `docker`:
the same with Docker's own engine. With `several containers`: what the page of several machines says of containers.

It ends with 1 where anything on the page did not work. `FROM_EMPTY_KEEP=1` leaves the machine's files.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.chaos.office import post_office
from tests.from_empty.contained import live_contained
from tests.from_empty.containers import Engine, lacking
from tests.from_empty.docker_engine import Docker, lacking_docker
from tests.from_empty.life import live
from tests.from_empty.machine import machine
from tests.from_empty.network import enter, loopback, network
from tests.from_empty.one_contained import live_in_containers
from tests.from_empty.page import sections
from tests.from_empty.root import HERE, furnish, missing
from tests.from_empty.several import ADDRESSES, live_apart

LONGEST = 90 * 60
"""Seconds, after which all is ended whatever it does."""
BEGUN = time.monotonic()


def main(words: list[str]) -> int:
    """Follow the page and say what became of it."""
    contained = lacking() if {"containers", "docker"} & {*words} else ""
    if lacks := missing() or contained or (lacking_docker() if "docker" in words else ""):
        print(f"Left out: {lacks}.")
        return 2
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("It took too long."))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Told to stop."))
    signal.alarm(LONGEST)
    folder = Path(tempfile.mkdtemp(prefix="from-empty-", dir=_beside()))
    try:
        _chosen(words)(folder)
        tell("The page leads there from an empty Debian.")
    except AssertionError as wrong:
        tell(f"WRONG: {wrong}")
        return 1
    finally:
        if not os.environ.get("FROM_EMPTY_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _chosen(words: list[str]) -> Callable[[Path], None]:
    if {"several", "containers"} <= {*words}:
        return lambda folder: live_contained(folder, tell)
    kinds = {"several": _three, "docker": _by_docker, "containers": _contained}
    return next((kind for word, kind in kinds.items() if word in words), _one)


def _one(folder: Path) -> None:
    furnish(folder / "empty", "empty")
    tell("an empty Debian, a checkout and what would be fetched are there")
    with loopback() as place, machine(folder / "empty", place) as running:
        tell("it is switched on: systemd is its first process")
        enter(place)
        with post_office() as (mail, port):
            live(running, folder, mail, port, tell)


def _contained(folder: Path) -> None:
    with loopback() as place:
        live_in_containers(Engine(folder), place, tell)


def _by_docker(folder: Path) -> None:
    with loopback() as place:
        live_in_containers(Docker(folder), place, tell)


def _three(folder: Path) -> None:
    for name in ADDRESSES:
        furnish(folder / name, name)
    tell("three empty Debians are there")
    with ExitStack() as stack:
        places = stack.enter_context(network(ADDRESSES))
        machines = {name: stack.enter_context(machine(folder / name, places[name])) for name in ADDRESSES}
        tell("they are switched on")
        enter(places["front"])
        live_apart(machines, folder, sections(HERE / "docs" / "several-machines.md"), tell)


def _beside() -> Path:
    """Where the kept root lies, so that a copy may cost nothing."""
    place = HERE / "var" / "from-empty"
    place.mkdir(parents=True, exist_ok=True)
    return place


def tell(words: str) -> None:
    """With the seconds since the beginning."""
    print(f"{time.monotonic() - BEGUN:5.0f} s  {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
