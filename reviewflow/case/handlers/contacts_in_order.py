"""Letters to several contacts of a case: the next is written to when one has not accepted, until nobody is left."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.reopening import owed_again
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Answers
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.rules.rounds.sendback import affected
from reviewflow.language.structure.contacts import replied_to

NOTHING_SAID: Answers = {}


def pass_on(draft: Draft, item: str, answers: Answers, said: Answers = NOTHING_SAID) -> bool:
    """Write to the next contact, where these answers to an item accept nothing; False where nothing changes by that.

    `said` is what was answered; nothing where it is silence that counts as `answers`.
    """
    letter = draft.plan.letters_in_order.get(step_of(item))
    until = draft.plan.steps[letter].until if letter is not None else None
    if letter is None or until is None or evaluate_answers(until, answers):
        return False
    return ask_next_contact(draft, letter, said)


def ask_next_contact(draft: Draft, letter: str, said: Answers = NOTHING_SAID, *, refused: bool = False) -> bool:
    """Owe the letter again, to the next contact, with what they answer; False where nobody is left to be written to.

    The day by which the letter is to go counts from now, as of work that is sent back.
    """
    plan, case = draft.plan, draft.case
    following, was = plan.next_contact(letter, case), plan.contact(letter, case)
    if not following:
        return False
    draft.emit(e.NextContactAsked(letter, was, following, said, replied_to(plan.steps[letter]), refused))
    draft.emit(owed_again(draft, affected(plan, draft.case, letter), letter, {}))
    draft.settled = True
    return True
