"""What services that keep account of their mail say of it: GOV.UK Notify."""

from __future__ import annotations

from collections.abc import Iterator

from notifications_python_client.errors import APIError

from notifications.bounce import Bounce, NoAnswer
from notifications.delivery import Delivery
from notifications.mail import routes
from notifications.services.govuk_notify import NotifyGovUk


def given_up(delivery: Delivery) -> Iterator[Bounce]:
    """Every mail of the last days that was taken over and given up. Raises NoAnswer."""
    for route in routes(delivery):
        if isinstance(route, NotifyGovUk):
            try:
                yield from route.failures()
            except APIError as error:
                raise NoAnswer(f"GOV.UK Notify does not say what became of its mail ({error.status_code}).") from None
