"""An agency with a language gets each message that has words in it, and all others in English."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.delivery.failures import give_up_notice
from reviewflow.service.messages.languages import language_of_agency
from reviewflow.service.messages.mailboxes import IN_AN_AGENCY, OF_A_ROLE
from reviewflow.service.rehearsal.explain.samples import samples
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import NOTIFIED, at, opened
from tests.service.conftest import TOY

POSTS = (*IN_AN_AGENCY, *OF_A_ROLE)
WELSH = """
also_in:
  welsh:
    subject: "Wedi mynd heibio: {reference}"
    text: |
      {owner}: {step}, {due}.
"""


@pytest.fixture
def welsh_office(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """The police read Welsh; only the message about what is overdue has words in it."""
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    partnership, overdue = folder / "partnership.yaml", folder / "messages" / "overdue.yaml"
    said = partnership.read_text("utf-8").replace(
        "    sector: police\n", "    sector: police\n    language: welsh\n", 1
    )
    partnership.write_text(said, encoding="utf-8")
    overdue.write_text(f"{overdue.read_text('utf-8').rstrip()}\n{WELSH}", encoding="utf-8")
    store = open_store(sqlite_url)
    store.migrate()
    yield Workspace(store, folder)
    store.close()


def _queued(office: Workspace, message: str) -> dict[str, str]:
    letters = office.store.notices(None, "queued")
    return {letter.recipient: f"{letter.subject}\n{letter.text}" for letter in letters if letter.message == message}


def test_an_agency_is_written_to_in_its_language_where_there_are_words(welsh_office: Workspace) -> None:
    opened(welsh_office)
    chase_due_items(welsh_office, now=at(15))
    overdue = _queued(welsh_office, "overdue")
    assert overdue["agency:police:contact"].startswith("Wedi mynd heibio: TR-2026-001\nPolice: Agency return, ")
    assert "Wedi" not in overdue["agency:health:contact"]
    assert "Wedi" not in overdue.get("role:chair", "")


def test_what_is_passed_on_is_in_the_language_of_whoever_gets_it(welsh_office: Workspace) -> None:
    opened(welsh_office)
    chase_due_items(welsh_office, now=at(15))
    before = {letter.recipient: letter for letter in welsh_office.store.notices(None, "queued")}
    give_up_notice(welsh_office, before["agency:police:contact"], "It came back.", now=at(15))
    to_the_deputy = _queued(welsh_office, "overdue")["agency:police:deputy"]
    assert to_the_deputy.startswith("Wedi mynd heibio: TR-2026-001\nThis was meant for Police, who could not be")
    assert "As it was written to them" not in to_the_deputy, "they read the same language"
    for post in ("deputy", "senior"):
        mine = [n for n in welsh_office.store.notices(None, "queued") if n.recipient == f"agency:police:{post}"]
        for letter in mine:
            give_up_notice(welsh_office, letter, "It came back.", now=at(15))
    to_the_office = _queued(welsh_office, "overdue")["role:business_support"]
    english, _, welsh = to_the_office.partition("As it was written to them:")
    assert "Wedi" not in english
    assert "Agency return" in english
    assert "Police: Agency return, " in welsh


def test_whom_the_partnership_fills_an_agencys_post_with_does_not_read_its_language(welsh_office: Workspace) -> None:
    read = {post: language_of_agency(welsh_office.partnership, f"agency:police:{post}") for post in POSTS}
    assert read == {"contact": "welsh", "deputy": "welsh", "senior": "welsh", "partner": "", "designated": ""}


def test_what_has_no_words_in_it_is_in_english(welsh_office: Workspace) -> None:
    opened(welsh_office)
    chase_due_items(welsh_office, now=at(12))
    reminders = _queued(welsh_office, "reminder")
    assert "TR-2026-001: reply by" in reminders["agency:police:contact"]


def test_each_language_is_shown(welsh_office: Workspace) -> None:
    shown = samples(DefinitionFiles(welsh_office.folder), "overdue", "review", today=NOTIFIED)
    assert {sample.about.endswith("(in Welsh)"): sample.subject.startswith("Wedi") for sample in shown} == {
        True: True,
        False: False,
    }
