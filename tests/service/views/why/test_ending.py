"""Why a case ended in a way, or has not: its rule, its day, what it keeps and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY, NOTIFIED, at, done
from tests.service.conftest import TOY

PROCESS = """\
language: 1
process: first_look
version: 1
title: First look at a referral
reference: FIR-{year}-{number}
opening:
  dates:
    notified: On which day did the referral come?
  agencies: at least 1
endings:
  not_met:
    title: The criteria were not met
    when: {discuss.met: no}
    keeps: thank
  nothing_came:
    title: Nothing came
    after: 10 working days after notified
    unless: discuss
  elsewhere:
    title: Another area does it
  papers_returned:
    title: The papers go back
    keeps: [thank, papers_back]
steps:
  discuss:
    title: Discuss it
    owner: business_support
    due: 5 working days after notified
    form:
      met: {type: yes_no, label: Are the criteria met?}
  thank:
    title: Thank whoever referred it
    after: discuss
    owner: business_support
    due: 10 working days after notified
  papers_back:
    title: Send the papers back
    optional: yes
    owner: business_support
    due: 1 working day after the ending
"""


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """An office with a case of this process."""
    folder = copytree(TOY, tmp_path / "definitions")
    (folder / "processes" / "first_look.yaml").write_text(PROCESS)
    store = open_store(sqlite_url)
    store.migrate()
    workspace = Workspace(store, folder)
    open_case(workspace, "first_look", c.Open({"notified": NOTIFIED}, ("police",)), by=BY, now=at(5))
    yield workspace
    store.close()


CASE = "FIR-2026-001"


def told(office: Workspace, ending: str, day: int) -> tuple[str, str]:
    account = why(office, CASE, ending, now=at(day))
    return account.standing, "\n".join(reason.words for reason in account.reasons)


def test_an_ending_that_has_not_come_says_by_what_it_would(office: Workspace) -> None:
    standing, words = told(office, "not_met", 6)
    assert standing == "has not happened"
    assert words == (
        "It ends so by itself when “Are the criteria met?” in “Discuss it” is answered “no”.\n"
        "As the answers stand now, that is not so, or is not settled yet.\n"
        "It keeps: “Thank whoever referred it”; not done of that: Thank whoever referred it."
    )
    assert told(office, "nothing_came", 6)[1] == (
        "It ends so by itself 10 working days after notified, when that day is over, unless this was settled: "
        "“Discuss it”.\n"
        "If nothing has come by the end of Tue 19 May 2026, the case ends so."
    )


def test_an_ending_that_came_says_when_and_the_others_come_no_more(office: Workspace) -> None:
    done(office, CASE, "discuss", at(7), met="no")
    assert told(office, "not_met", 8)[0] == "the case is ending so"
    assert "The case is ending in another way: The criteria were not met." in told(office, "elsewhere", 8)[1]
    done(office, CASE, "thank", at(11))
    standing, words = told(office, "not_met", 12)
    assert (standing, words.splitlines()[0]) == ("the case ended so", "The case ended so on Mon 11 May 2026.")
    assert told(office, "nothing_came", 12)[0] == "cannot happen any more"


def test_what_an_ending_begins_is_not_told_as_done_before_it_comes(office: Workspace) -> None:
    begins = "owed only when it ends so: Send the papers back."
    last = told(office, "papers_returned", 6)[1].splitlines()[-1]
    assert last.endswith(f"; not done of that: Thank whoever referred it; {begins}")
    carry_out(office, CASE, c.End("papers_returned", "They asked for them"), by=BY, now=at(6))
    both = "Thank whoever referred it and Send the papers back"
    assert told(office, "papers_returned", 7)[1].endswith(f"; not done of that: {both}.")


def test_what_has_come_keeps_time_from_ending_it(office: Workspace) -> None:
    done(office, CASE, "discuss", at(7), met="yes")
    assert "It cannot come by time any more: Discuss it is settled." in told(office, "nothing_came", 8)[1]


def test_an_ending_that_there_is_not_is_refused_with_what_is_near(office: Workspace) -> None:
    with pytest.raises(UserError, match='Did you mean "elsewhere"'):
        why(office, CASE, "elsewere", now=at(6))


def test_why_of_an_ending_changes_nothing_and_says_how_to_end_it(office: Workspace) -> None:
    assert (
        "Nobody has said so. To say so: reviewflow end FIR-2026-001 elsewhere --reason"
        in told(office, "elsewhere", 6)[1]
    )
    carry_out(office, CASE, c.End("elsewhere", "It lies over the border"), by=BY, now=at(6))
    assert told(office, "elsewhere", 6)[0] == "the case ended so"


@pytest.fixture
def office_of(sqlite_url: str, tmp_path: Path) -> Iterator[Callable[[str], Workspace]]:
    """An office with a case of a changed process."""
    folder, store = copytree(TOY, tmp_path / "definitions"), open_store(sqlite_url)
    store.migrate()

    def with_process(process: str) -> Workspace:
        (folder / "processes" / "first_look.yaml").write_text(process)
        workspace = Workspace(store, folder)
        open_case(workspace, "first_look", c.Open({"notified": NOTIFIED}, ("police",)), by=BY, now=at(5))
        return workspace

    yield with_process
    store.close()


def test_an_ending_by_time_whose_step_came_says_so_of_what_is_still_awaited(
    office_of: Callable[[str], Workspace],
) -> None:
    also = "  ask:\n    title: Ask\n    owner: business_support\n    due: 5 working days after notified\n  discuss:"
    office = office_of(PROCESS.replace("unless: discuss", "unless: [discuss, ask]").replace("  discuss:", also, 1))
    assert (
        "If nothing has come by the end of Tue 19 May 2026, the case ends: Nothing came." in told(office, "ask", 6)[1]
    )
    done(office, CASE, "discuss", at(6), met="yes")
    words = told(office, "ask", 7)[1]
    assert "“Nothing came” does not end the case any more, because of what was settled: “Discuss it”." in words
    assert "is held" not in words


def test_a_step_that_comes_again_says_that_its_rule_gives_the_first_round(
    office_of: Callable[[str], Workspace],
) -> None:
    look = "  look:\n    title: Look\n    owner: business_support\n    due: 1 week after notified\n"
    again = f"{look}    repeats: every 1 week until thank\n"
    office = office_of(PROCESS.replace("steps:\n", f"steps:\n{again}"))
    done(office, CASE, "look", at(12))
    words = told(office, "look", 13)[1]
    assert "It is due on Tue 19 May 2026." in words
    first = "The rule: 1 week after notified; that is Tue 5 May 2026."
    assert f"{first}\nThat is the day of the first round; it comes again every 1 week after that" in words


def test_a_clock_runs_since_the_day_that_it_counts_from_also_where_that_was_recorded_later(
    office_of: Callable[[str], Workspace],
) -> None:
    limit = "limits:\n  thanked: {title: Thank in time, due: 2 weeks after discuss, met_by: thank}\nsteps:\n"
    held_on = "      held_on: {type: date, label: On which day, completes: yes}\n  thank:"
    office = office_of(PROCESS.replace("steps:\n", limit).replace("  thank:", held_on, 1))
    done(office, CASE, "discuss", at(12), met="yes", held_on="2026-05-08")
    assert "The clock runs (since Fri 8 May 2026)." in told(office, "thanked", 13)[1]
