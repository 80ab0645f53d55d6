"""Why something is or is not happening: the rule, what it waits for, its reminders, who was told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.mode import switch
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY, NOTIFIED, at, done, opened
from tests.service.conftest import TOY


def told(office: Workspace, reference: str, item: str, day: int, about: str) -> str:
    reasons = why(office, reference, item, now=at(day)).reasons
    return "\n".join(reason.words for reason in reasons if reason.about == about)


def test_what_is_owed_tells_its_rule_and_its_next_message(office: Workspace) -> None:
    reference = opened(office)
    item = "agency_return/police"
    assert told(office, reference, item, 6, "state") == "It is owed by Police (since Tue 5 May 2026)."
    assert told(office, reference, item, 6, "day").startswith(
        "It is due on Thu 14 May 2026.\nThe rule: 7 working days after notified; that is Tue 5 May 2026."
    )
    assert told(office, reference, item, 6, "reminders").startswith(
        "Nobody has been reminded yet, because the first message is not due yet.\n"
        "The next message, “Reply”, goes on Tue 12 May 2026 09:30 to Police"
    )
    assert told(office, reference, item, 6, "told") == ""


def test_the_next_message_is_the_one_that_the_sweep_sends_also_once_a_draft_is_there(office: Workspace) -> None:
    reference, item = opened(office), "agency_return/police"
    carry_out(office, reference, c.Respond(item, "draft_received", ""), by=BY, now=at(6))
    assert "The next message, “We have your draft”, goes on Tue 12 May 2026 09:30" in told(
        office, reference, item, 7, "reminders"
    )
    chase_due_items(office, now=at(12))
    assert "confirm_sign_off" in {notice.message for notice in office.store.notices(reference)}


def test_who_was_told_what_and_when(office: Workspace) -> None:
    reference = opened(office)
    chase_due_items(office, now=at(12))
    assert told(office, reference, "agency_return/police", 12, "told") == (
        "“Reply” to Police, written Tue 12 May 2026 11:00: queued."
    )
    assert "1 message was written about it" in told(office, reference, "agency_return/police", 12, "reminders")


def test_what_waits_says_for_what(office: Workspace) -> None:
    reference = opened(office)
    assert (
        told(office, reference, "meeting", 6, "state")
        == "It waits for Read the return · Police and Read the return · Hospital trust."
    )
    assert told(office, reference, "meeting", 6, "reminders") == "Nobody is reminded: it has no ladder."


def test_what_was_done_is_chased_no_more(office: Workspace) -> None:
    reference = opened(office)
    done(office, reference, "agency_return/police", at(7))
    assert told(office, reference, "agency_return/police", 8, "state") == "It is done on Thu 7 May 2026."
    assert told(office, reference, "agency_return/police", 8, "reminders") == (
        "Nobody is reminded any more: it is settled."
    )


def test_who_moved_its_day_and_why(office: Workspace) -> None:
    reference = opened(office)
    wrong = c.CorrectDate("notified", date(2026, 5, 1), "it was sent a day early")
    carry_out(office, reference, wrong, by=BY, now=at(6))
    moved = told(office, reference, "agency_return/police", 6, "moved").splitlines()
    assert moved[0].startswith("2026-05-06, by tester: Corrected from Tue 5 May 2026 to Fri 1 May 2026")
    assert "Due days moved" in moved[1]


def test_a_limit_says_whether_it_will_make_it(office: Workspace) -> None:
    reference = opened(office)
    assert told(office, reference, "submission", 6, "will it make it").startswith("Tight, no slack, hangs on")
    assert told(office, reference, "submission", 28, "will it make it").startswith("Missed: it ended Wed 27 May")


def test_what_there_is_not_is_refused_with_what_is_near(office: Workspace) -> None:
    reference = opened(office)
    with pytest.raises(UserError, match="owed by several"):
        why(office, reference, "agency_return", now=at(6))
    with pytest.raises(UserError, match='Did you mean "meeting"'):
        why(office, reference, "meting", now=at(6))


def test_what_is_held_back_says_so(office: Workspace) -> None:
    reference = opened(office)
    assert told(office, reference, "submission", 6, "delivery").startswith("Delivery is test: no message leaves")
    switch(office, Mode.LIVE, by="The business manager", now=at(6))
    assert told(office, reference, "submission", 6, "delivery") == ""


def test_what_was_answered_and_put_off_is_told(office: Workspace) -> None:
    reference, item = opened(office), "agency_return/police"
    carry_out(office, reference, c.Respond(item, "acknowledged"), by=BY, now=at(6))
    assert "It was answered on Wed 6 May 2026" in told(office, reference, item, 6, "reminders")
    carry_out(office, reference, c.Snooze(item, date(2026, 5, 13), "they are on a course"), by=BY, now=at(7))
    assert "No reminder goes out before Wed 13 May 2026" in told(office, reference, item, 7, "reminders")
    carry_out(office, reference, c.Respond(item, "wrong_person"), by=BY, now=at(8))
    assert "wrong person, and nobody has decided yet" in told(office, reference, item, 8, "reminders")


EVIDENCE = """\
language: 1
process: evidence
version: 1
title: Evidence of the parents
reference: EVI-{year}-{number}
opening:
  dates: {notified: On which day did it come?}
steps:
  evidence:
    title: What the parents send
    owner: business_support
    due: 5 working days after notified
    waits_for: The parents
    silence: {counts_as: nothing sent, on: 2 working days after due}
    ladder: none
  read: {title: Read it, after: evidence, owner: business_support, due: on evidence, ladder: none}
