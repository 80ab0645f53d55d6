"""A text that was refused, let in because somebody says why it could identify nobody."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules.answers.screening import refuse_too_long, sightings
from reviewflow.case.rules.input_checks import read_screened_reason

NOT_NEEDED = "So no reason is needed: on a form leave that question empty, in a command leave out --not-identifying."


def vouch(draft: Draft, command: c.Command) -> None:
    """Record what the command seemed to hold, and why it does not; raises Refused when nothing would be refused in it.

    The reason itself is screened, so that it cannot repeat what it is about.
    """
    refuse_too_long(command)
    reason, seen = read_screened_reason(draft.vouched), sightings(draft.plan, command, draft.case.agencies)
    if not seen:
        raise Refused(["Nothing in it seems to identify a child."], NOT_NEEDED)
    draft.emit(e.TextVouched(seen, reason))
