"""Invitations when the meeting has been held: whoever had not said whether they come is asked no more."""

from __future__ import annotations

from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Status
from reviewflow.case.rules.edition import answers_come_before_the_meeting
from reviewflow.language.structure.silence import AGREED, silence_answers, silence_meaning
from reviewflow.london import LONDON


def close_invitations(draft: Draft) -> None:
    """Let silence count in the invitations to each meeting that is done; not where it agrees, or answers something."""
    plan = draft.plan
    if not plan.invitations or not answers_come_before_the_meeting(draft.case):
        return
    for name, meeting in plan.invitations.items():
        held, step = draft.case.items.get(meeting), plan.steps[name]
        if held is None or held.status is not Status.DONE or held.done is None or silence_answers(step):
            continue
        if (meaning := silence_meaning(step)) not in {"", AGREED}:
            for item in plan.items(name, draft.case):
                _ask_no_more(draft, item, held.done, meaning)


def _ask_no_more(draft: Draft, item: str, held: date, meaning: str) -> None:
    state = draft.case.items.get(item)
    if state is None or state.status is not Status.OPEN or state.to_decide:
        return
    day = max(held, state.opened or held)
    at = draft.now.astimezone(LONDON).time().replace(second=0, microsecond=0) if day == draft.today else None
    draft.emit(e.CountedBySilence(item, day, meaning, at=at))
