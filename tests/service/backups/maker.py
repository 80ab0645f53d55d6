"""Who makes one backup after another until killed, as a process of tests.forked."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.backups.offices import backed_up
from tests.service.conftest import TOY


def ready(url: str, folder: str, public: str) -> Callable[[int], None]:
    office = Workspace(open_store(url), TOY, papers=Path(folder).parent / "var" / "documents")
    backed_up(office, Path(folder) / "first.age", public)  # reads all that is imported late
    office.store.close()
    return lambda seed: work(url, Path(folder), public, seed)


def work(url: str, folder: Path, public: str, seed: int) -> None:
    office = Workspace(open_store(url), TOY, papers=folder.parent / "var" / "documents")
    for turn in count():
        backed_up(office, folder / f"{seed}-{turn}.age", public)
