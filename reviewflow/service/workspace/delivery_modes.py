"""How much of the mail leaves the building."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import assert_never


class Mode(StrEnum):
    """In order, from nothing to everything."""

    TEST = "test"
    GUEST_LIST = "guest-list"
    LIVE = "live"


SAYS = {
    Mode.TEST: "no message leaves the building; each is written to a folder",
    Mode.GUEST_LIST: "messages go to the addresses of REVIEWFLOW_GUESTS only; all others are written to a folder",
    Mode.LIVE: "messages go out",
}


def leaves_the_building(mode: Mode, address: str, guests: Collection[str]) -> bool:
    """Whether a letter to this address goes out; with a guest list only to those on it, in capitals or not."""
    match mode:
        case Mode.TEST:
            return False
        case Mode.GUEST_LIST:
            return address.lower() in {guest.lower() for guest in guests}
        case Mode.LIVE:
            return True
        case _:
            assert_never(mode)
