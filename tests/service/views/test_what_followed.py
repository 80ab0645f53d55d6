"""What a command led to: what was recorded, what follows, and who is told when, as the sweep does it then."""

from datetime import date, timedelta

from reviewflow.case.model import commands as c
from reviewflow.london import LONDON
from reviewflow.service.commands.carry_out import CommandResult, carry_out, open_case
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.what_followed import what_followed
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, NOTIFIED, at, done, opened
from tests.service.delivery.letters import post

ITEM = "agency_return/police"


def told(office: Workspace, result: CommandResult, day: int) -> list[str]:
    return [message.words for message in what_followed(office, result, now=at(day)).told]


def test_an_opening_says_what_is_owed_now_and_whom_it_writes_to(office: Workspace) -> None:
    result = open_case(office, "review", c.Open({"notified": NOTIFIED}, ("police", "health")), by=BY, now=at(5))
    led_to = what_followed(office, result, now=at(5))
    assert led_to.recorded == (
        "Opened: Review, version 1 (notified Tue 5 May 2026). Agencies: Police and Hospital trust.",
    )
    assert (
        "Now owed: Agency return · Police, due Thu 14 May 2026; Agency return · Hospital trust, due Thu 14 May 2026."
        in led_to.follows
    )
    waiting = [message for message in led_to.told if message.waits]
    assert [(message.about, message.message) for message in waiting] == [("Ask each agency (2 times)", "reminder")]
    [coming] = [message for message in led_to.told if message.about == "Agency return (2 times)"]
    assert not coming.waits
    assert "Agency return (2 times): “Reply” goes on Tue 12 May 2026 09:30 to Police" in coming.words


def test_what_is_foretold_is_what_the_sweep_of_that_moment_sends(office: Workspace) -> None:
    reference = opened(office)
    result = carry_out(office, reference, c.Snooze(ITEM, date(2026, 5, 13), "on leave"), by=BY, now=at(6))
    [coming] = [m for m in what_followed(office, result, now=at(6)).told if m.about == "Agency return · Police"]
    assert coming.when is not None
    before = {notice.number for notice in office.store.notices(reference)}
    chase_due_items(office, now=coming.when - timedelta(minutes=15))
    assert ITEM not in {n.item for n in office.store.notices(reference) if n.number not in before}
    chase_due_items(office, now=coming.when)
    assert coming.message in {n.message for n in office.store.notices(reference) if n.item == ITEM}
    assert coming.when.tzinfo == LONDON


def test_what_goes_to_a_mailbox_that_has_had_its_letter_of_today_goes_on_the_next_office_day(office: Workspace) -> None:
    reference = opened(office)
    post(office, at(5))
    result = carry_out(office, reference, c.Withdraw("it was not ours"), by=BY, now=at(5, 14))
    [withdrawn] = what_followed(office, result, now=at(5, 14)).told
    assert "“Not needed any more” goes on Wed 6 May 2026 09:30 to Hospital trust and Police" in withdrawn.words
    assert withdrawn.when is not None
    assert post(office, at(5, 15)) == []
    assert {notice.message for letter in post(office, withdrawn.when) for notice in letter.notices} == {
        withdrawn.message
    }


def test_an_answer_says_its_receipt_and_no_reminder_of_what_is_settled(office: Workspace) -> None:
    reference = opened(office)
    result = done(office, reference, ITEM, at(6))
    led_to = what_followed(office, result, now=at(6))
    assert led_to.recorded[0].startswith("Agency return · Police: done on Wed 6 May 2026 (")
    assert any(words.startswith("Now owed: Read the return · Police") for words in led_to.follows)
    assert not any(
        message.message == "reminder" and message.about == "Agency return · Police" for message in led_to.told
    )


def test_more_time_that_was_asked_for_tells_who_decides_at_once(office: Workspace) -> None:
    reference = opened(office)
    result = carry_out(office, reference, c.Respond(ITEM, "need_more_time", "", date(2026, 5, 20)), by=BY, now=at(6))
    assert told(office, result, 6) == [
        "Agency return · Police: “To decide: more time” goes on Wed 6 May 2026 11:00 to Business support officer."
    ]


def test_nobody_is_told_of_a_case_that_is_over(office: Workspace) -> None:
    reference = opened(office)
    result = carry_out(office, reference, c.Withdraw("not met"), by=BY, now=at(6))
    assert told(office, result, 6) == []
    assert what_followed(office, result, now=at(6)).recorded[0].startswith("The case was withdrawn")


def test_but_whom_a_letter_asked_hears_that_it_is_not_needed_any_more(office: Workspace) -> None:
    reference = opened(office)
    post(office, at(5))
    result = carry_out(office, reference, c.Withdraw("not met"), by=BY, now=at(6))
    assert told(office, result, 6) == [
        "Agency return (2 times): “Not needed any more” goes on Wed 6 May 2026 11:00 to Hospital trust and Police."
    ]


def test_what_nobody_owes_is_told_apart_so_that_it_is_left_out_first(office: Workspace) -> None:
    reference = opened(office)
    for agency in ("police", "health"):
        done(office, reference, f"agency_return/{agency}", at(12))
        done(office, reference, f"read/{agency}", at(12))
    done(office, reference, "meeting", at(19), held_on="2026-05-19", learning="no")
    led_to = what_followed(office, done(office, reference, "submit", at(20)), now=at(20))
    assert led_to.asks_nothing == ("Not needed: Open a follow-up.",)
    assert led_to.asks_nothing[0] in led_to.follows
