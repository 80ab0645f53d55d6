"""Two cases that end together: what one started, and what it came from, also over several, and by the letter of it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CaseStatus
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.records.audit import audit_cases
from reviewflow.service.sweep import start_linked_case
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import warnings
from reviewflow.service.views.what_followed import what_followed
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import BY, at
from tests.service.delivery.letters import post

TOY = Path(__file__).parent.parent.parent / "toy"
FIRST = """
language: 1
process: first
version: 1
title: A referral
reference: FIRST-{year}-{number}
opening: {dates: {asked: When was it asked for?}, agencies: at least 1}
endings:
  over: {title: The enquiry is over, with_the_end_of: begin}
  dropped: {title: It is dropped}
steps:
  aside: {title: Open a talk, start: {process: talk, dates: {asked: asked}, agencies: same}}
  begin: {title: Open the enquiry, start: {process: second, dates: {asked: asked}, agencies: same}}
  ask: {title: Ask them, for_each: agency, send: reminder}
  wait: {title: Wait for it, owner: chair, due: 40 working days after asked}
  ring: {title: Ring them, owner: chair, due: 5 working days after asked}
"""
SECOND = """
language: 1
process: second
version: 1
title: An enquiry
reference: SECOND-{year}-{number}
opening: {dates: {asked: When was it asked for?}, agencies: at least 1}
endings:
  first_over: {title: The referral is over, with_the_end_of: origin}
steps:
  begin: {title: Open another, start: {process: third, dates: {asked: asked}, agencies: same}}
  tell: {title: Tell the chair, send: reminder, to: chair}
  look: {title: Look into it, owner: chair, due: 10 working days after asked}
"""
THIRD = """
language: 1
process: third
version: 1
title: A visit
reference: THIRD-{year}-{number}
opening: {dates: {asked: When was it asked for?}, agencies: at least 1}
endings:
  second_over: {title: The enquiry is over, with_the_end_of: origin}
steps:
  visit: {title: Visit, owner: chair, due: 10 working days after asked, together: joint_with}
"""
TALK = """
language: 1
process: talk
version: 1
title: A talk
reference: TALK-{year}-{number}
opening: {dates: {asked: When was it asked for?}, agencies: at least 1}
endings:
  first_over: {title: The referral is over, with_the_end_of: origin}
steps:
  visit: {title: Visit, owner: chair, due: 10 working days after asked, together: joint_with}
