"""A sweep cut into shares: the same is said as by one, whoever takes them, in whatever order, once or twice."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from reviewflow.service.sweep.run import SweepContext, run_parts, run_share
from reviewflow.service.sweep.share import Share, shares
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import at, done, opened
from tests.service.conftest import TOY

CASES, MORNINGS = 7, (12, 13, 15, 29)
THREE = shares(3)
ORDERS: dict[str, Sequence[Share]] = {
    "in order": THREE,
    "the last first": tuple(reversed(THREE)),
    "each twice": (*THREE, *THREE),
    "one was killed": THREE[:2],
    "none came": (),
}


def lived(office: Workspace, morning: Callable[[Workspace, datetime], None]) -> list[tuple[str, ...]]:
    """All that is said to people in an office of so many cases, by the end of the last of these mornings."""
    references = [opened(office, ("police", "health"), key=f"case {number}") for number in range(CASES)]
    for reference in references[::2]:
        done(office, reference, "agency_return/police", at(6))
    for day in MORNINGS:
        morning(office, at(day))
    notices = office.store.notices()
    return sorted((notice.reference, notice.item, notice.message, notice.recipient) for notice in notices)


def by_one(office: Workspace, now: datetime) -> None:
    run_parts(SweepContext(office, now))


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_shares_say_what_one_sweep_says(office: Workspace, order: Sequence[Share], sqlite_url: str) -> None:
    def shared(workspace: Workspace, now: datetime) -> None:
        for share in order:
            run_share(workspace, share, now=now)
        by_one(workspace, now)

    alone = Workspace(open_store(f"{sqlite_url}.alone"), TOY)
    alone.store.migrate()
    said = lived(office, shared)
    assert said == lived(alone, by_one)
    assert len(said) > CASES * 3
    alone.store.close()


def test_what_the_shares_have_done_is_done(office: Workspace) -> None:
    for number in range(CASES):
        opened(office, key=f"case {number}")
    chased = [run_share(office, share, now=at(12)) for share in THREE]
    assert min(chased) > 0
    assert sum(chased) == 2 * CASES
    assert run_parts(SweepContext(office, at(12)))["chase"] == 0


def test_there_are_as_many_shares_as_said() -> None:
    assert [share.number for share in THREE] == [0, 1, 2]
    with pytest.raises(ValueError, match="no share 3 of 3"):
        Share(3, 3)
