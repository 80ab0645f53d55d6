"""What IT fills in on the page of one machine, step by step, for an office called Toyshire."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.from_empty.machine import Machine
from tests.from_empty.outside import LETTERS, OFFICE, certificate

ETC = "/etc/reviewflow"
ROLES = {"viewers": "vera", "officers": "olaf", "managers": "mona"}
AT_ONCE = "ask_for_chronology, agency_papers"
"""What this office has go with the next sweep, on whatever day this is tried."""


@dataclass
class Filling:
    """Fills in; each step of the page by the place that it names first."""

    machine: Machine
    folder: Path
    mail_port: int
    password: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    def steps(self) -> Mapping[str, Callable[[], None]]:
        """By the beginning of the step on the page."""
        return {
            f"`{ETC}/settings.env`": self.settings,
            "`/srv/reviewflow/definitions`": self.definitions,
            f"`{ETC}/secrets`": self.mail,
            "Who there is": self.people,
            "Who may what": self.roles,
            "The public key of the backups": lambda: None,
            "Certificates come by themselves": self.own_certificate,
        }

    def settings(self) -> None:
        """The two names, and who mail is from."""
        text = self.machine.done(f"sudo cat {ETC}/settings.env")
        text = text.replace("https://office.example.gov.uk", f"https://{OFFICE}")
        text = text.replace("https://reviews.example.gov.uk", f"https://{LETTERS}")
        self.machine.write(
            f"{ETC}/settings.env", f"{text}REVIEWFLOW_SENDER=Toyshire SCP <reviews@{OFFICE}>\n", mode="644"
        )

    def definitions(self) -> None:
        """As shipped, but for what does not wait for a working day."""
        self.machine.done(
            f"sudo sed -i 's/^breaks_daily: \\[/&{AT_ONCE}, /' /srv/reviewflow/definitions/partnership.yaml"
        )

    def mail(self) -> None:
        """The mail server; nothing comes back to a mailbox here."""
        self.machine.write(f"{ETC}/secrets/REVIEWFLOW_MAIL_URL", f"mailto://reviews:pw@127.0.0.1:{self.mail_port}\n")

    def people(self) -> None:
        """One of each role, all with one password."""
        hashed = self.machine.done(f"caddy hash-password --plaintext {self.password}").strip()
        self.machine.write(f"{ETC}/secrets/people.caddy", "".join(f"{name} {hashed}\n" for name in ROLES.values()))

    def roles(self) -> None:
        """Each has one."""
        self.machine.write(
            f"{ETC}/roles.yaml", "".join(f"{role}: [{name}]\n" for role, name in ROLES.items()), mode="644"
        )

    def own_certificate(self) -> None:
        """By an authority that our browsers know."""
        made, key = certificate(self.folder)
        self.machine.write(f"{ETC}/caddy/tls/own.pem", made, mode="644")
        self.machine.write(f"{ETC}/caddy/tls/own.key", key, mode="640")
        self.machine.done(f"sudo chgrp caddy {ETC}/caddy/tls/own.key")
        self.machine.write(
            f"{ETC}/caddy/tls/own.caddy", f"tls {ETC}/caddy/tls/own.pem {ETC}/caddy/tls/own.key\n", mode="644"
        )
