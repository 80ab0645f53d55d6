"""How letters leave: the mode, the sender and the servers, as read from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from notifications.letters.headers import flaw
from reviewflow.addresses import is_address
from reviewflow.service.door.key import Door
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Delivery:
    """How letters leave. It holds a password: never a parameter of a flow or task, because Prefect stores those."""

    mode: Mode
    folder: Path
    sender_name: str
    sender_address: str
    mail_url: str | None = field(default=None, repr=False)
    guests: frozenset[str] = frozenset()
    urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of the channels that partnership.yaml names."""
    door: Door | None = field(default=None, repr=False)
    """Where letters are answered; None where they carry no address."""
    contact_keys: str = field(default="", repr=False)
    """The office's keys to the contacts of cases."""
    patience: float = 30.0  # seconds for each step of the conversation with the mail server

    @property
    def pages(self) -> str | None:
        """The address below which letters are answered; None where they carry no address."""
        return self.door.url if self.door else None

    def through(self, channel: str | None) -> Delivery:
        """The same by a mail channel of that name; without a name by the one mail server."""
        return self if channel is None or self.mode is Mode.TEST else replace(self, mail_url=self.urls[channel])

    def __post_init__(self) -> None:
        if not is_address(self.sender_address) or flaw(self.sender_name):
            raise SettingsError("The sender is not a name in plain letters with one e-mail address.")
