"""The audit proves who bears the keys in the chains: a swapped, missing or secretly erased name shows."""

import json

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.records.audit import audit
from reviewflow.service.records.erasure import erase
from reviewflow.service.records.proof.finding import AuditFinding
from reviewflow.service.records.proof.names import unproven
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import Store
from tests.service import conftest
from tests.service.builders import RETURN, at, opened

office = conftest.office
"""With the toy definitions, in place of the office that this folder's other tests have."""
UNLOCK = {
    "sqlite": ("DROP TRIGGER people_no_UPDATE", "DROP TRIGGER people_no_DELETE"),
    "postgresql": ("DROP TRIGGER people_no_change ON people",),
}


def tamper(store: Store, *statements: str) -> None:
    for statement in (*UNLOCK[store.driver.dialect], *statements):
        store.driver.commit([(statement, ())])


@pytest.fixture
def two(office: Workspace) -> tuple[str, str]:
    """A case in which two people recorded things, and their names."""
    reference = opened(office)
    returned = c.Complete("agency_return/police", RETURN)
    carry_out(office, reference, returned, by="Another officer", now=at(12))
    first, second = office.store.people.names()
    return first, second


def sentences(office: Workspace) -> list[str]:
    return [finding.words for finding in audit(office)[1]]


def test_names_that_nobody_touched_are_proven(office: Workspace, two: tuple[str, str]) -> None:
    erase(office, two[0], "has left", by="Records officer", now=at(25))
    assert audit(office) == (1, [])
    assert unproven(office) == 0


def test_names_that_were_swapped_show(office: Workspace, two: tuple[str, str]) -> None:
    first, second = two
    tamper(
        office.store,
        f"UPDATE people SET name = '?' WHERE name = '{first}'",
        f"UPDATE people SET name = '{first}' WHERE name = '{second}'",
        f"UPDATE people SET name = '{second}' WHERE name = '?'",
    )
    assert all("is not who the chains say" in sentence for sentence in sentences(office))
    assert len(sentences(office)) == 2


def test_a_name_that_was_changed_shows(office: Workspace, two: tuple[str, str]) -> None:
    tamper(office.store, f"UPDATE people SET name = 'somebody else' WHERE name = '{two[0]}'")
    [words] = sentences(office)
    assert words.startswith('"somebody else" is not who the chains say under ')


def test_another_salt_shows(office: Workspace, two: tuple[str, str]) -> None:
    tamper(office.store, f"UPDATE people SET salt = '{'0' * 64}' WHERE name = '{two[0]}'")
    assert len(sentences(office)) == 1


def test_a_name_that_was_emptied_behind_the_office_shows(office: Workspace, two: tuple[str, str]) -> None:
    tamper(office.store, f"UPDATE people SET name = NULL, salt = NULL WHERE name = '{two[0]}'")
    [words] = sentences(office)
    assert words.endswith("was taken out, and not by reviewflow erase")


def test_a_name_that_was_removed_shows_with_a_case(office: Workspace, two: tuple[str, str]) -> None:
    tamper(office.store, f"DELETE FROM people WHERE name = '{two[0]}'")
    [finding] = audit(office)[1]
    assert finding.words.startswith("who recorded things as ")
    assert office.store.load(finding.reference) is not None


def test_a_salt_that_outlived_its_name_shows(office: Workspace, two: tuple[str, str]) -> None:
    erase(office, two[0], "has left", by="Records officer", now=at(25))
    [noted] = office.store.noted("name_erased")
    [key] = json.loads(noted.body)["keys"]
    tamper(office.store, f"UPDATE people SET salt = '{'0' * 64}' WHERE key = '{key}'")
    assert audit(office)[1] == [
        AuditFinding("Names", None, f"the name of {key} was taken out, and not by reviewflow erase")
    ]
