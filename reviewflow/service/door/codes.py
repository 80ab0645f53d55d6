"""Six figures that go to the mailbox itself, where an address alone is not enough.

They follow from the key, the address and the time, so that none is stored; each counts for ten to twenty minutes.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from enum import StrEnum

from reviewflow.service.door.key import Door
from reviewflow.service.door.opening import OpenedItem
from reviewflow.service.door.tokens import code_of

WINDOW = timedelta(minutes=10)
FIGURES = 6


class Purpose(StrEnum):
    """What a code is for: one for the one is no code for the other."""

    SEE_ALL = "see all that this mailbox owes"
    ANSWER = "let the answer count"
    VERIFY = "verify several actions at once"


def code_for(door: Door, opened: OpenedItem, purpose: Purpose, *, now: datetime) -> str:
    """The code of this moment."""
    return code_of(door.keys[0], opened.hash, purpose, str(_window(now)))


def is_code(door: Door, opened: OpenedItem, purpose: Purpose, typed: str, *, now: datetime) -> bool:
    """Whether this is the code of this moment, or of the ten minutes before, however it was spaced."""
    figures = "".join(typed.split())
    codes = [code_of(door.keys[0], opened.hash, purpose, str(_window(now) - before)) for before in (0, 1)]
    matches = [hmac.compare_digest(code.encode(), figures.encode()) for code in codes]
    return len(figures) == FIGURES and any(matches)


def code_letter(opened: OpenedItem, purpose: Purpose, code: str) -> tuple[str, str]:
    """Subject and text of the letter with a code. It names no case: whoever asked for it knows."""
    office = opened.context.partnership
    text = (
        f"The code is {code}\n\n"
        f"Somebody who has the address from one of our letters to this mailbox asks to {purpose}. If that is you, type "
        f"the code into the page. It counts for ten minutes.\n\n"
        f"If it is not you, do not pass it on, and ring {office.contact.name} on {office.contact.phone}.\n"
    )
    return f"[{office.partnership}] The code that you asked for", text


def _window(now: datetime) -> int:
    return int(now.timestamp() // WINDOW.total_seconds())
