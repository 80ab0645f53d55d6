"""A real IMAP server on the loopback, and a folder of it."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes
from email.message import Message

from notifications.bounces.mailbox import BounceMailbox


class Mailbox:
    """A folder of a real IMAP server, as a mail server and people use it."""

    def __init__(self, returns: BounceMailbox) -> None:
        self.returns = returns
        with self._opened() as imap:
            imap.create(returns.folder)

    def put(self, *mails: Message) -> None:
        with self._opened() as imap:
            for mail in mails:
                imap.append(self.returns.folder, "", "", mail.as_bytes())

    def read_by_a_person(self) -> None:
        """Somebody opens every mail."""
        with self._opened() as imap:
            imap.select(self.returns.folder)
            imap.store("1:*", "+FLAGS", "(\\Seen)")

    def unread(self) -> list[str]:
        """The subjects of what nobody has read."""
        with self._opened() as imap:
            imap.select(self.returns.folder, readonly=True)
            _, found = imap.uid("SEARCH", "UNSEEN")
            return [self._subject(imap, number) for number in found[0].decode().split()]

    def _subject(self, imap: imaplib.IMAP4, number: str) -> str:
        _, found = imap.uid("FETCH", number, "(BODY.PEEK[HEADER])")
        return str(message_from_bytes(found[0][1])["Subject"])

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4(self.returns.host, self.returns.port) as imap:
            imap.login(self.returns.name, self.returns.password)
            yield imap


@contextmanager
def imap_server() -> Iterator[BounceMailbox]:
    """A real IMAP server on the loopback."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    where = ("--host", "127.0.0.1", "--port", str(port))
    command = [
        sys.executable,
        "-m",
        "tests.notifications.imap_serving",
        *where,
        "dict",
        "--demo-user",
        "returns",
        "--demo-password",
        "secret",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield BounceMailbox("127.0.0.1", port, encrypted=False, name="returns", password="secret")
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the IMAP server did not start")
