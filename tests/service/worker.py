"""What does everything at random until it is killed, as a process of tests.forked."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.delivery.queue import next_letter, sent
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY, at, done, opened
from tests.service.conftest import TOY

CASES = 12
LAST = at(29, month=6)
ANSWERS: dict[str, dict[str, object]] = {
    "meeting": {"held_on": "2026-05-19", "learning": "yes"},
}


def ready(url: str, log: str) -> Callable[[int], None]:
    office = Workspace(open_store(url), TOY)  # connects when it is first used
    _ = office.definition("review"), office.calendars["office"]  # read once, for all
    return lambda seed: work(office, seed, Path(log))


def work(office: Workspace, seed: int, log: Path) -> None:
    chance = random.Random(seed)
    now = at(19) + timedelta(minutes=seed)
    while True:
        references = [row.reference for row in office.store.cases("open")]
        match chance.choice(["open", "complete", "complete", "sweep", "deliver", "start"]):
            case "open" if len(references) < CASES:
                opened(office)
            case "complete" if references:
                complete_something(office, chance, chance.choice(references), now)
            case "sweep":
                now = min(now + timedelta(hours=chance.randrange(30)), LAST)
                chase_due_items(office, now=now)
            case "deliver":
                deliver(office, now, log)
            case "start":
                run_automatic_steps(office, now=now)


def complete_something(office: Workspace, chance: random.Random, reference: str, now: datetime) -> None:
    items = [row.item for _, row in office.store.items(reference, Status.OPEN) if row.kind == "step"]
    item = chance.choice(items or ["nothing"])
    try:
        if item.startswith("read/") and chance.random() < 0.2:
            carry_out(office, reference, c.Complete(item, {"enough": "no"}), by=BY, now=now)
        else:
            done(office, reference, item, now, **ANSWERS.get(item, {}))
    except Refused:
        pass  # somebody else was first


def deliver(office: Workspace, now: datetime, log: Path) -> None:
    if ready := next_letter(office, now=now):
        with log.open("a") as mail:
            mail.write(" ".join(notice.number for notice in ready.notices) + "\n")
        sent(office, ready, now=now, detail="accepted")
