"""What a letter reads of all its cases at once is what is read of each by itself."""

import pytest

from reviewflow.service.delivery.owner_first import LetterCases
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import database
from reviewflow.store.cases import cases
from tests.service.builders import at, done, opened


@pytest.mark.parametrize("at_once", [1, 3, 8, 256])
def test_cases_read_at_once_are_what_each_is(office: Workspace, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (database, cases):
        monkeypatch.setattr(module, "AT_ONCE", at_once)
    references = [opened(office) for _ in range(7)]
    done(office, references[2], "agency_return/health", at(8))
    chase_due_items(office, now=at(12))
    asked = [references[4], references[2], *references, "TR-2026-099"]
    letter = LetterCases(office, asked)
    for reference in asked:
        assert letter.row(reference) == office.store.load(reference)
        assert list(letter.messages(reference)) == office.store.messages(reference)
    assert office.store.open_days(references) == {
        reference: {item.item: item.due for _, item in office.store.items(reference)} for reference in references
    }
    assert [row.reference for row in office.store.load_these(references[::-1])] == references
    assert LetterCases(office, ()).row(references[0]) is None
    assert office.store.open_days(()) == {}
