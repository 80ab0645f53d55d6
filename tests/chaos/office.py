"""The toy office with its clock, its mail and its cases, and what must be true of it whatever was killed."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiosmtpd.smtp import AuthResult

from notifications.letters.letter import REFERENCE
from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.delivery.mode import switch
from reviewflow.service.door.key import Door
from reviewflow.service.door.opening import open_address
from reviewflow.service.records.audit import audit
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace, open_workspace
from tests.notifications.servers import LoopbackServer, PostOffice, words
from tests.web.letters import TOY

AGENCIES, RETURN = ("police", "health"), "agency_return"
BEFORE = timedelta(days=20)
"""How long ago what is opened was notified, so that its returns are late at once."""


def definitions(folder: Path) -> Path:
    """The toy's, with an address in each letter that chases."""
    made = shutil.copytree(TOY, folder / "definitions")
    with (made / "messages" / "overdue.yaml").open("a", encoding="utf-8") as message:
        message.write("  Answer {answer}\n")
    return made


@contextmanager
def post_office() -> Iterator[tuple[PostOffice, int]]:
    """A mail server that takes everything, and its port."""
    office = PostOffice()
    server = LoopbackServer(
        office, authenticator=lambda *_: AuthResult(success=True, handled=True), auth_require_tls=False
    )
    server.start()
    try:
        yield office, server.port
    finally:
        server.stop()


@dataclass
class Toyshire:
    """The office, as this process sees it: the same database, by the clock of the file."""

    environment: dict[str, str]
    behind: Path
    mail: PostOffice
    opened: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The office's time, in UTC."""
        return datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=int(self.behind.read_text()))

    def set_clock(self, moment: datetime) -> None:
        """From now on it is this moment, and goes on from there."""
        self.behind.write_text(str(int((datetime.now(UTC) - moment).total_seconds())), encoding="utf-8")

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        with open_workspace(self.environment) as workspace:
            yield workspace

    def set_up(self) -> None:
        """Tables, and messages that really go out."""
        with self.workspace() as workspace:
            workspace.store.migrate()
            switch(workspace, Mode.LIVE, by="The manager", now=self.now)

    def open(self, number: int) -> None:
        """So many reviews, in which each agency is late with its return."""
        with self.workspace() as workspace:
            for _ in range(number):
                command = c.Open({"notified": (self.now - BEFORE).date()}, AGENCIES)
                key = f"case {len(self.opened)}"
                case = open_case(workspace, "review", command, by="The manager", now=self.now, key=key).case
                self.opened.append(case.reference)

    def addresses(self, site: str) -> list[str]:
        """Of all pages in letters that have arrived, the oldest first."""
        found = (re.findall(rf"{site}/a/[0-9A-Z]{{26}}", words(mail)) for mail in self.mail.mails)
        return [*dict.fromkeys(address for group in found for address in group)]

    def returns(self, door: Door) -> list[str]:
        """The addresses at which an agency gives its return; after two weeks letters ask a chair for meetings too."""
        found = self.addresses(door.url)
        with self.workspace() as workspace:
            opened = [open_address(workspace, door, address.rpartition("/")[2], now=self.now) for address in found]
        pages = zip(found, opened, strict=True)
        return [address for address, page in pages if page is not None and page.item.startswith(f"{RETURN}/")]

    def has_done(self, key: str) -> bool:
        """Whether the answer to the form of this work item is in the history."""
        reference, item = _of_form(key)
        with self.workspace() as workspace:
            events = workspace.store.events(reference)
            return any(event.kind == "Completed" and f'"{item}"' in event.body for event in events)

    def letters_twice(self) -> dict[str, int]:
        """Letters that arrived more than once, by their number; a repeat has the same message id."""
        ids: dict[str, set[str]] = {}
        arrived = Counter(str(mail[REFERENCE]) for mail in self.mail.mails)
        for mail in self.mail.mails:
            ids.setdefault(str(mail[REFERENCE]), set()).add(str(mail["Message-ID"]))
        assert all(len(each) == 1 for each in ids.values()), "one number, two letters"
        return {number: times for number, times in arrived.items() if times > 1}

    def harms(self, addresses: list[str], items: list[str], door: Door) -> list[str]:
        """What is lost, doubled or damaged, in words: of pages that confirmed an answer, of forms that Prefect took."""
        with self.workspace() as workspace:
            done = Counter(
                (reference, event.body)
                for reference in self.opened
                for event in workspace.store.events(reference)
                if event.kind == "Completed"
            )
            promised = [*_of_pages(workspace, addresses, door, self.now), *map(_of_form, items)]
            notices = Counter((n.reference, n.item, n.recipient, n.message, n.text) for n in workspace.store.notices())
            _, findings = audit(workspace)
        return [
            *(f"audit: {finding}" for finding in findings),
            *(f"completed {times} times: {about}" for about, times in done.items() if times > 1),
            *(f"{times} letters of one: {about[:4]}" for about, times in notices.items() if times > 1),
            *(
                f"an answer was taken and is not in the history: {reference}, {item}"
                for reference, item in promised
                if not any(of == reference and f'"{item}"' in body for of, body in done)
            ),
        ]


def _of_pages(workspace: Workspace, addresses: list[str], door: Door, now: datetime) -> Iterator[tuple[str, str]]:
    """The case and the item of each page."""
    for address in addresses:
        opened = open_address(workspace, door, address.rpartition("/")[2], now=now)
        assert opened is not None, address
        yield opened.link.reference, opened.item


def _of_form(key: str) -> tuple[str, str]:
    """The case and the item of a work item: TR-2026-001/read/police/1."""
    reference, _, rest = key.partition("/")
    return reference, rest.rpartition("/")[0]
