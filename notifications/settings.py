"""Where letters go, read from the environment. Nothing leaves the building unless somebody has switched it on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from notifications.headers import flaw, is_address
from reviewflow.service.errors import SettingsError
from reviewflow.service.modes import Mode

MAIL_URL = "REVIEWFLOW_MAIL_URL"
GUESTS = "REVIEWFLOW_GUESTS"
FOLDER = "REVIEWFLOW_OUTBOX_FOLDER"
SENDER = "REVIEWFLOW_SENDER"

DEFAULT_FOLDER = "var/messages"
DEFAULT_SENDER = "Reviewflow <reviewflow@example.invalid>"
_SENDER = re.compile(r"(?:(?P<name>[^<>\"]*)<(?P<address>[^<>\s]+)>|(?P<bare>[^<>\s]+))")
_SAYS = {
    MAIL_URL: "how to reach the mail server",
    SENDER: "who the mail is from",
    GUESTS: "who may be sent mail (addresses, commas between)",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """How letters leave. It holds a password: never a parameter of a flow or task, because Prefect stores those."""

    mode: Mode
    folder: Path
    sender_name: str
    sender_address: str
    mail_url: str | None = field(default=None, repr=False)
    guests: frozenset[str] = frozenset()
    patience: float = 30.0  # seconds for each step of the conversation with the mail server

    def __post_init__(self) -> None:
        if not is_address(self.sender_address) or flaw(self.sender_name):
            raise SettingsError("The sender is not a name in plain letters with one e-mail address.")


def delivery_from_environment(environ: Mapping[str, str], mode: Mode) -> Delivery:
    """What this mode needs; raises SettingsError with everything that is wrong, and never with the mail URL."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    delivery = _read(mode, given)
    wrong = [*_missing(mode, given), *_sender_problems(given), *_guest_problems(given), *_mail_problems(delivery)]
    if wrong:
        raise SettingsError("\n".join(wrong))
    return delivery


def _read(mode: Mode, given: Mapping[str, str]) -> Delivery:
    name, address = _sender(given.get(SENDER)) or _sender(DEFAULT_SENDER) or ("", "")
    return Delivery(
        mode=mode,
        folder=Path(given.get(FOLDER, DEFAULT_FOLDER)),
        sender_name=name,
        sender_address=address,
        mail_url=None if mode is Mode.TEST else given.get(MAIL_URL),  # test mode could not send if it tried
        guests=frozenset(guest.lower() for guest in _guests(given)),
    )


def _sender(written: str | None) -> tuple[str, str] | None:
    """'Name <address>' or 'address' as name and address; None when it is neither."""
    found = _SENDER.fullmatch(written or "")
    if not found:
        return None
    name, address = (found["name"] or "").strip(), found["address"] or found["bare"]
    return (name, address) if is_address(address) and not flaw(name) else None


def _guests(given: Mapping[str, str]) -> list[str]:
    return [guest.strip() for guest in given.get(GUESTS, "").split(",") if guest.strip()]


def _missing(mode: Mode, given: Mapping[str, str]) -> list[str]:
    match mode:
        case Mode.TEST:
            return []
        case Mode.GUEST_LIST:
            needed = [MAIL_URL, SENDER, GUESTS]
        case Mode.LIVE:
            needed = [MAIL_URL, SENDER]
        case _:
            assert_never(mode)
    return [f"Delivery is {mode}, so {name} must say {_SAYS[name]}." for name in needed if name not in given]


def _sender_problems(given: Mapping[str, str]) -> list[str]:
    if SENDER not in given or _sender(given[SENDER]):
        return []
    return [f"{SENDER} is {_quoted(given[SENDER])}; write it as: Safeguarding reviews <reviews@example.gov.uk>"]


def _guest_problems(given: Mapping[str, str]) -> list[str]:
    return [
        f"{GUESTS} has {_quoted(guest)}, which is not one e-mail address."
        for guest in _guests(given)
        if not is_address(guest)
    ]


def _mail_problems(delivery: Delivery) -> list[str]:
    if delivery.mail_url is None:
        return []
    from notifications.mail import why_unusable  # late, as Apprise takes a second to load

    why = why_unusable(delivery)
    return [f"{MAIL_URL} {why}."] if why else []


def _quoted(value: str) -> str:
    """What was found, unless it is a URL: somebody set the wrong variable, and URLs hold passwords."""
    return "a URL" if "://" in value else f"{value!a}"
