"""Meetings of a group, as they are written in a file and as they are misspelt."""

import pytest

from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.named_days import MEETINGS, names_a_meeting, parse_meeting


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("the next meetng of panel after notified", "the next meeting of panel after notified"),
        ("the last metting of panel before notified", "the last meeting of panel before notified"),
        ("the next meetings of panel after notified", "the next meeting of panel after notified"),
        ("the next meeting of panel before notified", "the last meeting of panel before notified"),
        ("the next panel meeting after notified", MEETINGS),
    ],
)
def test_another_spelling_is_told_how_it_is_written(words: str, instead: str) -> None:
    assert names_a_meeting(words)
    with pytest.raises(PhraseError) as refused:
        parse_meeting(words)
    assert (refused.value.code, str(refused.value).endswith(f"Write: {instead}.")) == ("PD436", True)


@pytest.mark.parametrize(
    "words",
    [
        "the last Monday of the month after notified",
        "the last month of a year",
        "the next second Thursday of a month after notified",
        "on meet.meets_on",
        "5 working days after meeting",
    ],
)
def test_what_speaks_of_no_group_is_no_meeting(words: str) -> None:
    assert not names_a_meeting(words)
