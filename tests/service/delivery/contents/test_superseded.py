"""A letter holds nothing that no longer holds: what was overtaken, or settled, while it waited."""

import shutil
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outbox import outbox
from reviewflow.service.records.audit import audit
from reviewflow.service.records.disposal import destroy
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, opened
from tests.service.conftest import TOY
from tests.service.delivery.letters import post, to_police

ITEM = "agency_return/police"


def test_a_reminder_that_a_later_one_overtook_is_not_sent(office: Workspace) -> None:
    """The day's letter had gone when the reminder fell due; by the next morning the work is overdue."""
    reference = opened(office)
    post(office, at(5))
    chase_due_items(office, now=at(12))
    chase_due_items(office, now=at(15))
    [letter] = to_police(post(office, at(15)))
    assert [(notice.item, notice.message) for notice in letter.notices if notice.item.startswith("agency_return")] == [
        ("agency_return/police", "overdue")
    ]
    reminder = next(
        message for message in outbox(office, reference) if "reply by" in message.subject and "return" in message.item
    )
    assert reminder.words == "No longer needed: a later message about it went in its place."


def words(office: Workspace, reference: str, item: str) -> list[str]:
    """What the outbox says of the messages about an item to the police."""
    return [message.words for message in outbox(office, reference) if message.item == item]


def test_a_request_for_what_has_come_is_not_sent(office: Workspace) -> None:
    """It was answered by telephone before the first letter left."""
    reference = opened(office)
    done(office, reference, "agency_return/police", at(5))
    assert to_police(post(office, at(5))) == []
    assert words(office, reference, "request/police") == [
        "No longer needed: what it asks for was settled before it could go."
    ]
    assert audit(office) == (1, [])


def withdrawn(office: Workspace, reference: str, now: datetime) -> None:
    carry_out(office, reference, c.Withdraw("opened by mistake"), by="the office", now=now)


def test_who_was_asked_hears_that_it_is_not_needed_any_more(office: Workspace) -> None:
    reference = opened(office)
    post(office, at(5))
    withdrawn(office, reference, at(6))
    [letter] = to_police(post(office, at(6)))
    assert [(notice.item, notice.message) for notice in letter.notices] == [(ITEM, "not_asked_any_more")]
    _, text = compose(office.partnership, letter)
    assert "This was asked of Police, and is not needed any more." in text


def test_what_was_never_asked_for_in_a_letter_that_left_is_not_taken_back_in_one(office: Workspace) -> None:
    reference = opened(office)
    withdrawn(office, reference, at(5))
    assert to_police(post(office, at(6))) == []
    assert words(office, reference, ITEM) == [
        "No longer needed: what it takes back or changes was never said in a letter that left."
    ]


def ended(office: Workspace, reference: str, now: datetime) -> None:
    """The agency leaves, so that what it was asked for is not needed any more."""
    leave = c.RemoveAgency("police", "nothing known")
    carry_out(office, reference, leave, by="the office", now=now)


def back(office: Workspace, reference: str, now: datetime) -> None:
    carry_out(office, reference, c.AddAgency("police"), by="the office", now=now)


def test_who_heard_that_it_is_over_hears_that_it_is_not(office: Workspace) -> None:
    reference = opened(office)
    post(office, at(5))
    ended(office, reference, at(6))
    post(office, at(6))
    back(office, reference, at(7))
    [letter] = to_police(post(office, at(7)))
    assert (ITEM, "asked_after_all") in [(notice.item, notice.message) for notice in letter.notices]
    _, text = compose(office.partnership, letter)
    assert "We wrote that this is not needed from you any more. It is needed after all" in text


