"""What is recorded elsewhere than in Prefect is shown there soon, by one of several, and a sweep does what fails."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime

import httpx
import pytest

from reviewflow.london import stamp
from reviewflow.service.workspace.workspace import Workspace
from tasks.views import shown_soon
from tasks.views.shown_soon import LONGEST, NAME, ShownSoon
from tests.service.builders import at, done, opened
from tests.service.conftest import office

__all__ = ["office"]

NOW = at(6)


def soon(office: Workspace, shown: list[list[str]], *, fails: bool = False) -> ShownSoon:
    def show(_: datetime, references: Sequence[str]) -> None:
        shown.append(list(references))
        if fails:
            raise httpx.ConnectError("nobody is there")
        for name, number in office.store.unmirrored(10):
            if name in references:
                office.store.mirrored(name, number)

    return ShownSoon(lambda: nullcontext(office), show, lambda: NOW)


def test_what_stood_for_a_beat_is_shown_once_and_again_after_the_next_answer(office: Workspace) -> None:
    shown: list[list[str]] = []
    first, second, it = opened(office), opened(office), soon(office, shown)
    assert it.beat() == []
    done(office, second, "agency_return/police", NOW)
    assert it.beat() == [first]  # in the second something was recorded since the last look
    assert it.beat() == [second]
    assert it.beat() == []
    assert shown == [[first], [second]]


def test_what_a_run_of_prefect_showed_itself_is_left_alone(office: Workspace) -> None:
    shown: list[list[str]] = []
    reference, it = opened(office), soon(office, shown)
    it.beat()
    [(_, number)] = office.store.unmirrored(10)
    office.store.mirrored(reference, number)
    assert it.beat() == []
    assert shown == []


def test_what_fails_is_tried_once_and_ends_nothing(office: Workspace) -> None:
    shown: list[list[str]] = []
    reference, it = opened(office), soon(office, shown, fails=True)
    assert [it.beat() for _ in range(4)] == [[], [], [], []]
    assert shown == [[reference]]
    done(office, reference, "agency_return/police", NOW)
    it.beat()
    it.beat()
    assert shown == [[reference], [reference]]


def test_of_several_one_shows_it(office: Workspace) -> None:
    shown: list[list[str]] = []
    opened(office)
    it = soon(office, shown)
    it.beat()
    office.store.take_lease(NAME, "another", stamp(NOW), stamp(NOW + LONGEST))
    assert it.beat() == []
    office.store.end_lease(NAME, "another")
    assert it.beat() != []


def test_where_many_changed_a_sweep_is_at_work_and_shows_them(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_soon, "MOST", 1)
    shown: list[list[str]] = []
    opened(office)
    opened(office)
    it = soon(office, shown)
    assert [it.beat(), it.beat(), shown] == [[], [], []]
