"""The number of a message as text, and taken apart again."""

from __future__ import annotations

import pytest

from reviewflow.store.records.message_references import NoticeNumber


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("RR-2026-001/14.1", NoticeNumber("RR-2026-001", 14, 1)),
        ("RR-2026-001/9.12", NoticeNumber("RR-2026-001", 9, 12)),
        ("LA/2026/7/3.2", NoticeNumber("LA/2026/7", 3, 2)),
    ],
)
def test_a_number_says_the_case_the_command_and_the_place(text: str, number: NoticeNumber) -> None:
    assert NoticeNumber.parse(text) == number
    assert str(number) == text


@pytest.mark.parametrize("text", ["", "14.1", "RR-2026-001/14", "RR-2026-001/digest.1"])
def test_what_is_no_number_of_a_message_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no number of a message|invalid literal"):
        NoticeNumber.parse(text)