def test_a_case_is_not_destroyed_while_a_letter_waits_that_tells_somebody_to_stop(
    office: Workspace, tmp_path: Path
) -> None:
    """With the case the letter would be gone, and the agency would search its records for a case that nobody knows."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process = folder / "processes/review.yaml"
    process.write_text(
        process.read_text().replace("\nsteps:", "\nretention: {keep: 6 years, class: Reviews}\nsteps:", 1)
    )
    office = Workspace(office.store, folder)
    reference = opened(office)
    post(office, at(5))
    withdrawn(office, reference, at(6))
    later = datetime(2033, 5, 5, 11, tzinfo=UTC)
    with pytest.raises(
        UserError, match=f"Police would not hear .* reviewflow outbox {reference}. Nothing was destroyed"
    ):
        destroy(office, reference, "the schedule", by=BY, now=later)
    post(office, at(6))
    assert destroy(office, reference, "the schedule", by=BY, now=later).certificate.case == reference


def test_a_reminder_never_stands_beside_the_request_that_it_reminds_of(office: Workspace) -> None:
    """The first sweep comes late: request and reminder are written before any letter leaves."""
    reference = opened(office)
    chase_due_items(office, now=at(12))
    [letter] = to_police(post(office, at(12)))
    assert [notice.item for notice in letter.notices] == ["request/police"]
    assert words(office, reference, ITEM) == [
        "No longer needed: it reminds of a request that had not left yet; the request goes alone."
    ]


def test_what_only_announces_a_question_does_not_go_beside_it_nor_instead_of_it(
    office: Workspace, tmp_path: Path
) -> None:
    """It says that nothing is asked yet, and leads to no page: the question itself is due that very morning."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process, message = folder / "processes/review.yaml", folder / "messages/reminder.yaml"
    process.write_text(process.read_text().replace("send: reminder", "send: announced", 1))
    announced = message.read_text().replace("message: reminder", "message: announced").replace(" Answer: {link}", "")
    (folder / "messages/announced.yaml").write_text(announced)
    office = Workspace(office.store, folder)
    reference = opened(office)
    chase_due_items(office, now=at(12))
    [letter] = to_police(post(office, at(12)))
    assert [notice.item for notice in letter.notices] == [ITEM]
    assert words(office, reference, "request/police") == [
        "No longer needed: a later message about it went in its place."
    ]


def test_nor_does_whoever_stands_in_get_a_reminder_of_it_on_that_day(office: Workspace) -> None:
    """The overdue message goes to the deputy too, who was never asked: not on the day on which the request leaves."""
    opened(office)
    chase_due_items(office, now=at(15))
    letters = post(office, at(15))
    assert [n.item for letter in letters for n in letter.notices if n.recipient.startswith("agency:police")] == [
        "request/police"
    ]


def test_a_request_that_leaves_late_says_so(office: Workspace) -> None:
    opened(office)
    [letter] = to_police(post(office, at(15)))
    _, text = compose(office.partnership, letter)
    assert "Its day, Thu 14 May 2026, had passed before this letter went: that was 1 working day ago." in text
    assert "You also owe us" not in text


