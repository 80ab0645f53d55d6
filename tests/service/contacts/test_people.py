"""Who a contact is goes with the case, on both kinds of database; the history keeps that there was one."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.contacts.letters import refuse, release, waiting_letters
from reviewflow.service.contacts.people import contacts_of, erase_contact, give, person_of
from reviewflow.service.records.audit import audit
from reviewflow.service.workspace.contact_keys import ContactPerson, new_key
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import TO_RELEASE, Destroyed
from reviewflow.store.store import open_store
from tests.cli.test_contacts import CASE, MESSAGE, PROCESS, TOY

NOW = datetime(2026, 5, 7, 10, tzinfo=UTC)
KEY = new_key()
FIRST, SECOND = ContactPerson("quist@home.example.org", "Mr Quist"), ContactPerson("other@home.example.org", "Ms Quist")


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Workspace]:
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "told.yaml").write_text(PROCESS, encoding="utf-8")
    (folder / "messages" / "to_family.yaml").write_text(MESSAGE, encoding="utf-8")
    store = open_store(database_url)
    store.migrate()
    workspace = Workspace(store, folder)
    open_case(workspace, "told", c.Open({"notified": NOW.date()}), by="t", now=NOW)
    give(workspace, KEY, CASE, "family", FIRST, by="t", now=NOW)
    yield workspace
    store.close()


def _kept(office: Workspace) -> int:
    [(number,)] = office.store.driver.rows("SELECT count(*) FROM contacts")
    return int(number)


def test_given_anew_the_newer_one_counts_and_erased_none(office: Workspace) -> None:
    give(office, KEY, CASE, "family", SECOND, by="t", now=NOW)
    assert (person_of(office, KEY, CASE, "family"), _kept(office)) == (SECOND, 1)
    erase_contact(office, CASE, "family", "they asked for it", by="t", now=NOW)
    assert _kept(office) == 0
    with pytest.raises(UserError, match='Who "family" is was erased on Thu 7 May 2026'):
        person_of(office, KEY, CASE, "family")
    [line] = contacts_of(office, CASE)
    assert line.words == "erased Thu 7 May 2026"
    assert audit(office) == (1, [])


def test_it_is_erased_of_a_case_that_is_over_and_not_given(office: Workspace) -> None:
    carry_out(office, CASE, c.Withdraw("a mistake"), by="t", now=NOW)
    with pytest.raises(Refused):
        give(office, KEY, CASE, "family", SECOND, by="t", now=NOW)
    assert person_of(office, KEY, CASE, "family") == FIRST
    erase_contact(office, CASE, "family", "it is over", by="t", now=NOW)
    assert _kept(office) == 0


def test_it_goes_with_the_case(office: Workspace) -> None:
    row = find(office, CASE)
    assert office.store.mark_destroyed(row, Destroyed(CASE, stamp(NOW), "t", "{}"))
    office.store.destroy(row)
    assert _kept(office) == 0


def test_a_letter_waits_and_is_released_or_refused_once(office: Workspace) -> None:
    carry_out(office, CASE, c.Complete("begin"), by="t", now=NOW)
    [letter] = waiting_letters(office)
    assert office.store.waiting("2027-01-01T00:00:00+00:00") == []
    with pytest.raises(UserError, match="--by NAME"):
        release(office, letter.number, by=" ", now=NOW)
    release(office, letter.number, by="A. Manager", now=NOW)
    assert [notice.status for notice in office.store.notices(CASE)] == ["queued"]
    for again in (lambda: release(office, letter.number, by="A", now=NOW), lambda: _refuse(office, letter.number)):
        with pytest.raises(UserError, match="No letter"):
            again()


def _refuse(office: Workspace, number: str) -> None:
    refuse(office, number, "it is not wanted", by="A. Manager", now=NOW)


def test_a_refused_letter_and_one_of_a_case_that_ends_are_withdrawn(office: Workspace) -> None:
    carry_out(office, CASE, c.Complete("begin"), by="t", now=NOW)
    [letter] = waiting_letters(office)
    _refuse(office, letter.number)
    carry_out(office, CASE, c.Reopen("tell", "they want one after all"), by="t", now=NOW)
    assert [notice.status for notice in office.store.notices(CASE)] == ["withdrawn", TO_RELEASE]
    carry_out(office, CASE, c.Withdraw("a mistake"), by="t", now=NOW)
    assert {notice.status for notice in office.store.notices(CASE)} == {"withdrawn"}
    assert waiting_letters(office) == []
