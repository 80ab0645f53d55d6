"""An outage while a form was made or its answers carried out: said in its own words, and tried again after it."""

from __future__ import annotations

import re
from typing import Any

from prefect.client.schemas.objects import State, StateType

from reviewflow.cli.console import stop_words
from reviewflow.store.errors import StoreUnavailable

TO_BE_TRIED_AGAIN = "To be tried again"
"""The name of a run's state: what was answered is kept, and each sweep tries it once more."""
OUTAGES = (StoreUnavailable, OSError)
ADDRESS = re.compile(r"^The database (?=\S*[/.:])\S+ ")


def why_away(error: object) -> str:
    """Such as 'The database cannot be used: the disk is full on its server'; '' where it is no outage.

    Where the database lies is told to whoever looks after it, and not to whoever answers a form.
    """
    told = stop_words(error) if isinstance(error, OUTAGES) else None
    return ADDRESS.sub("The database ", re.split(r"; |\. ", told[0])[0].rstrip(".")) if told else ""


def not_carried_out(state: State[Any], otherwise: str) -> State[None]:
    """How a run ends whose answers could not be carried out; `otherwise` is said of what is no outage."""
    why = why_away(state.result(raise_on_failure=False))
    return kept_for_later(why) if why else State(type=StateType.FAILED, name="Failed", message=otherwise)


def not_made(error: Exception, answers: object) -> State[None]:
    """How a run ends whose form could not be made, or not once more after it was answered."""
    why = why_away(error)
    if answers is not None:
        return kept_for_later(why)
    return State(type=StateType.FAILED, name="Failed", message=f"{why}. Ask for a new form when that is over.")


def kept_for_later(why: str) -> State[None]:
    """How it ends where each sweep tries it once more."""
    message = f"{why}. What was answered is kept, and is recorded by itself when that is over."
    return State(type=StateType.FAILED, name=TO_BE_TRIED_AGAIN, message=message)
