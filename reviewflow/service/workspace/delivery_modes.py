"""How much of the post leaves the building."""

from enum import StrEnum


class Mode(StrEnum):
    """From nothing to everything."""

    TEST = "test"
    GUEST_LIST = "guest-list"
    LIVE = "live"


SAYS = {
    Mode.TEST: "no message leaves the building; each is written to a folder",
    Mode.GUEST_LIST: "messages go to the addresses of REVIEWFLOW_GUESTS only; all others are written to a folder",
    Mode.LIVE: "messages go out",
}
