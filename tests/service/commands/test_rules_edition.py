"""Cases that were opened under an earlier edition of reviewflow's own rules: nothing moves until the office says so."""

from dataclasses import replace

import pytest

from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules import edition
from reviewflow.service.commands.carry_out import current
from reviewflow.service.commands.rules_edition import adopt_rules, would_move
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened


@pytest.fixture
def earlier(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case that was opened before there was a second edition: its opening says nothing of one."""
    monkeypatch.setattr(edition, "CURRENT", None)
    reference = opened(office)
    monkeypatch.undo()
    return reference


def test_a_new_case_is_run_by_the_present_rules(office: Workspace) -> None:
    reference = opened(office)
    assert current(office, reference).rules == edition.CURRENT
    assert list(would_move(office, now=at(6))) == []
    with pytest.raises(Refused, match="present rules already"):
        adopt_rules(office, [reference], "to be sure", by=BY, now=at(6))


def test_an_earlier_case_keeps_its_rules_until_the_office_has_seen_what_moves(office: Workspace, earlier: str) -> None:
    before = current(office, earlier)
    assert before.rules == 1
    (seen,) = would_move(office, now=at(6))
    assert (seen.reference, seen.rules) == (earlier, 1)
    assert current(office, earlier) == before
    assert adopt_rules(office, [], "the partners have seen it", by=BY, now=at(6)) == {earlier: 0}
    assert replace(current(office, earlier), rules=1).dates == before.dates
    assert current(office, earlier).rules == edition.CURRENT
    assert any("Goes on by edition 2" in entry.words for entry in history(office, earlier))


def test_an_opening_of_the_first_edition_is_stored_as_it_always_was(office: Workspace, earlier: str) -> None:
    first = next(iter(office.store.events(earlier)))
    assert '"rules"' not in first.body
    assert isinstance(e.decode(first.kind, first.body), e.Opened)
