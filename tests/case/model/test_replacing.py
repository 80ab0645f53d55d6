"""A record with some of its fields changed is what Python's own library makes of it."""

import dataclasses
from datetime import date

import pytest

from reviewflow.case.model.arranged import Delegation, KnownContact, Placed
from reviewflow.case.model.beside import Linked
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, CaseStatus, Item, Status

DAY = date(2026, 5, 5)
CASE = Case("RR-2026-001", "review", 1, "hash", CaseStatus.OPEN, DAY, {"notified": DAY}, ("police",))
RECORDS = (CASE, Item(Status.OPEN, due=DAY), Placed(DAY, "a court"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_each_field_can_be_changed_and_the_others_stay(record: Case | Item | Placed) -> None:
    for field in dataclasses.fields(record):
        changed = replace(record, **{field.name: "another"})
        assert changed == dataclasses.replace(record, **{field.name: "another"})
        assert changed != record
    assert replace(record) == record


def test_what_it_was_made_of_stays_and_so_does_what_is_made() -> None:
    closed = replace(CASE, status=CaseStatus.CLOSED, ended=DAY)
    assert (CASE.status, CASE.ended) == (CaseStatus.OPEN, None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        closed.ended = None  # type: ignore[misc]


def test_a_field_that_it_has_not_is_a_bug() -> None:
    with pytest.raises(TypeError, match=r"^Case has no field 'endd'\.$"):
        replace(CASE, endd=DAY)  # type: ignore[call-arg]


@pytest.mark.parametrize("kind", [Case, Item, Placed, KnownContact, Delegation, Linked], ids=lambda kind: kind.__name__)
def test_every_record_of_a_case_is_one_that_can_be_changed_so(kind: type) -> None:
    """It has slots, more than one field, and nothing that is worked out when it is made."""
    names = [field.name for field in dataclasses.fields(kind)]
    assert len(names) > 1
    assert list(kind.__slots__) == names  # type: ignore[attr-defined]
    assert not hasattr(kind, "__post_init__")
