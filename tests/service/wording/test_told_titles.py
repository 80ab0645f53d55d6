"""What letters call an item: enough to tell it from its like, and nothing that somebody has typed."""

import pytest

from reviewflow.service.wording.titles import told_words

KNOWN = {"police", "partner_health"}


@pytest.mark.parametrize(
    ("title", "key", "owner", "told"),
    [
        ("Read the return · Police", "police", "Manager", "Read the return · Police"),
        ("Read the return · Police", "police", "Police", "Read the return"),
        ("Read the return · Police", "police", "Police (senior sign-off)", "Read the return"),
        ("Read the return", "", "Manager", "Read the return"),
        ("Read the return · 2 What a person typed", "2", "Police", "Read the return (number 2)"),
        ("Read the return · A label that was typed", "a_label_that_was_typed", "Manager", "Read the return"),
    ],
)
def test_a_letter_names_whose_or_which_and_no_typed_words(title: str, key: str, owner: str, told: str) -> None:
    assert told_words("Read the return", title, key, owner, KNOWN) == told
