"""A verification that the chair delegates to a named post: its letters, its end, and that it can be taken back."""

from dataclasses import replace
from datetime import date

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.arranged import Delegation
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current, find, open_case
from reviewflow.service.door.who import answering_post
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.seldom.delegations import end_delegations
from reviewflow.service.views.case_page.naming import in_full
from reviewflow.service.views.case_page.page import page_of
from reviewflow.service.views.manual_changes import ChangeKind, choices, command, form, posts
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import office, on  # noqa: F401 - a fixture
from tests.service.verifying.test_verdicts import done_plan

SCRUTINEER = "role:independent_scrutineer"
CHAIR = "role:review_group_chair"
DELEGATED = c.Delegate("verify", "independent_scrutineer", date(2026, 9, 18), "the chair is away")


def owners(office: Workspace, plan: str) -> set[str]:  # noqa: F811 - no fixture here
    """Who owes the open verifications, in the case and beside it, where the sweep looks."""
    row = find(office, plan)
    pinned, case = office.plan_and_case(row)
    beside = {item.owner for reference, item in office.store.items() if item.item.startswith("verify/")}
    return beside | {pinned.owner(f"verify/{number}", case) for number in (1, 2)}


def told(office: Workspace, plan: str) -> list[tuple[str, str]]:  # noqa: F811
    notices = office.store.notices(plan)
    return [(notice.message, notice.recipient) for notice in notices if notice.message in {"now_owed", "passed_on"}]


def change(office: Workspace, plan: str, command: c.Command, day: int = 1) -> None:  # noqa: F811
    carry_out(office, plan, command, by="Chair of the practice review group", now=on(9, day))


def test_the_post_gets_the_letters_and_the_chair_takes_it_back(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    assert owners(office, plan) == {CHAIR}
    change(office, plan, DELEGATED)
    assert owners(office, plan) == {SCRUTINEER}
    given = Delegation("independent_scrutineer", date(2026, 9, 1), date(2026, 9, 18))
    assert current(office, plan).delegated == {"verify": given}
    assert told(office, plan) == [("now_owed", SCRUTINEER)] * 2
    change(office, plan, c.TakeBack("verify", "back early"), 2)
    assert owners(office, plan) == {CHAIR}
    assert told(office, plan)[2:] == [("passed_on", SCRUTINEER)] * 2
    assert audit(office)[1] == []


def test_it_ends_after_its_day_by_itself(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    change(office, plan, DELEGATED)
    assert [end_delegations(office, now=on(9, day)) for day in (17, 18, 19, 20)] == [0, 0, 1, 0]
    assert owners(office, plan) == {CHAIR}
    assert current(office, plan).delegated == {}


def test_it_begins_on_a_later_day_and_ends_by_itself(office: Workspace) -> None:  # noqa: F811
    """Away from Monday: until then the chair answers, and nobody else is written to."""
    plan = done_plan(office)
    change(office, plan, replace(DELEGATED, since=date(2026, 9, 7)))
    assert owners(office, plan) == {CHAIR}
    assert told(office, plan) == []
    assert [end_delegations(office, now=on(9, day)) for day in (4, 6, 7, 8)] == [0, 0, 1, 0]
    assert owners(office, plan) == {SCRUTINEER}
    assert told(office, plan) == [("now_owed", SCRUTINEER)] * 2
    assert [end_delegations(office, now=on(9, day)) for day in (18, 19, 20)] == [0, 1, 0]
    assert owners(office, plan) == {CHAIR}
    assert audit(office)[1] == []


def test_what_has_not_begun_is_taken_back_and_nobody_need_be_told(office: Workspace) -> None:  # noqa: F811
    plan = done_plan(office)
    change(office, plan, replace(DELEGATED, since=date(2026, 9, 7)))
    change(office, plan, c.TakeBack("verify", "stays after all"), 2)
    assert end_delegations(office, now=on(9, 7)) == 0
    assert (current(office, plan).to_delegate, told(office, plan)) == ({}, [])


def test_nothing_begins_after_its_last_day(office: Workspace) -> None:  # noqa: F811
    """No sweep was made for three weeks."""
    plan = done_plan(office)
    change(office, plan, replace(DELEGATED, since=date(2026, 9, 7)))
    assert [end_delegations(office, now=on(9, day)) for day in (21, 22)] == [1, 0]
    assert (owners(office, plan), told(office, plan)) == ({CHAIR}, [])


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (c.Delegate("verify", "scrutineer", date(2026, 9, 18), "away"), "is not a role"),
        (c.Delegate("verify", "police", date(2026, 9, 18), "away"), "is not a role"),
        (
            c.Delegate("verify", "review_group_chair", date(2026, 9, 18), "away"),
            "is with review_group_chair already. To end a delegation, take it back",
        ),
        (
            c.Delegate("verify", "learning_lead", date(2026, 8, 31), "away"),
            "cannot end on Mon 31 Aug 2026, which is over. Give today",
        ),
        (c.Delegate("verify", "learning_lead", date(2226, 8, 31), "away"), "too far away"),
        (c.Delegate("verify", "learning_lead", date(2026, 9, 18), " "), "reason is needed"),
        (
            c.Delegate("verify", "learning_lead", date(2026, 9, 18), "away", date(2026, 8, 31)),
            "cannot begin on Mon 31 Aug 2026, which is over. Give today",
        ),
        (
            c.Delegate("verify", "learning_lead", date(2026, 9, 18), "away", date(2026, 9, 19)),
            "would end on Fri 18 Sep 2026, before it begins on Sat 19 Sep 2026. Give Sat 19 Sep",
        ),
        (c.Delegate("plan", "learning_lead", date(2026, 9, 18), "away"), "cannot be delegated"),
        (c.TakeBack("verify", "back"), "is not delegated.\nNothing was changed. Delegated: nothing"),
    ],
)
def test_what_cannot_be_delegated(office: Workspace, command: c.Command, words: str) -> None:  # noqa: F811
    plan = done_plan(office)
    before = current(office, plan)
    with pytest.raises(Refused, match=words):
        change(office, plan, command)
    assert current(office, plan) == before


