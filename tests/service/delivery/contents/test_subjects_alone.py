"""Where the subjects of letters alone are asked for, less is written anew, and each letter is called the same."""

import shutil
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.delivery.contents.leaving import as_far_as_subjects_show, as_they_leave
from reviewflow.service.delivery.contents.order import most_urgent_first
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.owner_first import LetterCases
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice
from tests.service.builders import BY, at, opened
from tests.service.conftest import TOY

LEAVES = at(13)


@pytest.fixture
def office(office: Workspace, tmp_path: Path) -> Workspace:
    """The toy, in which the request tells of the return, with its day."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process = folder / "processes/review.yaml"
    process.write_text(process.read_text().replace("send: reminder\n", "send: reminder\n    about: agency_return\n"))
    return Workspace(office.store, folder)


def subject(cases: LetterCases, notices: list[Notice]) -> str:
    ordered = tuple(most_urgent_first(cases, notices))
    return compose(cases.workspace.partnership, OutgoingLetter("L", "somebody@example.org", ordered, LEAVES))[0]


def written_before_their_days_moved(office: Workspace) -> list[Notice]:
    """Requests and reminders of two cases; in one each is due on another day by the time at which they leave."""
    references = [opened(office), opened(office)]
    chase_due_items(office, now=at(12))
    for agency in ("police", "health"):
        later = c.Extend(f"agency_return/{agency}", at(21).date(), "chair", "agreed by telephone")
        carry_out(office, references[0], later, by=BY, now=at(12, 20))
    return office.store.notices(status="queued")


def test_a_letter_is_called_the_same(office: Workspace) -> None:
    notices = written_before_their_days_moved(office)
    others = [replace(notice, id=notice.id + 1000, recipient="role:nobody") for notice in notices]
    called = set()
    for some in combinations_with_replacement([*notices, *others], 3):
        claimed = [*{notice.id: notice for notice in some}.values()]
        cases = LetterCases(office, (notice.reference for notice in claimed))
        whole = subject(cases, as_they_leave(cases, claimed, LEAVES))
        assert subject(cases, as_far_as_subjects_show(cases, claimed, LEAVES)) == whole
        called.add((whole, subject(cases, claimed)))
    assert any(now != before for now, before in called)
