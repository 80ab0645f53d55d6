"""A mail server as a service of Apprise: reached as mailto:// and mailtos:// say, spoken to by the standard library.

Apprise's own service for mail reads those URLs here too. But what the server answers it keeps to itself, and whether a
mailbox was refused for good decides who gets the letter next. So this one sends, and each refusal is an exception.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from typing import Any

from apprise import NotifyFormat, NotifyType
from apprise.plugins.email import NotifyEmail, SecureMailMode

from notifications.letters.letter import REFERENCE, boundary_of, message_id
from notifications.services.own import OwnService

SCHEMA = "lettermail"
"""Not mailto: whoever else uses Apprise in this process keeps Apprise's own service."""

_LINE = 78
"""Characters of a line, as RFC 5322 asks; from 998 on a mail server may refuse it."""


class NotifyMailServer(OwnService, NotifyEmail):
    """One mail server, one mailbox, one letter."""

    service_name = "Mail server"
    protocol = secure_protocol = SCHEMA
    notify_format = NotifyFormat.TEXT
    sender: tuple[str, str]
    """Name and address."""
    written: datetime
    """The moment that stands in the letter as its date."""
    page: str
    """The letter as HTML, for who rather reads that."""

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **_: Any) -> bool:  # noqa: ARG002
        """Hand over to the mail server; why it did not take the letter is kept as `trouble`."""
        self.trouble = None
        [(_name, address)] = self.targets
        try:
            with self._connection() as server:
                mail = self._mail(address, title, body).as_string(maxheaderlen=_LINE)
                server.sendmail(self.sender[1], [address], mail)
        except (OSError, ValueError) as error:  # smtplib's own are OSErrors; a sign-in it cannot spell is a ValueError
            self.trouble = error
        return self.trouble is None

    def knock(self) -> None:
        """See whether the mail server lets us in, and send nothing; raises OSError and ValueError."""
        with self._connection() as server:
            server.noop()

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        """Encrypted and signed in as the URL says; closed whatever happens. Raises OSError and ValueError."""
        server = self._connected()
        try:
            if self.secure_mode == SecureMailMode.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if self.user and self.password:
                server.login(self.user, self.password)
            yield server
        finally:
            with suppress(OSError):  # how it says goodbye changes nothing
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        host, port, patience = self.smtp_host, self.port or 0, self.socket_connect_timeout
        if self.secure_mode == SecureMailMode.SSL:
            return smtplib.SMTP_SSL(host, port, timeout=patience, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=patience)

    def _mail(self, address: str, title: str, body: str) -> MIMEMultipart:
        mail = MIMEMultipart("alternative", boundary_of(self._message_id(address, title, body)))
        mail.attach(MIMEText(f"{body}\n", "plain", _readable()))  # type: ignore[arg-type]  # it takes a Charset too
        mail.attach(MIMEText(self.page, "html", _readable()))  # type: ignore[arg-type]
        mail["From"] = formataddr(self.sender)
        mail["To"] = address
        mail["Subject"] = _header("Subject", title)
        mail["Date"] = format_datetime(self.written.astimezone(self.tzinfo))
        mail["Message-ID"] = self._message_id(address, title, body)
        if replies := [formataddr((str(self.names.get(each) or ""), each)) for each in self.reply_to - {address}]:
            mail["Reply-To"] = ",".join(replies)
        own = {REFERENCE: self.reference or "", "Auto-Submitted": "auto-generated", "X-Application": self.app_id}
        for name, value in (self.headers | own).items():
            mail[name] = _header(name, value)
        return mail

    def _message_id(self, *content: str) -> str:
        """The same each time a letter is sent, so that mail programs may drop a repeat; never that of another text."""
        return message_id(self.reference or "", self.sender[1].rpartition("@")[2], *content)

    @staticmethod
    def parse_url(_: str) -> None:
        """It has no URL of its own: see `notifications.mail`."""


def _readable() -> Charset:
    """UTF-8 in seven bits, of which people can read most."""
    charset = Charset("utf-8")
    charset.header_encoding = charset.body_encoding = QP
    return charset


def _header(name: str, text: str) -> Header:
    return Header(text, None if text.isascii() else _readable(), header_name=name)
