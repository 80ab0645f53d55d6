"""Ids of items: made, and taken apart."""

import pytest

from reviewflow.case.model.ids import item_id, key_of, step_of


@pytest.mark.parametrize(("step", "key", "item"), [("meeting", "", "meeting"), ("return", "police", "return/police")])
def test_an_item_is_a_step_of_somebody(step: str, key: str, item: str) -> None:
    assert item_id(step, key) == item
    assert (step_of(item), key_of(item)) == (step, key)
