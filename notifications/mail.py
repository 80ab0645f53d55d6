"""The one place that speaks to Apprise: one URL, one recipient, one send.

mailto:// and mailtos:// are mail servers, and a service of ours speaks to them (`services.mail_server`). Another
service of Apprise (o365://, sendgrid://, ...) can be used when it takes e-mail addresses as its targets: its URL is
given without any, each letter's address is put in, and unless the service then holds exactly that address nothing is
sent. Such a service writes from the mailbox that its URL names, adds no headers of ours, and does not say whether a
failure is for good, so each is tried again until the tries are over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat, PersistentStoreMode
from apprise.plugins import url_to_dict
from apprise.plugins.email import NotifyEmail, SecureMailMode
from apprise.plugins.email.base import PGPMode
from notifications_python_client.errors import APIError

from notifications.delivery import Delivery
from notifications.hearing import listening
from notifications.letters.headers import hidden
from notifications.letters.letter import Letter
from notifications.letters.page import as_page
from notifications.loopback import is_this_machine
from notifications.outcome import DeliveryStatus, Outcome
from notifications.services.govuk_notify import NotifyGovUk
from notifications.services.govuk_notify import explain as explain_notify
from notifications.services.mail_server import SCHEMA, NotifyMailServer
from notifications.services.own import OwnService, register
from notifications.smtp import explain

APPLICATION = "reviewflow"
_AGAIN, _PAUSE = 2, 2.0
"""How often a word on another channel is said again when it is not taken, and the seconds before each."""
_BRIEFLY = 10.0
"""Seconds that such a channel may take to answer: the letter that it speaks of is claimed meanwhile."""
for _service in (NotifyGovUk, NotifyMailServer):
    register(_service)


class Unusable(Exception):
    """The mail URL cannot carry a letter: why, as the end of a sentence, without quoting it."""


def post(letter: Letter, delivery: Delivery, *, now: datetime) -> Outcome:
    """Send for real, once, dated `now`."""
    try:
        route = route_to(delivery, letter.to)
    except Unusable as unusable:
        return Outcome(DeliveryStatus.RETRY, f"The mail settings cannot be used: the mail URL {unusable}.")
    if isinstance(route, OwnService):
        route.reference = letter.reference
    if isinstance(route, NotifyMailServer):
        route.written, route.page = now, as_page(letter, delivery.sender_name, delivery.pages)
    taken, error = _hand_over(route, letter.subject.strip(), letter.body)
    if taken:
        return Outcome(DeliveryStatus.SENT, "The mail server took it over.")
    return explain_notify(error) if isinstance(error, APIError) else explain(error)


def tell(url: str, text: str, delivery: Delivery) -> bool:
    """Say on a channel with targets of its own that something waits; whether it was taken over.

    A moment's trouble is outlasted here (?retry=&wait= in the URL say otherwise): such a word is kept nowhere to be
    said later, and hearing it twice harms nobody.
    """
    asset = _asset()
    asset.default_service_retry, asset.default_service_wait = _AGAIN, _PAUSE
    with listening():
        route = Apprise.instantiate(url, asset=asset)
    if route is None:
        return False
    route.socket_connect_timeout = route.socket_read_timeout = min(delivery.patience, _BRIEFLY)
    return _hand_over(route, "", text)[0]


def _hand_over(route: NotifyBase, title: str, body: str) -> tuple[bool, BaseException | None]:
    """Once: whether it was taken over, and the error behind a failure. That nobody was told (NOMATCH) is a failure."""
    postbox = Apprise(asset=route.asset)
    postbox.add(route)
    with listening() as heard:
        taken = postbox.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
    return bool(taken), route.trouble if isinstance(route, OwnService) else heard.last


def why_no_channel(url: str) -> str | None:
    """Why nothing can be said on this channel, as the end of a sentence; None when it can."""
    with listening():
        route = Apprise.instantiate(url, asset=_asset())
    return "is not one that Apprise knows, or not complete; see https://appriseit.com" if route is None else None


def routes(delivery: Delivery) -> Iterator[NotifyBase]:
    """Every service that letters go by, without a recipient."""
    for url in filter(None, (delivery.mail_url, *delivery.urls.values())):
        with listening():
            route = Apprise.instantiate(url, asset=_asset())
        if route is not None:
            route.socket_connect_timeout = route.socket_read_timeout = delivery.patience
            yield route


def why_unusable(delivery: Delivery) -> str | None:
    """Why letters cannot go by this mail URL, as the end of a sentence; None when they can."""
    try:
        route_to(delivery, "somebody@example.org")
    except Unusable as unusable:
        return str(unusable)
    return None


def route_to(delivery: Delivery, to: str) -> NotifyBase:
    """The service of the mail URL with exactly one recipient; raises Unusable."""
    with listening():
        parts = _parts(delivery.mail_url or "")
        route = Apprise.instantiate(parts | _fixed(delivery, to), asset=_asset())
    if route is None:
        raise Unusable("is not complete, or has a part that is wrong")
    _check_safety(route)
    if isinstance(route, NotifyMailServer):
        # Set here, not through the URL: Apprise reads o'brien@example.org as a person "o" with the address
        # brien@example.org, and mails that stranger.
        route.targets = [(False, to)]
        route.sender = (delivery.sender_name, delivery.sender_address)
    if _recipients(route) != [to]:
        raise Unusable("is of a service that cannot write to exactly this one e-mail address")
    return route


def _parts(url: str) -> dict[str, Any]:
    """The URL taken apart by Apprise, refused when it already says who gets the mail."""
    if hidden(_unquoted(url)) or any(character.isspace() for character in url):
        raise Unusable("holds a space, a line break or a hidden character")
    parts: dict[str, Any] | None = url_to_dict(url)  # type: ignore[no-untyped-call]  # Apprise left it out
    if not parts:
        raise Unusable("is not one that Apprise knows; see https://appriseit.com/services/email/")
    if any(parts.get(name) for name in ("targets", "cc", "bcc")):
        raise Unusable(
            "names recipients of its own (a path, to, cc or bcc); each letter has exactly one, so take them out"
        )
    is_mail = parts["schema"] in {NotifyEmail.protocol, NotifyEmail.secure_protocol}
    if is_mail and not all(name.lower().startswith("x-") for name in parts["headers"]):
        raise Unusable('adds mail headers of its own ("+..."); only those that begin with X- can be added')
    return parts | ({"schema": SCHEMA} if is_mail else {})


def _unquoted(url: str) -> str:
    """Until nothing is left to unquote: Apprise unquotes some parts twice."""
    plain = unquote(url)
    return plain if plain == url else _unquoted(plain)


def _fixed(delivery: Delivery, to: str) -> dict[str, Any]:
    """What the URL has no say in: a failure counts, nothing is tried twice in one send, the text stays as it is."""
    return {
        "targets": [to],
        "from_addr": delivery.sender_address,
        "format": NotifyFormat.TEXT,
        "optional": "no",
        "retry": 0,
        "overflow": "upstream",
        "cto": delivery.patience,
        "rto": delivery.patience,
    }


def _asset() -> AppriseAsset:
    return AppriseAsset(
        app_id=APPLICATION,
        app_desc=APPLICATION,
        async_mode=False,
        body_format=NotifyFormat.TEXT,
        interpret_emojis=False,
        service_timeout=0,  # after 60 s Apprise would say "not sent" of what its thread sends all the same
        storage_mode=PersistentStoreMode.MEMORY,
        timezone="Europe/London",
    )


def _check_safety(route: NotifyBase) -> None:
    if not route.verify_certificate:
        raise Unusable("switches off the check of the server's certificate (verify=no)")
    if not isinstance(route, NotifyMailServer):
        return
    if route.secure_mode == SecureMailMode.INSECURE and route.password and not is_this_machine(route.smtp_host):
        raise Unusable("would send the password unencrypted; use mailtos://")
    if route.pgp_mode != PGPMode.NONE:
        raise Unusable("asks for PGP (pgp=, wkd=), which letters do not have")


def _recipients(route: NotifyBase) -> list[str]:
    """Whom a service would write to; some keep addresses, some pairs of a name and an address."""
    return [target[1] if isinstance(target, tuple) else target for target in getattr(route, "targets", [])]