def test_the_form_asks_from_which_day_where_something_can_be_delegated(office: Workspace) -> None:  # noqa: F811
    plan, now = done_plan(office), on(9, 1)
    row = find(office, plan)
    possible, known = choices(office, row, now=now), posts(office, row)
    assert "since" in form(plan, possible, known)["properties"]
    chosen = next(words for words, choice in possible.items() if choice == (ChangeKind.DELEGATE, "verify"))
    post = known["independent_scrutineer"]
    given = {"change": chosen, "post": post, "reason": DELEGATED.reason, "day": "2026-09-18"}
    assert command(plan, given, possible, known) == DELEGATED
    later = command(plan, {**given, "since": "2026-09-07"}, possible, known)
    assert later == replace(DELEGATED, since=date(2026, 9, 7))
    with pytest.raises(Refused, match="From which day"):
        command(plan, {**given, "since": "soon"}, possible, known)
    others = {words: kind for words, kind in possible.items() if kind[0] is not ChangeKind.DELEGATE}
    assert "since" not in form(plan, others, known)["properties"]


# --- all that a post owes in one case ----------------------------------------------------------------------------

SUPPORT, MANAGER = "role:business_support", "role:business_manager"


@pytest.fixture
def review(office: Workspace) -> str:  # noqa: F811
    """A plan of which business support owes the first step."""
    opened = open_case(office, "action_plan", c.Open(OPENED, ("police", "education")), by="tester", now=on(5, 5))
    return opened.case.reference


OPENED = {"agreed": date(2026, 5, 5)}


def letters_to(office: Workspace, reference: str, recipient: str) -> dict[str, str]:  # noqa: F811
    return {n.message: n.status for n in office.store.notices(reference) if n.recipient == recipient}


