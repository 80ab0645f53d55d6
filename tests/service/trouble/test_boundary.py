"""What fails is told, and tried again with growing pauses; what works is cleared; what all share ends the work."""

from datetime import datetime, timedelta

import pytest

from reviewflow.service.trouble.boundary import Boundary, item_key, plain
from reviewflow.service.trouble.words import remedy, times_words, trouble_lines, trouble_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import StoreUnavailable
from tests.service.builders import at

SECRET = "what somebody wrote"


def fail(boundary: Boundary, key: str = "TR-2026-001") -> None:
    with boundary.around("case", key):
        raise KeyError(SECRET)


def pauses(office: Workspace, tries: int) -> list[timedelta]:
    now, between = at(5), list[timedelta]()
    for _ in range(tries):
        fail(Boundary(office, "chase", now))
        [trouble] = office.store.troubles()
        between.append(datetime.fromisoformat(trouble.next_try) - now)
        now = datetime.fromisoformat(trouble.next_try)
    return between


def test_pauses_grow_to_a_day(office: Workspace) -> None:
    minutes = [pause.total_seconds() / 60 for pause in pauses(office, 9)]
    assert minutes == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]


def test_nothing_that_people_wrote_is_kept(office: Workspace) -> None:
    fail(Boundary(office, "chase", at(5)))
    [trouble] = office.store.troubles()
    assert SECRET not in str(trouble)
    assert trouble.what == "KeyError"
    with Boundary(office, "chase", at(5)).around("case", "TR-2026-002"):
        office.plan("no such hash")
    assert office.store.troubles()[1].what.startswith(
        "DamagedRow in reviewflow.service.workspace.workspace._pinned, line "
    )


def test_it_is_not_tried_before_its_time_and_not_counted_twice(office: Workspace) -> None:
    fail(Boundary(office, "chase", at(5)))
    early = Boundary(office, "chase", at(5) + timedelta(minutes=14))
    assert (early.may_try("case", "TR-2026-001"), early.may_try("case", "TR-2026-002")) == (False, True)
    fail(early)
    assert office.store.troubles()[0].tries == 1
    later = Boundary(office, "chase", at(5) + timedelta(minutes=15))
    assert later.waiting("case") == ["TR-2026-001"]
    assert Boundary(office, "letters", at(6)).waiting("case") == []


def test_what_works_is_cleared_and_what_is_gone_too(office: Workspace) -> None:
    fail(Boundary(office, "chase", at(5)), "works")
    fail(Boundary(office, "chase", at(5)), "gone")
    fail(Boundary(office, "chase", at(6)), "new")
    boundary = Boundary(office, "chase", at(6))
    with boundary.around("case", "works"):
        pass
    assert [trouble.key for trouble in office.store.troubles()] == ["gone", "new"]
    boundary.end("case")
    assert [trouble.key for trouble in office.store.troubles()] == ["new"]


def test_a_database_that_is_gone_is_no_trouble_of_a_case(office: Workspace) -> None:
    with pytest.raises(StoreUnavailable), Boundary(office, "chase", at(5)).around("case", "TR-2026-001"):
        raise StoreUnavailable("gone")
    assert office.store.troubles() == []


def test_it_is_told_in_a_sentence_with_what_to_do(office: Workspace) -> None:
    fail(Boundary(office, "chase", at(5)))
    [trouble] = office.store.troubles()
    assert trouble_words(trouble) == "TR-2026-001 could not be chased: KeyError"
    assert times_words(trouble) == "since Tue 5 May 2026 11:00, tried once, again Tue 5 May 2026 11:15"
    [line] = trouble_lines(office)
    assert line.endswith(f"What to do: {remedy(trouble)}.")


def test_places_name_cases_and_agencies_and_no_word_of_people(office: Workspace) -> None:
    assert item_key(office.partnership, "TR-2026-001", "agency_return/police") == "TR-2026-001/agency_return/police"
    assert "Smith" not in item_key(office.partnership, "TR-2026-001", "session/Mr Smith")
    assert plain("TR-2026-001/14.1") == "TR-2026-001/14.1"
    assert "Smith" not in plain("Mr Smith's case")
