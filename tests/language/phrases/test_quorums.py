"""How many of several must agree: what may be written, that it prints as it reads, and what it comes to."""

from __future__ import annotations

import pytest

from reviewflow.language.phrases import PhraseError, Quorum, parse_quorum


@pytest.mark.parametrize(
    "text",
    [
        "all",
        "2 of 3",
        "at least 5",
        "half",
        "more than half",
        "half, police among them",
        "2 of 4, police and health among them",
        "at least 5, one of governors and one of not_employed among them",
        "half, police and two of health or education or housing among them",
    ],
)
def test_a_quorum_prints_as_it_reads(text: str) -> None:
    assert str(parse_quorum(text)) == text


@pytest.mark.parametrize("text", ["most", "3 of 2", "0 of 2", "thirds"])
def test_what_does_not_say_how_many_must_agree_is_refused(text: str) -> None:
    with pytest.raises(PhraseError, match="Write: all, or 2 of 3, or at least 5, or a share: a quarter"):
        parse_quorum(text)


@pytest.mark.parametrize(
    "text", ["2 of 3, police", "half, Police! among them", "two thirds,", "half, some of police among them"]
)
def test_what_does_not_say_who_is_among_them_is_refused(text: str) -> None:
    with pytest.raises(PhraseError, match=r"police among them|how many must agree"):
        parse_quorum(text)


def test_all_names_nobody() -> None:
    with pytest.raises(PhraseError, match="names some although all must agree"):
        parse_quorum("all, police among them")


@pytest.mark.parametrize(
    ("text", "asked", "needed"),
    [
        ("all", 5, 5),
        ("2 of 3", 3, 2),
        ("a quarter", 5, 2),
        ("a third", 7, 3),
        ("half", 5, 3),
        ("half", 4, 2),
        ("more than half", 4, 3),
        ("more than half", 5, 3),
        ("two thirds of them", 6, 4),
        ("two thirds", 7, 5),
        ("three quarters", 6, 5),
    ],
)
def test_a_share_is_rounded_up(text: str, asked: int, needed: int) -> None:
    assert parse_quorum(text).needed(asked) == needed


def test_who_is_named_must_be_among_those_who_agree() -> None:
    quorum = Quorum(share="two thirds", among=("police",))
    assert quorum.is_met(["police", "health"], 3)
    assert not quorum.is_met(["health", "schools"], 3)
    assert not quorum.is_met(["police"], 3)


def test_so_many_of_a_kind_must_be_among_those_who_agree() -> None:
    quorum = parse_quorum("at least 2, one of police or probation and one of governors among them")
    quorum = quorum.of_members({"governors": ("the governors", ("chair", "parent"))})
    assert quorum.is_met(["police", "parent"], 9)
    assert not quorum.is_met(["police", "probation", "health"], 9)
    assert not quorum.is_met(["parent"], 9)
    assert [kind.words(str) for kind in quorum.absent(["police"]) if not isinstance(kind, str)] == [
        "one of the governors"
    ]
