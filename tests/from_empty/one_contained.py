"""`make from-empty MACHINES=containers`: one machine in containers, by the page; each part is killed and comes back."""

from __future__ import annotations

from pathlib import Path

from tests.from_empty.comes_back import Onward, comes_back, network_anew
from tests.from_empty.containers import (
    Engine,
    asked,
    at_once,
    kept_out,
    recorded,
    service,
    wait_until_up,
    who_and_what,
)
from tests.from_empty.life import PAGE, Tell
from tests.from_empty.network import enter
from tests.from_empty.outside import LETTERS, OFFICE
from tests.from_empty.page import sections
from tests.from_empty.root import wheel

TITLE = "In containers"
KILLED = ("postgresql", "prefect", "runner", "answers", "gate", "caddy")


def live_in_containers(engine: Engine, place: str, tell: Tell) -> None:
    """All of it. Raises AssertionError at the first thing that is not as the page says."""
    first, second, cure = sections(PAGE)[TITLE].commands
    folder = engine.folder
    wheel()
    engine.prepare()
    tell("what a registry would bring is stood in for")
    for line in first:
        engine.type(line, tell)
    fill_in(engine, folder)
    with service(engine, place):
        enter(place)
        for line in second:
            if "doctor" in line:
                wait_until_up(engine, folder, tell)
            engine.type(line, tell)
        assert [*engine.office.glob("var/backups/reviewflow/*.age")], "no backup was made"
        kept_out(folder)
        office = Onward(engine, folder, asked(engine, folder, len(KILLED) + 2))
        office.begin()
        tell("an agency's answer, over TLS through the proxy, is in the history")
        for name in KILLED:
            comes_back(engine, name, office, tell)
        network_anew(engine, cure, office, tell)
        assert office.answered == recorded(engine) == len(KILLED) + 2
        assert engine.reviewflow("audit")


def fill_in(engine: Engine, folder: Path) -> None:
    """What the page has people fill in, for an office called Toyshire; its mail stays in a folder."""
    etc, definitions = engine.office / "etc" / "reviewflow", engine.office / "srv" / "reviewflow" / "definitions"
    settings = (etc / "settings.env").read_text("utf-8")
    for name, ours in {"office.example.gov.uk": OFFICE, "reviews.example.gov.uk": LETTERS}.items():
        assert name in settings
        settings = settings.replace(name, ours)
    (etc / "settings.env").write_text(f"{settings}REVIEWFLOW_SENDER=Toyshire SCP <reviews@{OFFICE}>\n", "utf-8")
    at_once(definitions)
    who_and_what(folder, etc)
