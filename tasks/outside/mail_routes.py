"""Whether the mail server and the mailbox that mail comes back to let us in; nothing is sent and nothing is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notifications.bounces.imap import Unreachable, knock
from notifications.bounces.mailbox import BOUNCES_URL, bounce_mailbox_from_environment
from notifications.delivery import Delivery
from notifications.settings import delivery_from_environment
from reviewflow.language.model import ChannelKind
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, good, to_do
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError
from reviewflow.service.workspace.workspace import Workspace

BOUNCE_ROUTE = "mailbox for mail that comes back"


def mail_routes(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Settings, each mail server, and the mailbox; while delivery is test nothing is asked, as nothing is used."""
    mode, channels = delivery_mode(workspace, environ).mode, workspace.partnership.channels
    if mode is Mode.TEST:
        yield good("mail server", "Not asked: delivery is test, so none is used")
        return
    try:
        delivery = delivery_from_environment(environ, mode, channels)
    except SettingsError as error:
        says = "; ".join(str(error).rstrip(".").splitlines())
        yield to_do(Ailment.MAIL_SETTINGS, "mail server", says, "set it where the sweep runs, and look again")
        return
    mail = [name for name, channel in channels.items() if channel.kind is ChannelKind.MAIL]
    servers = {name: delivery.through(name) for name in mail} or {"The mail server": delivery}
    for name, server in servers.items():
        yield _server(name, server)
    yield _bounce_route(environ)


def _server(name: str, delivery: Delivery) -> Finding:
    from notifications.mail import route_to  # Apprise takes a second to load
    from notifications.services.mail_server import NotifyMailServer
    from notifications.smtp import explain

    route = route_to(delivery, delivery.sender_address)
    if not isinstance(route, NotifyMailServer):
        return good("mail server", f"{name} is a service that can be asked by a letter only: reviewflow delivery try")
    try:
        route.knock()
    except (OSError, ValueError) as error:
        remedy = "see that it runs and that its address and password are right; letters wait meanwhile"
        return to_do(Ailment.MAIL_AWAY, "mail server", f"{name}: {explain(error).detail.rstrip('.')}", remedy)
    return good("mail server", f"{name} lets us in")


def _bounce_route(environ: Mapping[str, str]) -> Finding:
    try:
        mailbox = bounce_mailbox_from_environment(environ)
        if mailbox is None:
            says = "Nobody looks for letters that come back: no mailbox is named"
            return to_do(Ailment.BOUNCES_UNREAD, BOUNCE_ROUTE, says, f"name it in {BOUNCES_URL}")
        knock(mailbox)
    except (SettingsError, Unreachable) as error:
        remedy = f"look at {BOUNCES_URL}, and whether its server runs: reviewflow bounces"
        return to_do(Ailment.BOUNCES_AWAY, BOUNCE_ROUTE, str(error).rstrip("."), remedy)
    return good(BOUNCE_ROUTE, "It lets us in")