def test_of_a_thing_asked_for_again_only_that_stands(office: Workspace, tmp_path: Path) -> None:
    """It came, was read, and something is missing, all before the mail ran again."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process, message = folder / "processes/review.yaml", folder / "messages/overdue.yaml"
    process.write_text(process.read_text().replace("{when: {enough: no},", "{when: {enough: no}, send: more,"))
    more = message.read_text().replace("message: overdue", "message: more")
    (folder / "messages/more.yaml").write_text(more)
    office = Workspace(office.store, folder)
    reference = opened(office)
    done(office, reference, "agency_return/police", at(6))
    done(office, reference, "read/police", at(7), enough="no")
    [letter] = to_police(post(office, at(8)))
    assert [(notice.item, notice.message) for notice in letter.notices] == [(ITEM, "more")]


ANNOUNCED: dict[str, Any] = {
    "language": 1,
    "process": "announced",
    "version": 1,
    "title": "Announced",
    "reference": "AN-{year}-{number}",
    "opening": {"dates": {"notified": "When it was notified"}},
    "steps": {
        "fix": {"title": "Fix the day", "owner": "business_support"},
        "planned": {"title": "Say the day", "after": "fix", "send": "day_planned", "to": "chair", "about": "decide"},
        "comes_near": {"title": "It is near", "after": "fix", "wait": "1 working day after notified"},
        "near": {"title": "Say it again", "after": "comes_near", "send": "day_near", "to": "chair", "about": "decide"},
        "draft": {"title": "Draft", "after": "fix", "owner": "business_support"},
        "decide": {"title": "Decide", "after": "draft", "owner": "chair", "due": "2 working days after notified"},
    },
}


def announced(office: Workspace, folder: Path, opened_at: datetime, **first: object) -> str:
    """A case in which work of the chair is announced twice; `first` is said of the first of the two."""
    shutil.copytree(TOY, folder)
    process = deepcopy(ANNOUNCED)
    process["steps"]["planned"] |= first
    (folder / "processes" / "announced.yaml").write_text(yaml.safe_dump(process, sort_keys=False), encoding="utf-8")
    for name, subject in (("day_planned", "Planned"), ("day_near", "Near")):
        text = "{reference}: {step}, planned for {due} ({days}).\n\nPlease keep it free."
        message = {"language": 1, "message": name, "subject": f"{subject}: {{reference}}", "text": text}
        (folder / "messages" / f"{name}.yaml").write_text(yaml.safe_dump(message), encoding="utf-8")
    office.folder = folder
    return open_case(office, "announced", c.Open({"notified": date(2026, 5, 5)}), by=BY, now=opened_at).case.reference


def test_of_two_announcements_of_one_day_the_later_goes(office: Workspace, tmp_path: Path) -> None:
    """Fixed late, a day was planned and near in the same letter; it had passed, and was called one still to be set."""
    reference = announced(office, tmp_path / "announced", at(8))
    carry_out(office, reference, c.Complete("fix", {}), by=BY, now=at(11))
    chase_due_items(office, now=at(11))
    letters = [letter for letter in post(office, at(11)) if {"planned", "near"} & {n.item for n in letter.notices}]
    assert [notice.item for letter in letters for notice in letter.notices if notice.message.startswith("day_")] == [
        "near"
    ]
    [told] = [notice.text for notice in office.store.notices(reference) if notice.message == "day_near"]
    assert (
        "Decide, planned for the first day on which it can be done "
        "(the day that was planned, Thu 7 May 2026, has passed)." in told
    )


def test_what_was_done_before_its_day_could_be_announced_is_announced_to_nobody(
    office: Workspace, tmp_path: Path
) -> None:
    """A partner read, six weeks after the terms of reference were agreed, that they were to be agreed."""
    reference = announced(office, tmp_path / "announced", at(5), for_each=["business_manager", "chair"], to="owner")
    carry_out(office, reference, c.Complete("fix", {}), by=BY, now=at(5))
    carry_out(office, reference, c.Complete("draft", {}), by=BY, now=at(6))
    carry_out(office, reference, c.Complete("decide", {}), by="chair", now=at(6))
    assert [n.item for letter in post(office, at(6)) for n in letter.notices if n.item.startswith("planned")] == []
    over = ["No longer needed: what it announces was over before it could go."]
    assert [words(office, reference, f"planned/{post}") for post in ("business_manager", "chair")] == [over, over]


def test_what_is_owed_again_before_a_letter_said_otherwise_is_not_taken_back_in_one(office: Workspace) -> None:
    """The police were taken out by mistake, and put back before the mail ran."""
    reference = opened(office)
    post(office, at(5))
    carry_out(office, reference, c.RemoveAgency("police", "a mistake"), by=BY, now=at(6))
    carry_out(office, reference, c.AddAgency("police"), by=BY, now=at(6))
    told = [(n.item, n.message) for letter in to_police(post(office, at(6))) for n in letter.notices]
    assert told == []
    assert "No longer needed: what it takes back is owed again." in words(office, reference, ITEM)


def test_who_heard_that_it_is_over_hears_it_once_where_nobody_asked_again(office: Workspace, tmp_path: Path) -> None:
    """Visits end, come again by a mistake, and end: between nobody was reminded."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process = folder / "processes/review.yaml"
    visit = (
        "  visit: {title: Visit, for_each: agency, owner: agency, due: 5 working days after notified, ladder: returns,"
        " repeats: every 1 month until meeting}\n"
    )
    look = (
        "  look: {title: Look, owner: chair, form: {over: {type: yes_no, label: Is it over}},"
        " ends_rounds: {visit: {when: {over: yes}}}}\n"
    )
    process.write_text(process.read_text().replace("steps:\n", "steps:\n" + visit + look, 1))
    office = Workspace(office.store, folder)
    reference = opened(office)
    post(office, at(5))
    chase_due_items(office, now=at(12))
    post(office, at(12))
    over = c.Complete("look", {"over": "yes"})
    told = []
    for day in (13, 14):
        carry_out(office, reference, over, by=BY, now=at(day))
        told += [(n.item, n.message) for letter in to_police(post(office, at(day))) for n in letter.notices]
        carry_out(office, reference, c.Reopen("look", "a mistake"), by=BY, now=at(day))
    assert [item for item, message in told if message == "not_asked_any_more"] == ["visit/police"]
    assert "No longer needed: a letter that left said so already, and nobody has asked for it since." in words(
        office, reference, "visit/police"
    )


