"""What cannot have changed is read from the database once, and everything else anew."""

from dataclasses import replace

import pytest

from reviewflow.case.model import snapshot
from reviewflow.case.model.item_snapshot import dump_item
from reviewflow.case.model.state import Item
from reviewflow.service.commands.carry_out import find
from reviewflow.service.workspace import read_cases
from reviewflow.service.workspace.read_cases import ReadCases
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import DamagedRow
from tests.service.builders import at, done, opened


def test_a_case_is_read_anew_as_soon_as_something_has_happened_to_it(office: Workspace) -> None:
    reference = opened(office)
    before = office.plan_and_case(find(office, reference))[1]
    assert office.plan_and_case(find(office, reference))[1] is before
    done(office, reference, "agency_return/police", at(6))
    after = office.plan_and_case(find(office, reference))[1]
    assert (before.items["agency_return/police"].done, after.items["agency_return/police"].done) == (None, at(6).date())


def test_a_case_that_was_written_is_not_read_again_and_only_what_changed_is_made_text(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = opened(office)
    done(office, reference, "agency_return/police", at(6))
    row = find(office, reference)
    monkeypatch.setattr(read_cases, "load", lambda *_: pytest.fail("it is read again"))
    _, case = office.plan_and_case(row)
    assert repr(case) == repr(snapshot.load(reference, row.state))
    anew: list[Item] = []
    monkeypatch.setattr(snapshot, "dump_item", lambda item: anew.append(item) or dump_item(item))
    after = done(office, reference, "read/police", at(6)).case
    assert anew == [item for _, item in sorted(after.items.items()) if item not in case.items.values()]
    assert anew


def test_of_many_cases_the_last_are_kept(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_cases, "MOST", 2)
    cases = [find(office, opened(office)) for _ in range(3)]
    read = ReadCases()
    first, *others = [read.read(row.reference, row.state) for row in cases]
    assert [read.read(row.reference, row.state) for row in cases[1:]] == others
    assert read.read(cases[0].reference, cases[0].state) is not first


def test_what_is_damaged_is_told_each_time(office: Workspace) -> None:
    row = find(office, opened(office))
    damaged = replace(row, state=row.state[:-1])
    for _ in range(2):
        with pytest.raises(DamagedRow, match="cannot be read"):
            office.plan_and_case(damaged)


def test_a_definition_is_read_once_although_plans_are_made_ready_anew(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = find(office, opened(office))
    before = office.plan(row.definition)
    office.forget_plans()
    monkeypatch.setattr(office.store, "definition", lambda digest: pytest.fail(f"{digest} is read again"))
    after = office.plan(row.definition)
    assert after is not before
    assert after.definition == before.definition
