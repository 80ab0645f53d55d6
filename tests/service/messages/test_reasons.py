"""What a letter prints of why: a sentence, and nothing that the screening would not let in."""

import pytest

from reviewflow.service.messages.fields.reasons import as_sentence


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("the records are at the court", "The reason that was recorded: the records are at the court."),
        ("Is it known?", "The reason that was recorded: Is it known?"),
        ("", ""),
        ("Born 3 March 2015", ""),
    ],
)
def test_a_reason_is_printed_as_a_sentence_and_screened(reason: str, words: str) -> None:
    assert as_sentence(reason) == words
