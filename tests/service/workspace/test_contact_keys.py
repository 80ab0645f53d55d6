"""Who a contact is: sealed for one case and one contact, and nothing of it shows."""

import pytest

from reviewflow.service.workspace.contact_keys import (
    KEY,
    KEY_FILE,
    ContactPerson,
    ContactSealed,
    contact_keys,
    new_key,
    open_sealed,
    seal,
)

PERSON = ContactPerson("quist@home.example.org", "Mr Quist")


def test_what_was_sealed_is_opened_for_the_same_contact_of_the_same_case_alone() -> None:
    key = new_key()
    sealed = seal(key, "RR-2026-001", "family", PERSON)
    assert open_sealed(key, "RR-2026-001", "family", sealed) == PERSON
    for case, contact in (("RR-2026-002", "family"), ("RR-2026-001", "requester")):
        with pytest.raises(ContactSealed, match="was not encrypted with a key that is set here"):
            open_sealed(key, case, contact, sealed)


def test_what_was_changed_in_the_database_is_not_opened() -> None:
    key = new_key()
    sealed = seal(key, "RR-2026-001", "family", PERSON)
    with pytest.raises(ContactSealed):
        open_sealed(key, "RR-2026-001", "family", sealed[:-6] + "AAAAA=")


def test_nothing_of_a_person_shows() -> None:
    assert repr(PERSON) == "ContactPerson()"
    assert "Quist" not in seal(new_key(), "RR-2026-001", "family", PERSON)


def test_a_file_that_cannot_be_read_is_said_without_its_words(tmp_path) -> None:
    assert contact_keys({}) == ""
    assert contact_keys({KEY: " abc ", KEY_FILE: "nowhere"}) == "abc"
    with pytest.raises(ContactSealed, match="cannot be read"):
        contact_keys({KEY_FILE: str(tmp_path / "nowhere")})
    with pytest.raises(ContactSealed, match="cannot be read"):
        contact_keys({KEY_FILE: str(tmp_path)})
