"""A letter lists what else its mailbox owes."""

from reviewflow.service.delivery.also_due import AlsoDue
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, opened
from tests.service.delivery.letters import POLICE, post


def test_a_letter_tells_what_else_is_owed(office: Workspace) -> None:
    """One rung fires, and the other case is not forgotten; what stands still or was answered is left out."""
    opened(office)
    other = opened(office)
    post(office, at(5))
    chase_due_items(office, now=at(12))
    first = next(letter for letter in post(office, at(12)) if letter.address == POLICE)
    own = [notice for notice in first.notices if notice.reference != other]
    [line] = AlsoDue(office, at(12)).lines(POLICE, own)
    words, _, page = line.partition("{")
    assert words == f"{other}: Agency return · Police, by Thu 14 May 2026 (2 working days left)"
    assert page == f"page {other}/agency_return/police/1}}"
    subject, text = compose(
        office.partnership, OutgoingLetter(first.number, POLICE, tuple(own), at(12), also_due=(line,))
    )
    assert subject == own[0].subject
    assert text.endswith(f"You also owe us, with no message today:\n- {line}\n")
    done(office, other, "agency_return/police", at(12))
    assert AlsoDue(office, at(12)).lines(POLICE, own) == []


def test_what_a_request_asks_for_is_not_said_to_be_without_a_message(office: Workspace) -> None:
    """The request goes the day after the case was opened, so that the work is already owed."""
    reference = opened(office)
    requests = [notice for letter in post(office, at(6)) for notice in letter.notices if letter.address == POLICE]
    assert [notice.item for notice in requests if notice.reference == reference] == ["request/police"]
    assert AlsoDue(office, at(6)).lines(POLICE, requests) == []
    assert len(AlsoDue(office, at(6)).lines(POLICE, [])) == 1
    # One that has waited until the work was overdue, and does not say so, leaves it in the list.
    assert len(AlsoDue(office, at(15)).lines(POLICE, requests)) == 1


def test_a_letter_that_leaves_on_a_later_day_says_from_which_its_days_are_counted(office: Workspace) -> None:
    opened(office)
    post(office, at(5))
    chase_due_items(office, now=at(12))
    letter = next(letter for letter in post(office, at(12)) if letter.address == POLICE)
    texts = [
        compose(office.partnership, OutgoingLetter(letter.number, POLICE, letter.notices, at(day)))[1]
        for day in (12, 13)
    ]
    counted = "Days are counted from Tue 12 May 2026, when this was written."
    assert [counted in text for text in texts] == [False, True]
