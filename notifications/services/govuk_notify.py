"""GOV.UK Notify as a service of Apprise: govnotify://TEMPLATE/API-KEY, for mail; with numbers in its path and
?kind=sms, for text messages. Apprise has none of its own, so this registers ours, on Notify's official client.

The template in Notify has two fields, ((subject)) and ((body)); one for text messages has only ((body)).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from apprise import NotifyBase, NotifyFormat, NotifyType
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from notifications.bounce import Bounce
from notifications.loopback import is_this_machine
from notifications.outcome import DeliveryStatus, Outcome
from notifications.services.own import OwnService

SCHEMA = "govnotify"
OFFICIAL = "https://api.notifications.service.gov.uk"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(rf"[A-Za-z0-9_.-]+-{_UUID}-{_UUID}", re.IGNORECASE)
OWN_FAULT = "technical-failure"
_ENDS = {
    "permanent-failure": "the address is not known there (GOV.UK Notify)",
    "temporary-failure": "the mailbox there took nothing for three days (GOV.UK Notify)",
    OWN_FAULT: "GOV.UK Notify itself failed",
}
"""What Notify says of a mail that it has given up."""
_SETTINGS = "whoever looks after the settings of GOV.UK Notify must put this right"


class NotifyGovUk(OwnService, NotifyBase):
    """One template of one service of GOV.UK Notify."""

    service_name = "GOV.UK Notify"
    service_url = "https://www.notifications.service.gov.uk/"
    setup_url = "https://docs.notifications.service.gov.uk/python.html"
    secure_protocol = SCHEMA
    notify_format = NotifyFormat.TEXT
    title_maxlen = 200
    body_maxlen = 100_000
    request_rate_per_sec = 0
    templates = ("{schema}://{template}/{key}", "{schema}://{template}/{key}/{targets}")

    def __init__(self, key: str, template: str, targets: list[str], kind: str, api: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not _KEY.fullmatch(key) or not re.fullmatch(_UUID, template, re.IGNORECASE) or kind not in {"email", "sms"}:
            raise TypeError("GOV.UK Notify needs the id of a template and an API key.")
        if not (api.startswith("https://") or is_this_machine(urlsplit(api).hostname or "")):
            raise TypeError("GOV.UK Notify is reached by https only.")
        self.key, self.template, self.kind, self.api = key, template, kind, api
        self.targets = targets

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **_: Any) -> bool:  # noqa: ARG002
        """Hand over to Notify; why it did not take the letter is kept as `trouble`."""
        self.trouble = None
        client = NotificationsAPIClient(self.key, base_url=self.api, timeout=self.socket_read_timeout or 30)
        try:
            for target in self.targets:
                self._hand_over(client, target, title, body)
        except APIError as error:
            self.trouble = error
        return bool(self.targets) and self.trouble is None

    def _hand_over(self, client: NotificationsAPIClient, target: str, title: str, body: str) -> None:
        if self.kind == "sms":
            client.send_sms_notification(target, self.template, {"body": body}, reference=self.reference)
        else:
            words = {"subject": title, "body": body}
            client.send_email_notification(target, self.template, words, reference=self.reference)

    def failures(self) -> Iterator[Bounce]:
        """The mails of the last days that Notify took over and could not deliver. Raises APIError."""
        client = NotificationsAPIClient(self.key, base_url=self.api, timeout=self.socket_read_timeout or 30)
        for each in client.get_all_notifications_iterator(status="failed", template_type="email"):
            if each["reference"] and each["email_address"]:
                why = _ENDS.get(each["status"], "GOV.UK Notify gave no reason it knows")
                lost = datetime.fromisoformat(each["created_at"]) if each["status"] == OWN_FAULT else None
                yield Bounce(each["reference"], each["email_address"].lower(), True, why, lost)  # noqa: FBT003

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:  # noqa: FBT001, FBT002
        """The service without its key."""
        key = "****" if privacy else self.key
        return f"{SCHEMA}://{self.template}/{key}/"

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """What stands in the URL."""
        found: dict[str, Any] | None = NotifyBase.parse_url(url, verify_host=False)
        if not found:
            return None
        path = NotifyBase.split_path(found["fullpath"])
        found |= {"template": found["host"], "key": path[0] if path else "", "targets": path[1:]}
        return found | {"kind": found["qsd"].get("kind", "email"), "api": found["qsd"].get("api", OFFICIAL)}


def explain(error: APIError) -> Outcome:
    """Only a refusal of the address is for good."""
    code = error.status_code
    if code == 400 and _is_about_the_address(error.message):  # noqa: PLR2004
        return Outcome(DeliveryStatus.REFUSED, f"GOV.UK Notify refused this address for good ({code}).")
    if code in {429, 500, 502, 503, 504}:
        return Outcome(DeliveryStatus.RETRY, f"GOV.UK Notify takes nothing from us just now ({code}).")
    return Outcome(DeliveryStatus.RETRY, f"GOV.UK Notify does not let us send as we do ({code}); {_SETTINGS}.")


def _is_about_the_address(said: object) -> bool:
    errors = said if isinstance(said, list) else []
    return any(str(error.get("message", "")).startswith(("email_address", "phone_number")) for error in errors)
