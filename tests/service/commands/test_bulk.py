"""What happens around cases: calendars that change, agencies that merge, posts that are handed over."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.service.commands.bulk import follow_calendars, hand_over, merge_agencies, recount
from reviewflow.service.delivery.queue import mailbox
from reviewflow.service.sweep.seldom.look_ahead import count_anew, look_ahead
from reviewflow.service.views.history import history
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened


def changed(office: Workspace, folder: Path, file: str, old: str, new: str) -> Workspace:
    """The same office after somebody has edited a file."""
    copy = folder / "definitions"
    shutil.copytree(office.folder, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return Workspace(office.store, copy)


def due(office: Workspace, reference: str) -> str | None:
    return next(item.due for states, item in office.store.items(reference) if item.item == "submission")


def test_an_announced_bank_holiday_moves_open_days_once(office: Workspace, tmp_path: Path) -> None:
    reference = opened(office)
    assert follow_calendars(office, by=BY, now=at(5)) == []
    assert due(office, reference) == "2026-05-27"
    later = changed(office, tmp_path, "calendars.yaml", "proclaimed_until: 2028-12-31", HOLIDAY)
    assert count_anew(later, now=at(7)) == 1
    assert look_ahead(later, now=at(7)) == 0
    assert due(later, reference) == "2026-05-28"
    words = [entry.words for entry in history(later, reference)]
    assert sum("Due days moved, because the calendar changed" in word for word in words) == 1
    assert follow_calendars(later, by=BY, now=at(8)) == []
    assert recount(later, "to be sure", by=BY, now=at(8)) == []


HOLIDAY = "proclaimed_until: 2028-12-31\nengland:\n  add:\n    2026-05-15: A day of mourning"


def test_one_agency_goes_on_for_another_in_every_open_case(office: Workspace) -> None:
    first, second = opened(office), opened(office)
    done = merge_agencies(office, c.MergeAgencies("health", "police", "made up"), by=BY, now=at(6))
    assert [changed.reference for changed in done] == [first, second]
    owners = {item.owner for _, item in office.store.items(first)}
    assert "agency:health" not in owners
    assert [entry.kind for entry in office.store.noted("agencies")] == ["agencies"]
    with pytest.raises(Refused, match="has no part in any open case"):
        merge_agencies(office, c.MergeAgencies("health", "police", "again"), by=BY, now=at(6))
    with pytest.raises(Refused, match="is not an agency"):
        merge_agencies(office, c.MergeAgencies("police", "nobody", "made up"), by=BY, now=at(6))


def test_the_agency_that_goes_on_for_another_is_told_what_is_with_it_now(office: Workspace) -> None:
    """Before it is reminded; what went to the other one and had not left goes no more."""
    reference = opened(office)
    merge_agencies(office, c.MergeAgencies("health", "school", "made up"), by=BY, now=at(6))
    [told] = [notice for notice in office.store.notices(reference) if notice.message == "now_owed"]
    assert (told.item, told.recipient) == ("agency_return/school", "agency:school:contact")
    assert "is now with you. It is due on Thu 14 May 2026" in told.text


def test_who_has_a_post_now_is_read_anew(office: Workspace, tmp_path: Path) -> None:
    later = changed(office, tmp_path, "partnership.yaml", "chair@scp.example.org", "new.chair@scp.example.org")
    assert mailbox(office.partnership, "role:chair") == "chair@scp.example.org"
    assert mailbox(DefinitionFiles(later.folder).partnership, "role:chair") == "new.chair@scp.example.org"


def test_a_handover_stands_in_the_log_of_the_office(office: Workspace) -> None:
    opened(office)
    assert hand_over(office, "business_manager", "a new post holder begins", by=BY, now=at(6)) == 0
    number = office.store.noted("handover")[0]
    assert (number.by, "a new post holder begins" in number.body) == (BY, True)
    with pytest.raises(Refused, match="Did you mean"):
        hand_over(office, "busines_manager", "a new post holder begins", by=BY, now=at(6))


def test_days_of_the_past_are_not_touched(office: Workspace) -> None:
    reference = opened(office)
    assert recount(office, "nothing was changed", by=BY, now=at(6)) == []
    assert date.fromisoformat(due(office, reference) or "") == date(2026, 5, 27)