"""
ONE, TWO, THREE = "FIRST-2026-001", "SECOND-2026-001", "THIRD-2026-001"


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Workspace]:
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    for name, text in (("first", FIRST), ("second", SECOND), ("third", THIRD), ("talk", TALK)):
        (folder / "processes" / f"{name}.yaml").write_text(text)
    store = open_store(database_url)
    store.migrate()
    workspace = Workspace(store, folder)
    open_case(workspace, "first", c.Open({"asked": date(2026, 5, 5)}, ("police",)), by=BY, now=at(5))
    swept(workspace, 5)
    swept(workspace, 5)
    yield workspace
    store.close()


def swept(office: Workspace, day: int) -> None:
    chase_due_items(office, now=at(day))
    run_automatic_steps(office, now=at(day))
    assert office.store.troubles() == []


def statuses(office: Workspace) -> list[CaseStatus]:
    return [current(office, reference).status for reference in (ONE, TWO, THREE)]


OPEN, CLOSED, ENDED, WITHDRAWN = CaseStatus.OPEN, CaseStatus.CLOSED, CaseStatus.ENDED, CaseStatus.WITHDRAWN


def told(office: Workspace, reference: str, message: str) -> list[str]:
    return [notice.text for notice in office.store.notices(reference) if notice.message == message]


def test_what_is_done_ends_what_it_came_from_and_whoever_heard_of_that_is_told_why(office: Workspace) -> None:
    assert statuses(office) == [OPEN, OPEN, OPEN]
    result = carry_out(office, TWO, c.Complete("look"), by=BY, now=at(12))
    assert statuses(office) == [ENDED, CLOSED, OPEN]
    assert current(office, ONE).ending == "over"
    assert list(warnings(office, result.case, result.events)) == [f"{ONE} ends with it: The enquiry is over."]
    (letter,) = told(office, ONE, "case_ended_early")
    assert "ends here" in letter
    assert "SECOND" not in letter


def test_what_stops_before_it_was_done_ends_all_that_came_from_it(office: Workspace) -> None:
    result = carry_out(office, ONE, c.End("dropped", "they moved"), by=BY, now=at(12))
    assert statuses(office) == [ENDED, ENDED, ENDED]
    assert [current(office, ONE).ending, current(office, TWO).ending] == ["dropped", "first_over"]
    also = [f"{other} ends with it: The referral is over." for other in ("TALK-2026-001", TWO)]
    assert list(warnings(office, result.case, result.events)) == also
    assert told(office, TWO, "case_ended_early")


def test_a_case_that_hears_of_two_at_once_hears_of_both(office: Workspace) -> None:
    """Of the one that it was treated together with, which is over too, and before of the one that it came from."""
    linked = c.Link("joint_with", THREE, "both at once")
    carry_out(office, "TALK-2026-001", linked, by=BY, now=at(6))
    assert [*current(office, THREE).leads] == ["TALK-2026-001"]
    carry_out(office, ONE, c.End("dropped", "they moved"), by=BY, now=at(12))
    assert statuses(office) == [ENDED, ENDED, ENDED]
    assert [*current(office, THREE).leads] == []
    assert audit_cases(office, [ONE, TWO, THREE, "TALK-2026-001"]) == []


def test_what_is_withdrawn_ends_what_came_from_it_and_not_what_it_came_from(office: Workspace) -> None:
    result = carry_out(office, TWO, c.Withdraw("entered twice"), by=BY, now=at(12))
    assert statuses(office) == [OPEN, WITHDRAWN, ENDED]
    assert list(warnings(office, result.case, result.events)) == [f"{THREE} ends with it: The enquiry is over."]


def broken_off(office: Workspace, monkeypatch: pytest.MonkeyPatch, at_call: str) -> None:
    """A sweep that opens the second case of another first one, and is killed at a call after that."""
    open_case(office, "first", c.Open({"asked": date(2026, 5, 5)}, ("police",)), by=BY, now=at(6))

    real = getattr(start_linked_case, at_call)

    def away(*said: object, **more: object) -> object:
        if any("SECOND-2026-002" in str(word) for word in said):
            raise KeyboardInterrupt
        return real(*said, **more)

    with monkeypatch.context() as patch:
        patch.setattr(start_linked_case, at_call, away)
        with pytest.raises(KeyboardInterrupt):
            run_automatic_steps(office, now=at(6))
    assert current(office, "SECOND-2026-002").status is OPEN


def test_a_case_that_is_over_before_the_sweep_opens_no_other(office: Workspace) -> None:
    for number, command in ((2, c.End("dropped", "they moved")), (3, c.Withdraw("entered twice"))):
        open_case(office, "first", c.Open({"asked": date(2026, 5, 5)}, ("police",)), by=BY, now=at(6))
        carry_out(office, f"FIRST-2026-00{number}", command, by=BY, now=at(6))
    swept(office, 6)
    assert [row.reference for row in office.store.cases(None) if row.process == "second"] == [TWO]
    assert office.store.due_jobs("9999", 9) == []


def test_a_case_that_was_over_opens_the_other_once_it_goes_on(office: Workspace) -> None:
    first = open_case(office, "first", c.Open({"asked": date(2026, 5, 5)}, ("police",)), by=BY, now=at(6))
    reference = first.case.reference
    carry_out(office, reference, c.Complete("ring"), by=BY, now=at(6))
    carry_out(office, reference, c.End("dropped", "they moved"), by=BY, now=at(6))
    swept(office, 6)
    assert "begin" not in current(office, reference).links
    carry_out(office, reference, c.Reopen("ring", "they did not"), by=BY, now=at(7))
    swept(office, 7)
    assert current(office, reference).links["begin"] == "SECOND-2026-002"


@pytest.mark.parametrize("at_call", ["carry_out", "_end_with_one_that_is_over"])
def test_what_was_over_before_the_two_knew_of_each_other_counts_once_they_do(
    office: Workspace, monkeypatch: pytest.MonkeyPatch, at_call: str
) -> None:
    broken_off(office, monkeypatch, at_call)
    carry_out(office, "FIRST-2026-002", c.End("dropped", "they moved"), by=BY, now=at(6))
    swept(office, 7)
    assert current(office, "SECOND-2026-002").status is ENDED
    assert current(office, "FIRST-2026-002").links["begin"] == "SECOND-2026-002", "and no second one is opened"


def test_a_case_that_was_opened_is_linked_though_its_step_was_skipped_meanwhile(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(office, monkeypatch, "carry_out")
    carry_out(office, "FIRST-2026-002", c.Skip("begin", "not wanted"), by=BY, now=at(6))
    swept(office, 7)
    assert current(office, "FIRST-2026-002").links["begin"] == "SECOND-2026-002"


def test_whoever_reopens_one_reads_which_stays_ended(office: Workspace) -> None:
    carry_out(office, TWO, c.Complete("look"), by=BY, now=at(12))
    result = carry_out(office, TWO, c.Reopen("look", "something is missing"), by=BY, now=at(13))
    assert statuses(office) == [ENDED, OPEN, OPEN]
    reopen = f"Where it is to go on too: reviewflow reopen {ONE} STEP --reason WHY"
    ended = f"{ONE} ended with this case (The enquiry is over), and stays so. {reopen}"
    assert list(warnings(office, result.case, result.events)) == [ended]


def test_why_says_with_which_case_it_ends(office: Workspace) -> None:
    said = [reason.words for reason in why(office, ONE, "over", now=at(6)).reasons]
    assert f"That is {TWO}, which is not over so." in said
    said = [reason.words for reason in why(office, TWO, "first_over", now=at(6)).reasons]
    assert f"That is {ONE}, which is not over so." in said


def test_whoever_ends_one_reads_whom_that_writes_to_in_the_others_too(office: Workspace) -> None:
    post(office, at(6))
    result = carry_out(office, TWO, c.Complete("look"), by=BY, now=at(12))
    assert [other.case.reference for other in result.others] == [ONE, "TALK-2026-001"]
    about = {(message.about, message.message) for message in what_followed(office, result, now=at(12)).told}
    assert about == {(f"{ONE}, Ask them · Police", "case_ended_early")}


KEEPING = "{title: The enquiry is over, with_the_end_of: origin, keeps: visit}"


@pytest.fixture
def keeping(office: Workspace) -> Workspace:
    """An office in which endings keep a step: of a referral that is dropped, of a visit whose enquiry is over."""
    processes = office.folder / "processes"
    for name, words, keeps in (
        ("first", "{title: It is dropped}", "{title: It is dropped, keeps: ring}"),
        ("third", "{title: The enquiry is over, with_the_end_of: origin}", KEEPING),
    ):
        file = processes / f"{name}.yaml"
        file.write_text(file.read_text().replace(words, keeps).replace("-{year}", "K-{year}"))
    keeps = Workspace(office.store, office.folder)
    open_case(keeps, "first", c.Open({"asked": date(2026, 5, 5)}, ("police",)), by=BY, now=at(5))
    for _ in range(2):
        run_automatic_steps(keeps, now=at(5))
    return keeps


def said(office: Workspace, reference: str, command: c.Command) -> list[str]:
    result = carry_out(office, reference, command, by=BY, now=at(12))
    return list(warnings(office, result.case, result.events))


def test_one_that_ends_with_it_and_keeps_a_step_is_not_said_to_go_on(keeping: Workspace) -> None:
    later = "THIRDK-2026-001 ends with it: The enquiry is over, as soon as this is done there: Visit."
    assert said(keeping, "SECOND-2026-002", c.Withdraw("entered twice")) == [later]
    again = ["THIRDK-2026-001 ends so already, as soon as this is done: Visit."]
    with pytest.raises(Refused) as refused:
        said(keeping, "THIRDK-2026-001", c.End("second_over", "it is over"))
    assert list(refused.value.reasons) == again


def test_one_that_is_to_end_once_what_is_kept_is_done_is_not_said_to_go_on(keeping: Workspace) -> None:
    others = ("TALK-2026-002", "SECOND-2026-002")
    ends = [f"{other} ends as soon as this case does: The referral is over." for other in others]
    assert said(keeping, "FIRSTK-2026-001", c.End("dropped", "they moved")) == ends
    now = [f"{other} ends with it: The referral is over." for other in others]
    assert said(keeping, "FIRSTK-2026-001", c.Complete("ring")) == now
