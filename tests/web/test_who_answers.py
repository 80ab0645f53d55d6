"""Whoever owes something gets an address that works: an agency by its reminder, the chair and the office by digests."""

import pytest

from reviewflow.language.model import Digest
from reviewflow.service.sweep.digests import make_digests
from tests.service.builders import at, done
from tests.service.delivery.letters import knows
from tests.web.letters import Post, address_in, item

BEFORE = ("agency_return/police", "agency_return/health", "read/police", "read/health")
HELD = {"f.held_on-day": "12", "f.held_on-month": "5", "f.held_on-year": "2026", "f.learning": "no"}
WHO = [
    (1, "read/police", "business_support", {"f.enough": "yes"}),
    (4, "meeting", "chair", HELD),
    (5, "submit", "business_manager", {}),
]


@pytest.mark.parametrize(("before", "name", "post_of_it", "answers"), WHO)
def test_a_post_answers_from_its_digest(
    post: Post, case: str, before: int, name: str, post_of_it: str, answers: dict[str, str]
) -> None:
    for earlier in BEFORE[:before]:
        done(post.workspace, case, earlier, at(12))
    if before > len(BEFORE):
        done(post.workspace, case, "meeting", at(12), held_on="2026-05-12", learning="no")
    post.deliver()
    digest = {"title": "The day", "to": (post_of_it,), "every": "working day"}
    knows(post.workspace, digests={"morning": Digest.model_validate(digest)})
    post.now = at(26, 12)
    assert make_digests(post.workspace, now=post.now) == 1
    mailbox = post.workspace.partnership.roles[post_of_it].email
    path = address_in(post.text_to(str(mailbox)))
    assert post.client().post(path, data=answers).status_code == 303
    assert item(post, case, name).status == "done"
