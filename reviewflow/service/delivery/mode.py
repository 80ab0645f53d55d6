"""Whether messages leave the building: a named person switches it, the store keeps who and when.

The environment can only hold back more: REVIEWFLOW_DELIVERY=test on a machine means that nothing leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON, stamp
from reviewflow.service.delivery.restoration import unsettled_words
from reviewflow.service.workspace.delivery_modes import SAYS, Mode, leaves_the_building
from reviewflow.service.workspace.errors import SettingsError, UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import SharedDamage
from reviewflow.store.records import LogEntry
from reviewflow.text import day_words

DELIVERY = "REVIEWFLOW_DELIVERY"
MAIL_URL = "REVIEWFLOW_MAIL_URL"
GUESTS = "REVIEWFLOW_GUESTS"
KIND = "delivery"


@dataclass(frozen=True, slots=True)
class DeliveryMode:
    """How messages leave now, and why."""

    mode: Mode
    switched: Mode
    """What was switched; the environment may hold back more."""
    by: str
    at: str
    held: str = ""
    """Why nothing goes out although it may: the office was restored, and it is not settled what went meanwhile."""

    @property
    def words(self) -> str:
        """For people, as sentences."""
        return f"{self._words} {self.held}".rstrip()

    @property
    def _words(self) -> str:
        if self.mode is not self.switched:
            state = f"{DELIVERY} on this machine holds back what is switched to {self.switched}"
            return f"Delivery is {self.mode}: {SAYS[self.mode]} ({state})."
        who = f" (switched by {self.by}{_moment(self.at)})" if self.by else " (nobody has switched it on)"
        return f"Delivery is {self.mode}: {SAYS[self.mode]}{who}."


def _moment(text: str) -> str:
    """', Tue 5 May 2026 10:00'; nothing for one that was damaged."""
    try:
        at = datetime.fromisoformat(text).astimezone(LONDON)
    except (TypeError, ValueError):
        return ""
    return f", {day_words(at.date())} {at:%H:%M}"


def switch(workspace: Workspace, mode: Mode, *, by: str, now: datetime) -> None:
    """Note who lets messages out, or stops them; the last such note counts. Raises UserError without a name."""
    if not by.strip():
        raise UserError("Who switches it? Give your name and post: reviewflow delivery live --by NAME")
    workspace.store.note(LogEntry(stamp(now), by.strip(), KIND, mode))


def delivery_mode(workspace: Workspace, environ: Mapping[str, str]) -> DeliveryMode:
    """How messages leave now; raises SettingsError when the environment says what is not a mode."""
    last = next(reversed(workspace.store.noted(KIND)), None)
    if last is not None and last.body not in set(Mode):
        raise SharedDamage(
            "The office's log does not say any more whether messages leave the building, so none does, and nothing is "
            "swept: the entry was damaged. Say it again: reviewflow delivery test --by NAME"
        )
    switched = Mode(last.body) if last else Mode.TEST
    mode = min(switched, cap(environ), key=list(Mode).index)
    who = (last.by, last.at) if last else ("", "")
    return DeliveryMode(mode, switched, *who, " ".join(unsettled_words(workspace)))


def url_of(channel: str) -> str:
    """Where the URL of a channel stands."""
    return f"REVIEWFLOW_CHANNEL_{channel.upper()}_URL"


def guests(environ: Mapping[str, str]) -> list[str]:
    """The addresses that may be sent mail in the mode guest-list."""
    return [guest.strip() for guest in environ.get(GUESTS, "").split(",") if guest.strip()]


def may_leave(mode: Mode, address: str, environ: Mapping[str, str]) -> bool:
    """Whether a letter to this address leaves the building."""
    return leaves_the_building(mode, address, guests(environ))


def cap(environ: Mapping[str, str]) -> Mode:
    """The most that the environment lets out: everything unless it says otherwise. Raises SettingsError."""
    setting = environ.get(DELIVERY, "").strip()
    if not setting:
        return Mode.LIVE
    if setting not in set(Mode):
        shown = "a URL" if "://" in setting else f"{setting!a}"
        near = suggestion(setting, list(Mode))
        raise SettingsError(
            f"{DELIVERY} is {shown}; it can be test (nothing is sent), guest-list or live.{near}\n"
            "It only holds back: what goes out is switched with reviewflow delivery."
        )
    return Mode(setting)
