"""Finds every letter come back, over and over until it is killed: `python -m tests.service.returning URL SEED`."""

import random
import sys

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


def work(url: str, seed: int) -> None:
    office, chance = Workspace(open_store(url), TOY), random.Random(seed)
    print("at work", flush=True)
    while True:
        number = chance.choice(letters(office))
        for address in ("reviews@police.example.org", "reviews@nhs.example.org"):
            record_bounce(office, number, address, WHY, lasting=True, now=at(6))


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
