"""Conditions are said so that no reader takes one grouping for another."""

import pytest

from reviewflow.language.conditions import parse_condition
from reviewflow.language.said_conditions import said

A, B, C = {"s.a": "yes"}, {"s.b": "yes"}, {"s.c": "yes"}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (A, "a"),
        ({"all": [A, B, C]}, "a and b and c"),
        ({"all": [A, {"any": [B, C]}]}, "a and (b or c)"),
        ({"any": [A, {"all": [B, C]}]}, "a or (b and c)"),
        ({"not": A}, "it is not so that a"),
        ({"not": {"all": [A, B]}}, "it is not so that (a and b)"),
        ({"all": [{"not": A}, B]}, "(it is not so that a) and b"),
        ({"any": [A, {"not": {"any": [B, C]}}]}, "a or it is not so that (b or c)"),
        ({"not": {"any": [C]}}, "it is not so that c"),
    ],
    ids=str,
)
def test_brackets_stand_wherever_plain_words_could_mean_two_things(condition: object, words: str) -> None:
    assert said(parse_condition(condition), lambda leaf: leaf.field) == words
