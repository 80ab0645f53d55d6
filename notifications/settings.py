"""Where letters go, read from the environment. Nothing leaves the building unless somebody has switched it on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from notifications.delivery import Delivery
from notifications.letters.headers import flaw
from reviewflow.addresses import is_address
from reviewflow.language.model import Channel, ChannelKind
from reviewflow.service.delivery.mode import GUESTS, MAIL_URL, guests, url_of
from reviewflow.service.door.key import local_door, public_door
from reviewflow.service.workspace.contact_keys import contact_keys
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError

FOLDER = "REVIEWFLOW_OUTBOX_FOLDER"
SENDER = "REVIEWFLOW_SENDER"

DEFAULT_FOLDER = "var/messages"
DEFAULT_SENDER = "Reviewflow <reviewflow@example.invalid>"
_SENDER = re.compile(r"(?:(?P<name>[^<>\"]*)<(?P<address>[^<>\s]+)>|(?P<bare>[^<>\s]+))")
NO_CHANNELS: Mapping[str, Channel] = MappingProxyType({})
_SAYS = {
    MAIL_URL: "how to reach the mail server",
    SENDER: "who the mail is from",
    GUESTS: "who may be sent mail (addresses, commas between)",
}


def delivery_from_environment(
    environ: Mapping[str, str], mode: Mode, channels: Mapping[str, Channel] = NO_CHANNELS, *, because: str = ""
) -> Delivery:
    """What this mode needs; raises SettingsError with everything that is wrong, and never with a URL.

    `because` says for people why it is needed; that delivery is in this mode unless given.
    """
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    delivery = _read(mode, given, channels)
    wrong = [
        *_missing(mode, given, channels, because or f"Delivery is {mode}"),
        *_sender_problems(given),
        *_guest_problems(given),
        *_mail_problems(delivery),
        *_channel_problems(delivery, channels),
    ]
    if wrong:
        raise SettingsError("\n".join(wrong))
    return delivery


def _read(mode: Mode, given: Mapping[str, str], channels: Mapping[str, Channel]) -> Delivery:
    name, address = _sender(given.get(SENDER)) or _sender(DEFAULT_SENDER) or ("", "")
    return Delivery(
        mode=mode,
        folder=Path(given.get(FOLDER, DEFAULT_FOLDER)),
        sender_name=name,
        sender_address=address,
        mail_url=None if mode is Mode.TEST else given.get(MAIL_URL),  # test mode could not send if it tried
        guests=frozenset(guest.lower() for guest in guests(given)),
        door=local_door(given) if mode is Mode.TEST else public_door(given),
        contact_keys="" if mode is Mode.TEST else contact_keys(given),
        urls={} if mode is Mode.TEST else {name: given[url_of(name)] for name in channels if url_of(name) in given},
    )


def _sender(written: str | None) -> tuple[str, str] | None:
    """'Name <address>' or 'address' as name and address; None when it is neither."""
    found = _SENDER.fullmatch(written or "")
    if not found:
        return None
    name, address = (found["name"] or "").strip(), found["address"] or found["bare"]
    return (name, address) if is_address(address) and not flaw(name) else None


def _missing(mode: Mode, given: Mapping[str, str], channels: Mapping[str, Channel], because: str) -> list[str]:
    if mode is Mode.TEST:
        return []
    own = [name for name, each in channels.items() if each.kind is ChannelKind.MAIL]
    needed = [*([] if own else [MAIL_URL]), SENDER, *([GUESTS] if mode is Mode.GUEST_LIST else [])]
    missing = [f"{because}, so {name} must say {_SAYS[name]}." for name in needed if name not in given]
    urls = [(url_of(name), each.title) for name, each in channels.items()]
    return missing + [f"{because}, so {url} must say how to reach: {title}." for url, title in urls if url not in given]


def _sender_problems(given: Mapping[str, str]) -> list[str]:
    if SENDER not in given or _sender(given[SENDER]):
        return []
    return [f"{SENDER} is {_quoted(given[SENDER])}; write it as: Safeguarding reviews <reviews@example.gov.uk>"]


def _guest_problems(given: Mapping[str, str]) -> list[str]:
    return [
        f"{GUESTS} has {_quoted(guest)}, which is not one e-mail address."
        for guest in guests(given)
        if not is_address(guest)
    ]


def _mail_problems(delivery: Delivery) -> list[str]:
    if delivery.mail_url is None:
        return []
    from notifications.mail import why_unusable  # late, as Apprise takes a second to load

    why = why_unusable(delivery)
    return [f"{MAIL_URL} {why}."] if why else []


def _channel_problems(delivery: Delivery, channels: Mapping[str, Channel]) -> list[str]:
    if not delivery.urls:
        return []
    from notifications.mail import why_no_channel, why_unusable  # late, as Apprise takes a second to load

    found = []
    for name, url in delivery.urls.items():
        mail = channels[name].kind is ChannelKind.MAIL
        why = why_unusable(delivery.through(name)) if mail else why_no_channel(url)
        found += [f"{url_of(name)} {why}."] if why else []
    return found


def _quoted(value: str) -> str:
    """What was found, unless it is a URL: somebody set the wrong variable, and URLs hold passwords."""
    return "a URL" if "://" in value else f"{value!a}"
