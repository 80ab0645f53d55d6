"""Whether each route has ever carried a real letter: some are tried against stand-ins only until it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewflow.language.model import ChannelKind, Partnership
from reviewflow.service.delivery.mode import MAIL_URL, delivery_mode, url_of
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, good, to_do
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import ROUTE

MAIL_SERVER = "mail server"
"""The route of an office that names no mail channel: the one of REVIEWFLOW_MAIL_URL."""
STAND_INS = "Teams, SMS, Microsoft 365 and GOV.UK Notify are tried against stand-ins only"
_SERVICES: Mapping[str, str] = {
    "mailto": "a mail server",
    "mailtos": "a mail server",
    "govnotify": "GOV.UK Notify",
    "o365": "Microsoft 365",
    "azure": "Microsoft 365",
}


@dataclass(frozen=True, slots=True)
class Route:
    """A way out, as this environment and partnership.yaml have it."""

    name: str
    service: str
    """For people: 'Teams'."""
    setting: str
    """Where its URL stands."""

    @property
    def by_stand_in(self) -> bool:
        """Whether our own tests speak to a stand-in of the service, and not to such a service."""
        return self.service != "a mail server"


def routes_of(partnership: Partnership, environ: Mapping[str, str]) -> list[Route]:
    """Every route by which letters or words go: the mail server, where no channel is for mail, and each channel."""
    channels = partnership.channels
    own = any(channel.kind is ChannelKind.MAIL for channel in channels.values())
    server = [] if own else [Route(MAIL_SERVER, _service(environ.get(MAIL_URL, "")), MAIL_URL)]
    kinds = {ChannelKind.TEAMS: "Teams", ChannelKind.SMS: "SMS"}
    return [
        *server,
        *(
            Route(name, kinds.get(channel.kind) or _service(environ.get(url_of(name), "")), url_of(name))
            for name, channel in channels.items()
        ),
    ]


def routes(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Finding]:
    """A line for each route that is in use and never carried a real letter."""
    tried = workspace.store.last_done()
    untried = [route for route in routes_of(workspace.partnership, environ) if ROUTE + route.name not in tried]
    if delivery_mode(workspace, environ).mode is Mode.TEST:
        waiting = f"; {len(untried)} not tried yet with a real letter" if untried else ""
        yield good("routes", f"None is in use while delivery is test{waiting}. {STAND_INS}")
        return
    for route in untried:
        only = f", and was tried by us against a stand-in only ({route.service})" if route.by_stand_in else ""
        says = f"{route.name} has never carried a real letter{only}"
        yield to_do(
            Ailment.ROUTE_UNTRIED, "routes", says, "send a first one: reviewflow delivery try --to NAME --by NAME"
        )
    if not untried:
        yield good("routes", "Each has carried a real letter")


def _service(url: str) -> str:
    """For people, by how the URL begins; nothing else of it, as it holds a password."""
    return _SERVICES.get(url.partition("://")[0].strip().lower(), "a service for mail" if url else "a mail server")