"""


@pytest.fixture
def of_parents(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """An office with a case, EVI-2026-001, that waits for what parents send."""
    folder, store = copytree(TOY, tmp_path / "definitions"), open_store(sqlite_url)
    store.migrate()
    (folder / "processes" / "evidence.yaml").write_text(EVIDENCE)
    office = Workspace(store, folder)
    open_case(office, "evidence", c.Open({"notified": NOTIFIED}, ()), by=BY, now=at(5))
    yield office
    store.close()


def test_what_silence_will_count_as_is_told_also_where_nobody_is_reminded(of_parents: Workspace) -> None:
    assert told(of_parents, "EVI-2026-001", "evidence", 6, "reminders") == (
        "Nobody is reminded: it has no ladder.\n"
        "If nothing has come by the end of Thu 14 May 2026, that counts as nothing sent, which is 2 working days after "
        "the day that it is due, as the process says."
    )


def test_what_is_due_on_the_day_of_another_step_is_told_as_a_sentence(of_parents: Workspace) -> None:
    said = told(of_parents, "EVI-2026-001", "read", 6, "day")
    assert said.startswith("The rule: on the day “What the parents send” is done; that has not happened yet.")


def test_what_follows_a_round_tells_the_day_of_its_round(office: Workspace, tmp_path: Path) -> None:
    """The step that comes again is owed once more by then; that round was done all the same."""
    copytree(TOY, tmp_path / "toy")
    process = tmp_path / "toy" / "processes" / "review.yaml"
    visit = "visit: {title: Visit, owner: chair, due: 7 days after notified, repeats: every 7 days until submit}"
    note = "note: {title: Note, owner: chair, after: visit, after_round: each, due: 2 working days after visit}"
    process.write_text(process.read_text().replace("steps:\n", f"steps:\n  {visit}\n  {note}\n"))
    changed = Workspace(office.store, tmp_path / "toy")
    reference = opened(changed, agencies=("police",))
    done(changed, reference, "visit", at(12))
    assert "The rule: 2 working days after “Visit” is done; that is Tue 12 May 2026." in told(
        changed, reference, "note", 12, "day"
    )


def test_what_follows_the_last_round_counts_from_when_the_rounds_were_over(office: Workspace, tmp_path: Path) -> None:
    """The round was done on the twelfth; that there is no other is known only with what ends them."""
    copytree(TOY, tmp_path / "toy")
    process = tmp_path / "toy" / "processes" / "review.yaml"
    visit = "visit: {title: Visit, owner: chair, due: 7 days after notified, repeats: every 7 days until over}"
    over = "over: {title: Say that it is over, owner: chair}"
    report = "report: {title: Report, owner: chair, after: visit, after_round: last, due: 2 working days after visit}"
    process.write_text(process.read_text().replace("steps:\n", f"steps:\n  {visit}\n  {over}\n  {report}\n"))
    changed = Workspace(office.store, tmp_path / "toy")
    reference = opened(changed, agencies=("police",))
    done(changed, reference, "visit", at(12))
    carry_out(changed, reference, c.Complete("over", {}, date(2026, 5, 14)), by=BY, now=at(18))
    words = told(changed, reference, "report", 18, "day")
    assert words.startswith("It is due on Mon 18 May 2026.")
    assert "The rule: 2 working days after the rounds of “Visit” are over; that is Thu 14 May 2026." in words


def test_where_nobody_is_left_who_takes_part_no_empty_list_is_told_of(office: Workspace, tmp_path: Path) -> None:
    copytree(TOY, tmp_path / "toy")
    process = tmp_path / "toy" / "processes" / "review.yaml"
    form = "form: {out: {type: agencies, label: Who has an interest}}"
    declare = f"declare: {{title: Declare interests, owner: chair, {form}}}"
    vote = "vote: {title: Vote, after: declare, for_each: agency, owner: agency, without: declare.out, ladder: none}"
    process.write_text(process.read_text().replace("steps:\n", f"steps:\n  {declare}\n  {vote}\n"))
    changed = Workspace(office.store, tmp_path / "toy")
    reference = opened(changed, agencies=("police",))
    carry_out(changed, reference, c.Complete("declare", {"out": ["police"]}), by=BY, now=at(6))
    assert told(changed, reference, "vote", 6, "state") == (
        "It is not needed: as was said in “Declare interests”, nobody is left who takes part in it."
    )


def test_what_was_owed_for_an_entry_that_is_on_its_list_no_more_is_told_so(office: Workspace, tmp_path: Path) -> None:
    copytree(TOY, tmp_path / "toy")
    process = tmp_path / "toy" / "processes" / "review.yaml"
    rows = "{type: rows, label: What came, grows: yes, columns: {page: {type: number, label: Page}}}"
    log = f"log: {{title: Enter it, owner: chair, form: {{lines: {rows}}}}}"
    read = "read_it: {title: Read it, for_each: log.lines, owner: chair, ladder: none}"
    process.write_text(process.read_text().replace("steps:\n", f"steps:\n  {log}\n  {read}\n"))
    changed = Workspace(office.store, tmp_path / "toy")
    reference = opened(changed, agencies=("police",))
    lines = [{"page": "1"}, {"page": "2"}]
    carry_out(changed, reference, c.Complete("log", {"more_to_come": "yes", "lines": lines}), by=BY, now=at(6))
    carry_out(changed, reference, c.WithdrawLine("log.lines", 1, "it is the other again"), by=BY, now=at(6))
    with pytest.raises(UserError, match="nobody owes “Read it” for it") as gone:
        why(changed, reference, "read_it/1", now=at(6))
    assert str(gone.value).startswith('"read_it/1" was for an entry that is on its list no more')
