"""The page that follows five values through the code: what it names is called, in its order."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import copytree

import pytest

from notifications.deliver import deliver_letters
from notifications.settings import delivery_from_environment
from reviewflow.service.answers.form_key import FormKey
from reviewflow.service.answers.work_item import record_answer
from reviewflow.service.rehearsal.check import check_definitions
from reviewflow.service.sweep.run import SweepContext, run_parts
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.docs.names import ROOT
from tests.docs.walked import walked
from tests.service.builders import RETURN, at, opened

PAGE = (ROOT / "docs" / "develop" / "following.md").read_text("utf-8")
LATE = at(27)
"""The agencies' returns are overdue by then."""
UNDER_PREFECT = ("flows.", "tasks.", "reviewflow.cli.")
"""What only hands over to the first function that is walked, or shows what the last one made."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(f"sqlite:///{tmp_path / 'office.db'}")
    store.migrate()
    yield Workspace(store, copytree(ROOT / "tests" / "toy", tmp_path / "definitions"))
    store.close()


def answer(office: Workspace) -> Callable[[], object]:
    form = FormKey(opened(office), "agency_return/police", 1)
    return lambda: record_answer(office, form, {"answered_by": "Chair", **RETURN}, key="k", now=at(12))


def folder(office: Workspace) -> Callable[[], object]:
    return lambda: check_definitions(office.folder, (), environ={})


def sweep(office: Workspace) -> Callable[[], object]:
    opened(office)
    return lambda: run_parts(SweepContext(office, LATE))


def letter(office: Workspace) -> Callable[[], object]:
    sweep(office)()
    outbox = {"REVIEWFLOW_OUTBOX": str(office.folder.parent / "outbox")}
    delivery = delivery_from_environment(outbox, Mode.TEST)
    return lambda: deliver_letters(office, delivery, clock=_late)


def shown(office: Workspace) -> Callable[[], object]:
    row = office.store.load(opened(office))
    assert row is not None
    return lambda: pictures(office, [row], now=LATE)


WAYS: dict[str, Callable[[Workspace], Callable[[], object]]] = {
    "An answer on a form": answer,
    "A folder of definitions": folder,
    "The moment of a sweep": sweep,
    "A letter": letter,
    "What Prefect shows of a case": shown,
}


def _late() -> datetime:
    return LATE


def _told(title: str) -> list[str]:
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE)


def test_every_way_of_the_page_is_walked() -> None:
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == list(WAYS)


@pytest.mark.parametrize("title", WAYS)
def test_a_value_goes_the_way_that_the_page_tells(office: Workspace, title: str) -> None:
    told = [name for name in _told(title) if not name.startswith(UNDER_PREFECT)]
    called = walked(WAYS[title](office))
    assert [name for name in told if name not in called] == []
    assert sorted(told, key=called.index) == told


@pytest.mark.parametrize("title", WAYS)
def test_a_way_is_short_enough_to_be_read(title: str) -> None:
    """What a maintainer opens to follow it; as many modules as functions, none of them twice."""
    assert 6 <= len(_told(title)) <= 12
