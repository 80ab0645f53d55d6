"""What a person reads in Prefect where an answer could not be recorded: the outage, and no word of the software's."""

from errno import ENOSPC
from typing import Any

import pytest
from prefect.client.schemas.objects import State, StateType

from reviewflow.store.errors import DamagedRow, DiskFull, OutcomeUnknown, StoreUnavailable
from tasks.outages import TO_BE_TRIED_AGAIN, not_carried_out, not_made, why_away

WHY = "The database cannot be used: the disk is full on its server"
WITH_ADDRESS = WHY.replace("database", "database postgresql://officer:***@db.example.org/reviews")
FULL = DiskFull(f"{WITH_ADDRESS}; nothing was changed, make room there and try again.")
BROKEN_OFF = OutcomeUnknown(
    "The database office/reviews.db broke off while this was recorded. Look before you say it again."
)
NO_ROOM = OSError(ENOSPC, "No space left on device", "board/index.html")


def failed(error: BaseException) -> State[Any]:
    return State(type=StateType.FAILED, data=error)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (FULL, WHY),
        (BROKEN_OFF, "The database broke off while this was recorded"),
        (DiskFull("The database cannot be used: the disk is full."), "The database cannot be used: the disk is full"),
        (NO_ROOM, "board/index.html could not be written: the disk is full"),
        (StoreUnavailable("It has not been set up."), "It has not been set up"),
    ],
)
def test_an_outage_is_said_and_that_nothing_is_lost(error: Exception, why: str) -> None:
    ended = not_carried_out(failed(error), "the software failed")
    assert (ended.type, ended.name) == (StateType.FAILED, TO_BE_TRIED_AGAIN)
    assert ended.message == f"{why}. What was answered is kept, and is recorded by itself when that is over."


@pytest.mark.parametrize("error", [ValueError("Zq"), DamagedRow("A row was damaged.")])
def test_what_is_no_outage_is_not_tried_for_ever(error: Exception) -> None:
    ended = not_carried_out(failed(error), "The software failed.")
    assert (ended.name, ended.message, why_away(error)) == ("Failed", "The software failed.", "")


def test_whose_form_could_not_be_made_is_to_ask_for_another() -> None:
    assert not_made(FULL, {"answered_by": "Somebody"}).name == TO_BE_TRIED_AGAIN
    assert not_made(FULL, None).message == f"{WHY}. Ask for a new form when that is over."
