"""What the domain of the sender says of its mail in DNS: SPF, DKIM and DMARC, by which servers judge what we send.

Nothing is said of a domain whose name servers could not be asked: a machine that asks nobody is not ill.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifications.settings import delivery_from_environment
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, good, to_do
from reviewflow.service.health.routes import routes_of
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError
from reviewflow.service.workspace.workspace import Workspace

if TYPE_CHECKING:
    from dns.resolver import Resolver

DKIM_SELECTOR = "REVIEWFLOW_DKIM_SELECTOR"
SENDER = "the sender's domain"
PATIENCE = 5.0
"""Seconds for each name."""
ITS_OWN_DOMAIN = "GOV.UK Notify"
"""A service that sends under a domain of its own, whatever the sender of the office is."""


class NotAsked(Exception):
    """The name servers gave no answer, so nothing is known."""


@dataclass(frozen=True, slots=True)
class NameServers:
    """The name servers, asked for texts."""

    resolver: Resolver

    def texts(self, name: str) -> list[str]:
        """The texts under a name, none for a name that is not there; raises NotAsked without an answer."""
        from dns.exception import DNSException
        from dns.resolver import NXDOMAIN, NoAnswer

        try:
            answer = self.resolver.resolve(name, "TXT", lifetime=PATIENCE)
        except (NXDOMAIN, NoAnswer):
            return []
        except (DNSException, OSError) as error:
            raise NotAsked from error
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def sender_records(
    workspace: Workspace, environ: Mapping[str, str], resolver: Resolver | None = None
) -> Iterator[Finding]:
    """A line each for SPF, DKIM and DMARC; in test mode nobody is asked. `resolver` is this machine's unless given."""
    mode = delivery_mode(workspace, environ).mode
    if mode is Mode.TEST:
        yield good(SENDER, "Not asked: delivery is test, so nothing is sent")
        return
    if {route.service for route in routes_of(workspace.partnership, environ)} == {ITS_OWN_DOMAIN}:
        yield good(SENDER, f"Not asked: {ITS_OWN_DOMAIN} sends under its own")
        return
    try:
        delivery = delivery_from_environment(environ, mode, workspace.partnership.channels)
    except SettingsError:
        yield good(SENDER, "Not asked: the settings of mail are to be put right first")
        return
    domain = delivery.sender_address.rpartition("@")[2].lower()
    try:
        names = NameServers(resolver or _of_this_machine())
        yield from [_spf(domain, names), _dkim(domain, environ.get(DKIM_SELECTOR, "").strip(), names)]
        yield _dmarc(domain, names)
    except NotAsked:
        yield good(SENDER, f"{domain} could not be asked for: the name servers gave no answer")


def _of_this_machine() -> Resolver:
    from dns.resolver import NoResolverConfiguration, Resolver

    try:
        return Resolver()
    except NoResolverConfiguration as error:
        raise NotAsked from error


def _spf(domain: str, names: NameServers) -> Finding:
    policies = [text.lower().split() for text in names.texts(domain) if text.lower().split()[:1] == ["v=spf1"]]
    remedy = f"have one line v=spf1 under {domain} that names the servers which send for it, and ends with -all or ~all"
    if len(policies) != 1:
        says = f"{domain} has {len(policies) or 'no'} SPF record{'s, and one is allowed' if policies else ''}"
        return to_do(Ailment.SENDER_SPF, SENDER, f"{says}: servers cannot tell who may send for it", remedy)
    if {"all", "+all"} & set(policies[0]):
        return to_do(Ailment.SENDER_SPF, SENDER, f"The SPF record of {domain} lets everybody send for it", remedy)
    return good(SENDER, f"{domain} says who may send for it (SPF)")


def _dkim(domain: str, selector: str, names: NameServers) -> Finding:
    if not selector:
        return good(SENDER, f"Its DKIM key was not looked for: {DKIM_SELECTOR} names no selector")
    place = f"{selector}._domainkey.{domain}"
    keys = [_tags(text).get("p", "") for text in names.texts(place)]
    if any(keys):
        return good(SENDER, f"A DKIM key stands at {place}; whether mail is signed with it, only a letter shows")
    says = f"There is {'only a key that was withdrawn' if keys else 'no DKIM key'} at {place}"
    remedy = f"ask whoever runs the mail server for its selector and record, and name the selector in {DKIM_SELECTOR}"
    return to_do(Ailment.SENDER_DKIM, SENDER, says, remedy)


def _dmarc(domain: str, names: NameServers) -> Finding:
    """The policy of the domain, or of the nearest one above it, as a receiving server looks for it."""
    labels = domain.split(".")
    for place in (".".join(labels[first:]) for first in range(len(labels) - 1)):
        policies = [tags for text in names.texts(f"_dmarc.{place}") if (tags := _tags(text)).get("v") == "dmarc1"]
        if policies:
            return _judged(place, policies)
    remedy = f"have a line v=DMARC1 under _dmarc.{domain}, with p=none and rua= at first, then p=quarantine or p=reject"
    says = f"{domain} has no DMARC record: a forged letter in its name is as good as ours"
    return to_do(Ailment.SENDER_DMARC, SENDER, says, remedy)


def _judged(place: str, policies: list[Mapping[str, str]]) -> Finding:
    asked = policies[0].get("p", "")
    if len(policies) > 1 or asked not in {"none", "quarantine", "reject"}:
        says = f"The DMARC record of {place} cannot be used: one is allowed, with p=none, p=quarantine or p=reject"
        return to_do(Ailment.SENDER_DMARC, SENDER, says, f"put the line under _dmarc.{place} right")
    forged = "are reported at most, not refused" if asked == "none" else "are not delivered as ours"
    return good(SENDER, f"{place} says what is done with forged letters (DMARC p={asked}): they {forged}")


def _tags(text: str) -> Mapping[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs}
