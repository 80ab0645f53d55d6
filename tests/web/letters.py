"""An office whose letters lie in a folder, with the addresses in them and the pages that they lead to."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from starlette.testclient import TestClient
from starlette.types import ASGIApp

from notifications.deliver import deliver_letters
from notifications.delivery import Delivery
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Item
from reviewflow.service.door.key import Door
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from reviewflow.web.app import make_app
from reviewflow.web.codes import Codes
from reviewflow.web.guard import Rates
from reviewflow.web.office import Office
from tests.service.builders import at

TOY = Path(__file__).parent.parent / "toy"
URL = "http://127.0.0.1:4280"
KEY = "a-key-of-the-tests-that-is-long-enough"
POLICE = "reviews@police.example.org"
ITEM = "agency_return/police"


@dataclass
class Post:
    """The toy office with its letters, at a moment that a test may move."""

    workspace: Workspace
    folder: Path
    now: datetime
    keys: tuple[str, ...] = (KEY,)
    url: str = URL
    at_once: list[tuple[str, str, str]] = field(default_factory=list)
    """Letters with codes: address, subject, text."""
    followed: list[str] = field(default_factory=list)
    """References of the cases in which something was recorded, each time."""
    rates: Rates = field(default_factory=lambda: Rates("10000/minute", "10000/minute"))

    @property
    def door(self) -> Door:
        return Door(self.url, self.keys)

    def deliver(self, *, door: bool = True) -> list[tuple[str, str]]:
        """Write what is due to the folder; each letter's address and text, those of this time only."""
        before = set(self.folder.glob("*.eml"))
        delivery = Delivery(Mode.TEST, self.folder, "Toyshire", "scp@example.org", door=self.door if door else None)
        deliver_letters(self.workspace, delivery, clock=lambda: self.now)
        letters = [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in self.folder.glob("*.eml")
            if path not in before
        ]
        return [(str(letter["To"]), letter.get_body(("plain",)).get_content()) for letter in letters]  # type: ignore[attr-defined,union-attr]

    def text_to(self, address: str) -> str:
        """The one letter that goes to this mailbox now."""
        [text] = [text for to, text in self.deliver() if to == address]
        return text

    @property
    def app(self) -> ASGIApp:
        """The pages, which open the office anew for each request, as they do for real."""

        @contextmanager
        def office() -> Iterator[Workspace]:
            yield Workspace(self.workspace.store, self.workspace.folder, papers=self.folder / "papers")

        return make_app(
            Office(office, self.door, lambda: self.now, Codes(self.door, self.send), self.follow), rates=self.rates
        )

    def follow(self, _workspace: Workspace, reference: str, _now: datetime) -> None:
        self.followed.append(reference)

    def send(self, address: str, subject: str, text: str) -> bool:
        self.at_once.append((address, subject, text))
        return True

    def client(self) -> TestClient:
        return TestClient(self.app, base_url=self.url, follow_redirects=False)


@contextmanager
def post_asking(questions: str, url: str, folder: Path) -> Iterator[Post]:
    """The toy office, in which an agency's return asks these questions too, as they stand in the file."""
    process = shutil.copytree(TOY, folder / "definitions") / "processes" / "review.yaml"
    process.write_text(process.read_text().replace("      quality_assured:", f"{questions}      quality_assured:", 1))
    store = open_store(url)
    store.migrate()
    yield Post(Workspace(store, folder / "definitions"), folder / "letters", at(5))
    store.close()


def address_in(text: str) -> str:
    """The first address of a page in a letter, without its host."""
    found = re.search(r"http://127\.0\.0\.1:[0-9]+(/a/[0-9A-Z]{26})", text)
    assert found, text
    return found[1]


def asked(post: Post, mailbox: str = POLICE) -> str:
    """The address of the page for what this mailbox is asked now, from its letter."""
    chase_due_items(post.workspace, now=post.now)
    return address_in(post.text_to(mailbox))


def item(post: Post, reference: str, name: str = ITEM) -> Item:
    row = post.workspace.store.load(reference)
    assert row is not None
    return load(reference, row.state).items[name]
