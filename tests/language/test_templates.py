"""Message templates: a field that begins a sentence begins it as one does."""

import pytest

from reviewflow.language.templates import render


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{who} can help. {who} rings.", "The office can help. The office rings."),
        ("Hello,\n\n{who} asks:\n- {who}\n  {who}", "Hello,\n\nThe office asks:\n- The office\n  The office"),
        ("Ask {who}: {who} helps.", "Ask the office: the office helps."),
        ("{address} is read.", "reviews@example.org is read."),
    ],
)
def test_a_field_that_begins_a_sentence_begins_with_a_capital_letter(template: str, words: str) -> None:
    assert render(template, {"who": "the office", "address": "reviews@example.org"}) == words
