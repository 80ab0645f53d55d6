"""Real mail servers on the loopback, each on a port of its own and with the manners a test gives it."""

import asyncio
import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """Answers RCPT and DATA with the next line it was given, and accepts when it has none left."""

    def __init__(self, *, rcpt: tuple[str, ...] = (), data: tuple[str, ...] = (), rude: bool = False) -> None:
        self.rcpt, self.data = list(rcpt), list(data)
        self.rude = rude  # hangs up without a word
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer.startswith("250") or answer in {"drop", "hang"}:
            self.envelopes.append(envelope)
        if answer == "drop":
            assert server.transport is not None
            server.transport.abort()
        if answer in {"drop", "hang"}:
            await asyncio.Event().wait()  # aiosmtpd ends this when it sees that the line is gone
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.rude:
            assert server.transport is not None
            server.transport.abort()
        return "221 Bye"

    @property
    def mails(self) -> list[EmailMessage]:
        """What was accepted, read as a mail program reads it."""
        contents = [envelope.content for envelope in self.envelopes]
        return [parsed(content) for content in contents if isinstance(content, bytes)]


class LoopbackServer(Controller):
    """On a socket that is already bound, so that no other process can take the port first."""

    def __init__(self, handler: PostOffice, **options: Any) -> None:
        self.bound = socket.create_server(("127.0.0.1", 0))
        super().__init__(handler, hostname="127.0.0.1", port=self.bound.getsockname()[1], **options)

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.bound, ssl=self.ssl_context)


def parsed(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def words(mail: EmailMessage) -> str:
    """The text as a person reads it."""
    plain = mail.get_body(("plain",))
    assert isinstance(plain, EmailMessage)
    text = plain.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")
