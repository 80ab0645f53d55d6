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
    assert line == f"{other}: Agency return · Police, by Thu 14 May 2026 (2 working days left)"
    subject, text = compose(
        office.partnership, OutgoingLetter(first.number, POLICE, tuple(own), at(12), also_due=(line,))
    )
    assert subject == own[0].subject
    assert text.endswith(f"You also owe us, with no message today:\n- {line}\n")
    done(office, other, "agency_return/police", at(12))
    assert AlsoDue(office, at(12)).lines(POLICE, own) == []
