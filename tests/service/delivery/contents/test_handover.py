"""Whoever takes on a post gets a letter that says what it owes, and in which cases."""

from reviewflow.service.delivery.contents.handover import tell_new_holder
from reviewflow.service.sweep.digests import make_digests
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, opened
from tests.service.delivery.letters import post

MANAGER = "chair"


def test_what_the_post_owes_and_where(office: Workspace) -> None:
    reference = opened(office)
    for name in ("police", "health"):
        done(office, reference, f"agency_return/{name}", at(12))
        done(office, reference, f"read/{name}", at(12))
    post(office, at(12))
    assert tell_new_holder(office, MANAGER, now=at(13))
    make_digests(office, now=at(13))
    address = office.partnership.roles[MANAGER].email
    [letter] = [letter for letter in post(office, at(13)) if letter.address == address]
    [text] = [digest.text for digest in letter.digests if digest.key == f"handover/{MANAGER}/2026-05-13"]
    assert f"- {reference}: Review meeting, by Tue 19 May 2026 (4 working days left)" in text


def test_a_post_that_owes_nothing_hears_that(office: Workspace) -> None:
    assert tell_new_holder(office, MANAGER, now=at(13))
    [digest] = office.store.digests()
    assert "- Nothing today." in digest.text
    assert "What comes next" not in digest.text


def test_what_comes_next_for_the_post_by_its_planned_day(office: Workspace) -> None:
    reference = opened(office)
    assert tell_new_holder(office, MANAGER, now=at(6))
    [text] = [digest.text for digest in office.store.digests() if digest.key.startswith("handover/")]
    owed, _, coming = text.partition("What comes next for this post, as it is planned today:\n")
    assert "Review meeting" not in owed
    assert f"- {reference}: Review meeting, planned for Tue 19 May 2026\n" in coming
