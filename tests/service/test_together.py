"""The sweep writes several cases at once; who is first with one of them does not disturb the others."""

from collections.abc import Sequence

import pytest

from reviewflow.service.records.audit import audit
from reviewflow.service.sweep import chase as sweep
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Change
from reviewflow.store.store import Store
from tests.service.builders import at, done, opened


def test_an_answer_at_the_last_moment_is_not_chased_and_all_others_are(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = [opened(office) for _ in range(3)]
    together = Store.append_together

    def after_an_answer(store: Store, changes: Sequence[Change]) -> bool:
        monkeypatch.setattr(Store, "append_together", together)
        done(office, references[1], changes[1].items[0].item, at(12))
        return together(store, changes)

    monkeypatch.setattr(Store, "append_together", after_an_answer)
    assert chase_due_items(office, now=at(12)) == 5
    chased = [each.item for each in office.store.notices() if each.item.startswith("agency_return")]
    assert len(chased) == 5
    assert audit(office) == (3, [])


def test_more_items_than_are_asked_for_at_once_are_all_chased(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH", 3)
    monkeypatch.setattr(sweep, "TOGETHER", 2)
    for _ in range(5):
        opened(office)
    assert chase_due_items(office, now=at(12)) == 10
    assert chase_due_items(office, now=at(12)) == 0
    assert audit(office) == (5, [])