def test_a_case_goes_to_another_officer_and_back(office: Workspace, review: str) -> None:  # noqa: F811
    """Whoever takes over is told what it owes, and whoever had it that it is off them; the store says both."""
    plan, case = office.plan_and_case(find(office, review))
    [item] = [item for item, state in case.items.items() if state.status is Status.OPEN and not plan.is_limit(item)]
    of = plan.owner(item, case).removeprefix("role:")
    carry_out(office, review, c.Delegate(of, "learning_lead", None, "somebody else has it"), by="Jo", now=on(5, 6))
    assert {row.owner for _, row in office.store.items() if row.item == item} == {"role:learning_lead"}
    assert letters_to(office, review, "role:learning_lead") == {"now_owed": "queued"}
    assert letters_to(office, review, f"role:{of}") == {"passed_on": "queued"}
    assert audit(office)[1] == []
    context = office.context(find(office, review), on(5, 7))
    page = page_of(context, find(office, review), in_full(context))
    title = office.partnership.roles[of].title
    assert page.taken_over == (
        f"The Learning and improvement lead does what the {title} owes in this case, from Wed 6 May 2026 on",
    )
    assert [line.owner for line in page.steps if line.item == item] == ["Learning and improvement lead"]
    assert f"{page.taken_over[0]}." in [reason.words for reason in why(office, review, item, now=on(5, 7)).reasons]
    mailboxes = (office.partnership.roles[post].email for post in ("learning_lead", of))
    assert [answering_post(context, item, mailbox, own=True) for mailbox in mailboxes] == ["role:learning_lead", ""]
    carry_out(office, review, c.Delegate(of, of, None, "back again"), by="Jo", now=on(5, 8))
    assert {row.owner for _, row in office.store.items() if row.item == item} == {f"role:{of}"}
    assert current(office, review).delegated == {}
    assert audit(office)[1] == []


def test_a_case_goes_to_a_deputy(office: Workspace, review: str) -> None:  # noqa: F811
    plan, case = office.plan_and_case(find(office, review))
    [item] = [item for item, state in case.items.items() if state.status is Status.OPEN and not plan.is_limit(item)]
    of = plan.owner(item, case).removeprefix("role:")
    with pytest.raises(Refused, match="names no deputy of Learning and improvement lead"):
        carry_out(office, review, c.Delegate(of, "learning_lead:deputy", None, "x y"), by="Jo", now=on(5, 6))
    deputy = "business_manager:deputy"
    carry_out(office, review, c.Delegate(of, deputy, None, "the deputy has it"), by="Jo", now=on(5, 6))
    assert letters_to(office, review, f"role:{deputy}") == {"now_owed": "queued"}
    context = office.context(find(office, review), on(5, 7))
    assert owner_title(context, item) == "Partnership business manager (deputy)"
    assert answering_post(context, item, "office@northmoor-scp.example.org", own=True) == f"role:{deputy}"
    assert audit(office)[1] == []


def test_the_form_passes_on_what_a_post_owes(office: Workspace, review: str) -> None:  # noqa: F811
    row = find(office, review)
    possible, known = choices(office, row, now=on(5, 6)), posts(office, row)
    of, chosen = next(
        (name, words)
        for words, (kind, name) in possible.items()
        if name.startswith("role:") and kind is ChangeKind.DELEGATE
    )
    given = {"change": chosen, "post": known["learning_lead"], "reason": "somebody else has it"}
    asked = command(review, given, possible, known)
    assert asked == c.Delegate(of, "learning_lead", None, "somebody else has it")
    assert isinstance(asked, c.Delegate)
    carry_out(office, review, asked, by="Jo", now=on(5, 6))
    again = choices(office, find(office, review), now=on(5, 6))
    back = next(words for words, (kind, _) in again.items() if kind is ChangeKind.TAKE_BACK)
    assert command(review, {"change": back, "reason": "back"}, again, known) == c.TakeBack(of, "back")
