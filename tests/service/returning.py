"""What finds every letter come back, over and over until it is killed, as a process of tests.forked."""

import random
from collections.abc import Callable

from reviewflow.service.delivery.bounces import record_bounce
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import at
from tests.service.conftest import TOY

WHY = "the address is not known there (5.1.1)"


def letters(office: Workspace) -> list[str]:
    """The numbers of all that went on the first day."""
    first = [notice for notice in office.store.notices() if notice.sent_at and notice.sent_at < at(6).isoformat()]
    return sorted({notice.letter for notice in first if notice.letter})


def ready(url: str) -> Callable[[int], None]:
    office = Workspace(open_store(url), TOY)  # connects when it is first used
    _ = office.definition("review"), office.calendars["office"]  # read once, for all
    return lambda seed: work(office, seed)


def work(office: Workspace, seed: int) -> None:
    chance = random.Random(seed)
    while True:
        number = chance.choice(letters(office))
        for address in ("reviews@police.example.org", "reviews@nhs.example.org"):
            record_bounce(office, number, address, WHY, lasting=True, now=at(6))