def test_nor_does_who_was_told_of_it_hear_that_it_does_not_come_where_the_case_goes_on(
    office: Workspace, tmp_path: Path
) -> None:
    """The case was ended by mistake, and opened again before the mail ran."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process = folder / "processes/review.yaml"
    told = "steps:\n  tell: {title: Tell of the meeting, send: reminder, to: business_manager, about: meeting}\n"
    ending = "endings:\n  gone: {title: It is gone}\n"
    process.write_text(process.read_text().replace("steps:\n", ending + told, 1))
    office = Workspace(office.store, folder)
    reference = opened(office)
    post(office, at(5))
    done(office, reference, ITEM, at(6))
    carry_out(office, reference, c.End("gone", "a mistake"), by=BY, now=at(6))
    carry_out(office, reference, c.Reopen(ITEM, "it goes on"), by=BY, now=at(6))
    assert not [n.message for letter in post(office, at(6)) for n in letter.notices if n.item == "meeting"]
    assert set(words(office, reference, "meeting")) == {
        "No longer needed: what it takes back is owed again.",
        "No longer needed: what it takes back or changes was never said in a letter that left.",
    }


BOOKED = """
language: 1
process: booked
version: 1
title: Booked
reference: BOK-{year}-{number}
opening: {dates: {notified: When it was notified}, agencies: at least 1}
dates: {hearing: {title: The hearing}}
steps:
  book:
    title: Book the hearing
    owner: chair
    due: 2 working days after notified
    form: {hears_on: {type: date, label: On which day, sets: hearing}}
  ask: {title: Ask, after: book, for_each: agency, send: reminder, about: paper}
  paper: {title: P, after: ask, for_each: agency, owner: agency, due: 5 working days before hearing, ladder: returns}
  hear: {title: Hear, after: paper, owner: chair, due: on hearing}
