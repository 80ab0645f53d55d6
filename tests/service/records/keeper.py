"""What keeps, erases and destroys at random until it is killed, as a process of tests.forked."""

import contextlib
import random
from collections.abc import Callable
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.commands.legal_holds import Choice, Matter, chosen, lift, place
from reviewflow.service.delivery.mode import switch
from reviewflow.service.records.disposal import destroy
from reviewflow.service.records.erasure import erase
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import CaseConflict
from reviewflow.store.store import open_store
from tests.service.plans import SHIPPED, on, opened_plan

KEEPER, INQUIRY = "Records officer", Matter("inquiry", "the inquiry has asked for it")
MOST = 12


def ready(url: str) -> Callable[[int], None]:
    office = Workspace(open_store(url), SHIPPED, papers=Path(url).parent)  # connects when it is first used
    _ = office.definition("action_plan", {}), office.calendars["office"]  # read once, for all
    return lambda seed: work(office, seed)


def work(office: Workspace, seed: int) -> None:
    chance = random.Random(seed)
    while True:
        with contextlib.suppress(UserError, Refused, CaseConflict):  # somebody else was first, or it may not be
            act(office, chance, f"officer {seed}")


def act(office: Workspace, chance: random.Random, who: str) -> None:
    known = [row.reference for row in office.store.cases(None)]
    match chance.choice(
        ["open", "open", "withdraw", "withdraw", "hold", "lift", "lift", "erase", "destroy", "destroy", "switch"]
    ):
        case "open" if len(known) < MOST:
            opened_plan(office)
        case "withdraw" if known:
            command = c.Withdraw("taken into another plan")
            carry_out(office, chance.choice(known), command, by=who, now=on(7, 1))
        case "hold":
            place(office, chosen(office, Choice()), INQUIRY, by=who, now=on(7, 2))
        case "lift":
            lift(office, known, INQUIRY, by=who, now=on(7, 3))
        case "erase" if known:
            erase(office, chance.choice(office.store.people.names()), "has left", by=KEEPER, now=on(7, 4))
        case "destroy" if known:
            destroy(office, chance.choice(known), "the schedule says so", by=who, now=on(7, 2, 2033))
        case "switch":
            switch(office, Mode.TEST, by=who, now=on(7, 5))
