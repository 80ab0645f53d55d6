"""What stands for a mailbox: an address in its shape, that no mail can reach and no two letters share."""

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.addresses import is_address
from reviewflow.service.contacts.marks import mark_of


@given(st.from_regex(r"[a-z][a-z0-9_]{0,59}", fullmatch=True), st.integers(1, 9999), st.integers(1, 99))
def test_every_contact_has_a_mark_that_a_letter_can_carry(contact: str, event: int, place: int) -> None:
    mark = mark_of(f"contact:{contact}", f"RR-2026-001/{event}.{place}")
    assert is_address(mark)
    assert mark.endswith(".invalid")
    assert mark != mark_of(f"contact:{contact}", f"RR-2026-001/{event + 1}.{place}")