"""


def test_a_request_for_what_waits_again_is_not_sent(office: Workspace, tmp_path: Path) -> None:
    """The hearing is booked anew before the letter left: it named the day of the first hearing, or none."""
    office.folder = Path(shutil.copytree(TOY, tmp_path / "toy"))
    (office.folder / "processes" / "booked.yaml").write_text(BOOKED)
    opening = c.Open({"notified": date(2026, 5, 5)}, ("police",))
    reference = open_case(office, "booked", opening, by=BY, now=at(5)).case.reference
    carry_out(office, reference, c.Complete("book", {"hears_on": "2026-06-01"}), by=BY, now=at(5))
    carry_out(office, reference, c.Reopen("book", "the room is gone"), by=BY, now=at(5))
    assert to_police(post(office, at(6))) == []
    assert words(office, reference, "ask/police") == [
        "No longer needed: what it asks for waits again, and is asked for anew then."
    ]
    carry_out(office, reference, c.Complete("book", {"hears_on": "2026-06-15"}), by=BY, now=at(6))
    [letter] = to_police(post(office, at(7)))
    assert [(notice.item, notice.message) for notice in letter.notices] == [("ask/police", "reminder")]
    assert "Mon 8 Jun 2026" in compose(office.partnership, letter)[1]


TOLD = "steps:\n  tell: {title: Tell that it begins, send: reminder, to: [business_manager, chair]}\n"


def told_of(office: Workspace, folder: Path) -> tuple[Workspace, str]:
    """An office in which two posts are told that a case begins, and such a case."""
    process = Path(shutil.copytree(TOY, folder)) / "processes/review.yaml"
    process.write_text(process.read_text().replace("steps:\n", TOLD, 1))
    office = Workspace(office.store, folder)
    return office, opened(office)


def test_who_read_that_a_case_began_reads_that_it_was_withdrawn(office: Workspace, tmp_path: Path) -> None:
    """Partners kept days free for a review that somebody had opened twice."""
    office, reference = told_of(office, tmp_path / "definitions")
    post(office, at(5))
    withdrawn(office, reference, at(6))
    letters = [letter for letter in post(office, at(6)) if any(n.item == "tell" for n in letter.notices)]
    assert len(letters) == 2
    _, text = compose(office.partnership, letters[0])
    assert "this review, of which a letter of ours told, was withdrawn. It does not go on." in text


def test_who_never_read_that_a_case_began_reads_nothing(office: Workspace, tmp_path: Path) -> None:
    office, reference = told_of(office, tmp_path / "definitions")
    withdrawn(office, reference, at(5))
    assert not [n for letter in post(office, at(6)) for n in letter.notices if n.item == "tell"]


def test_nor_does_who_reads_that_it_goes_on(office: Workspace, tmp_path: Path) -> None:
    """It was ended by mistake, and opened again before the mail ran."""
    office, reference = told_of(office, tmp_path / "definitions")
    process = office.folder / "processes/review.yaml"
    ending = "endings:\n  gone: {title: It is gone}\nsteps:\n"
    process.write_text(process.read_text().replace("steps:\n", ending, 1).replace("version: 1", "version: 2"))
    office = Workspace(office.store, office.folder)
    reference = opened(office)
    post(office, at(5))
    done(office, reference, ITEM, at(6))
    carry_out(office, reference, c.End("gone", "a mistake"), by=BY, now=at(6))
    carry_out(office, reference, c.Reopen(ITEM, "it goes on"), by=BY, now=at(6))
    assert not [n for letter in post(office, at(6)) for n in letter.notices if n.item == "tell"]
    assert "No longer needed: what it takes back is owed again." in words(office, reference, "tell")


def test_an_agency_that_had_answered_reads_that_the_case_ended_early_and_that_it_goes_on(
    office: Workspace, tmp_path: Path
) -> None:
    """Nothing is asked of it any more, so no letter about its work told it."""
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    process = folder / "processes/review.yaml"
    process.write_text(process.read_text().replace("steps:\n", "endings:\n  gone: {title: It is gone}\nsteps:\n", 1))
    office = Workspace(office.store, folder)
    reference = opened(office)
    post(office, at(5))
    for agency in ("police", "health"):
        done(office, reference, f"agency_return/{agency}", at(6))
    carry_out(office, reference, c.End("gone", "a mistake"), by=BY, now=at(7))
    [letter] = to_police(post(office, at(7)))
    assert [(notice.item, notice.message) for notice in letter.notices] == [("request/police", "case_ended_early")]
    carry_out(office, reference, c.Reopen("agency_return/health", "it goes on"), by=BY, now=at(8))
    [letter] = to_police(post(office, at(8)))
    assert [notice.message for notice in letter.notices] == ["case_goes_on"]
    assert "It goes on after all." in compose(office.partnership, letter)[1]
