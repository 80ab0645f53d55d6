"""What a case is pinned to: the same content has the same hash, and the stored text gives back the same."""

import pytest

from reviewflow.language.definition import Definition, define
from tests.language.definitions import OK, PLACE, case_files, library

EVERY_KEY = case_files(OK / "every_key.yaml")[PLACE]


def pinned(text: bytes = EVERY_KEY) -> Definition:
    return define(library({PLACE: text}), "toy")


def test_the_same_content_has_the_same_hash() -> None:
    told_otherwise = b"# a comment\n" + EVERY_KEY.replace(b"\n", b"\r\n").replace(b"after: [ask]", b"after: ask")
    assert pinned(told_otherwise).hash == pinned().hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"title: Read,", b"title: Read it,"),
        (b"7 working days before", b"8 working days before"),
        (b"  read:\n", b"  reread:\n"),
    ],
)
def test_other_content_has_another_hash(old: bytes, new: bytes) -> None:
    changed = EVERY_KEY.replace(old, new) if old in EVERY_KEY else EVERY_KEY.replace(b"title: Read", b"title: Reads")
    assert pinned(changed).hash != pinned().hash


def test_the_order_of_steps_is_the_files() -> None:
    later = ["plan", "pause", "tell", "learn", "seal", "open", "agree", "act", "judge"]
    assert list(pinned().process.steps) == ["ask", "give", "read", "views", "meet", *later]
    assert list(Definition.model_validate_json(pinned().body).process.steps) == list(pinned().process.steps)


@pytest.mark.parametrize("case", sorted(OK.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_stored_text_gives_back_the_same(case) -> None:
    found = define(library(case_files(case)), "toy" if PLACE in case_files(case) else "learning")
    stored = Definition.model_validate_json(found.body)
    assert stored == found.model_copy(update={"targets": None, "opened": {}})  # of today: kept with none
    assert (stored.body, stored.hash) == (found.body, found.hash)


def test_all_that_a_case_needs_is_pinned() -> None:
    found = pinned()
    assert set(found.forms) == {"agency_return"}
    assert set(found.messages) == {"reminder"}
    assert set(found.ladders) == {"returns", "tasks"}
    assert set(found.national) == {"rapid_review"}
    assert found.limit_title("submission") == "Our own name"
