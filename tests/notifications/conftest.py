import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notifications.bounces.mailbox import BounceMailbox
from notifications.delivery import Delivery
from notifications.letters.letter import Letter
from reviewflow.service.workspace.delivery_modes import Mode
from tests.notifications.imap import Mailbox, imap_server
from tests.notifications.servers import LoopbackServer, PostOffice

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "'imghdr' is deprecated", DeprecationWarning)  # Apprise, on Python before 3.13
    import notifications.mail  # noqa: F401


@pytest.fixture(autouse=True)
def no_trusted_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own do not matter here, and Apprise reads them for every mail, which takes longer than the mail."""
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)


@pytest.fixture
def serve() -> Iterator[Callable[..., int]]:
    """Start a server with this post office behind it; gives its port."""
    running: list[LoopbackServer] = []

    def start(office: PostOffice, **options: Any) -> int:
        server = LoopbackServer(office, **options)
        server.start()
        running.append(server)
        return server.port

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def letter() -> Letter:
    return Letter(
        reference="RR-2026-001/14.1",
        to="safeguarding.lead@police.example.org",
        subject="RR-2026-001: return due Friday 15 May 2026",
        text="Good morning\n\nThe agency return is due on Friday, a café day.\n",
    )


@pytest.fixture
def rehearsal(tmp_path: Path) -> Delivery:
    return Delivery(Mode.TEST, tmp_path / "messages", "Safeguarding reviews", "reviews@partnership.example.org")


@pytest.fixture
def live(tmp_path: Path) -> Callable[[str], Delivery]:
    """Live delivery by a mail URL."""

    def by(url: str, patience: float = 5.0) -> Delivery:
        sender = ("Safeguarding reviews", "reviews@partnership.example.org")
        return Delivery(Mode.LIVE, tmp_path / "messages", *sender, mail_url=url, patience=patience)

    return by


@pytest.fixture(scope="session")
def imap() -> Iterator[BounceMailbox]:
    """A mailbox of a real server, without a folder yet."""
    with imap_server() as running:
        yield running


@pytest.fixture
def mailbox(imap: BounceMailbox, request: pytest.FixtureRequest) -> Mailbox:
    """A folder of its own for each test."""
    return Mailbox(replace(imap, folder=request.node.name[:40].replace("[", "_")))
