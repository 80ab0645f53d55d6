"""Where a day stands, and why it is later than its rule gives, where the clock stood still before the work began."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import find, open_case
from reviewflow.service.views.case_page.page import describe_case
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY, NOTIFIED, at, done
from tests.service.conftest import TOY

CLAIM = """
language: 1
process: claim
version: 1
title: Decide a claim
reference: CLM-{year}-{number}
opening: {dates: {notified: On which day did it come}}
stands_still:
  proof: {title: The proof has not come, clocks: decide, from: ask, until: proof}
steps:
  ask: {title: Ask for proof, owner: chair, due: 3 working days after notified, ladder: none}
  proof: {title: Receive the proof, after: ask, owner: chair, due: 40 working days after notified, ladder: none}
  decide: {title: Decide the claim, after: proof, owner: chair, due: 4 weeks after notified, ladder: none}
"""

AFTER = datetime(2026, 6, 15, 11, tzinfo=UTC)
"""After the day that its rule alone would give, Tue 2 Jun 2026."""


@pytest.fixture
def of_claims(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    folder, store = copytree(TOY, tmp_path / "definitions"), open_store(sqlite_url)
    store.migrate()
    (folder / "processes" / "claim.yaml").write_text(CLAIM)
    office = Workspace(store, folder)
    open_case(office, "claim", c.Open({"notified": NOTIFIED}, ()), by=BY, now=at(5))
    yield office
    store.close()


def day_of(office: Workspace, day: int) -> str:
    reasons = why(office, "CLM-2026-001", "decide", now=at(day)).reasons
    return "\n".join(reason.words for reason in reasons if reason.about == "day")


def test_a_clock_that_stood_still_before_the_work_began_is_told(of_claims: Workspace) -> None:
    done(of_claims, "CLM-2026-001", "ask", at(6))
    assert "Its clock stands still since Wed 6 May 2026: The proof has not come. Its day moves on" in day_of(
        of_claims, 7
    )
    done(of_claims, "CLM-2026-001", "proof", at(15))
    assert day_of(of_claims, 18).startswith("It is due on Fri 12 Jun 2026.\n")
    assert "Its clock stood still from Wed 6 May 2026 to Fri 15 May 2026: The proof has not come." in day_of(
        of_claims, 18
    )


def test_a_clock_that_ran_all_the_time_says_nothing(of_claims: Workspace) -> None:
    assert "still" not in day_of(of_claims, 5)


def test_the_page_of_the_case_calls_no_day_past_whose_clock_stands_still(of_claims: Workspace) -> None:
    done(of_claims, "CLM-2026-001", "ask", at(6))
    line = next(
        line
        for line in describe_case(of_claims, find(of_claims, "CLM-2026-001"), now=AFTER).steps
        if line.item == "decide"
    )
    assert (line.due, line.passed, line.days) == (None, "", "stands still: The proof has not come")
