"""A token with which Microsoft 365 lets an application into a mailbox (OAuth 2.0, client credentials)."""

from __future__ import annotations

import requests

from notifications.bounces.mailbox import BOUNCES_URL, Application

_SCOPE = "https://outlook.office365.com/.default"


class NoToken(Exception):
    """Microsoft gave none: why, as a sentence, without what it printed."""


def token(application: Application, patience: float) -> str:
    """Good for an hour, and asked for anew at each look. Raises NoToken."""
    asked = {"grant_type": "client_credentials", "scope": _SCOPE}
    asked |= {"client_id": application.client, "client_secret": application.secret}
    try:
        answer = requests.post(
            f"{application.login}/{application.tenant}/oauth2/v2.0/token",
            data=asked,
            timeout=patience,
            allow_redirects=False,
        )
        found = answer.json() if answer.ok else None
    except requests.RequestException:
        raise NoToken("Microsoft's sign-in for the mailbox that mail comes back to could not be reached.") from None
    bearer = found.get("access_token") if isinstance(found, dict) else None
    if not isinstance(bearer, str):
        raise NoToken(
            f"Microsoft does not let us into the mailbox that mail comes back to ({answer.status_code}); "
            f"look at tenant, client and secret in {BOUNCES_URL}."
        )
    return bearer
