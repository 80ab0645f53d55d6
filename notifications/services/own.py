"""What the services that this project registers with Apprise have in common."""

from __future__ import annotations

from apprise import NotifyBase
from apprise.manager_plugins import NotificationManager


class OwnService:
    """A service that is told the number of the letter, and keeps what went wrong: Apprise passes on yes or no only."""

    reference: str | None = None
    trouble: Exception | None = None
    """What ended the last attempt to send; None when it was taken over."""


def register(service: type[NotifyBase]) -> None:
    """Make Apprise know a service of ours; once is enough."""
    services = NotificationManager()
    if service.secure_protocol not in services:
        services.add(service)
