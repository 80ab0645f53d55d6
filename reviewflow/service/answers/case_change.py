"""A change of a case by hand: the form of what can be changed in it now, and its answers carried out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from reviewflow.case.model.commands import Join
from reviewflow.case.model.events import AgencyJoined, CaseEnded, CaseEnding, CaseWithdrawn
from reviewflow.case.model.refusal import Refused
from reviewflow.language.model import ANSWERED_BY, NOT_IDENTIFYING
from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.commands.carry_out import carry_out, find, joining
from reviewflow.service.commands.ticking import ALL, TickOff, tick
from reviewflow.service.views.by_hand.questions import DAY, REASON, SINCE
from reviewflow.service.views.history import warnings
from reviewflow.service.views.manual_changes import choices, command, form, posts
from reviewflow.service.views.redaction import spellings, typed_in_case, without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

TOLD = (AgencyJoined, CaseEnding, CaseEnded, CaseWithdrawn)
"""Of these whoever changed something is warned at once; of days only the history speaks."""


class ChangeForm(NamedTuple):
    """A form that was made for a case, as JSON Schema."""

    reference: str
    schema: Mapping[str, Any]


def change_form(workspace: Workspace, reference: str, *, now: datetime) -> ChangeForm | AnswerResult:
    """The form of this case, or a refusal that says why there is none."""
    try:
        row = find(workspace, reference)
        possible = choices(workspace, row, now=now)
    except (Refused, UserError) as refused:
        return AnswerResult(REFUSED, str(refused))
    return ChangeForm(row.reference, form(row.reference, possible, posts(workspace, row)))


def change_case(
    workspace: Workspace, reference: str, answers: Mapping[str, Any], *, key: str, now: datetime
) -> AnswerResult:
    """Carry out what was chosen, once for this key; 'Done' or 'Refused'. Raises UnknownCase."""
    row = find(workspace, reference)
    by = str(answers.get(ANSWERED_BY) or "").strip()
    try:
        chosen = command(row.reference, answers, choices(workspace, row, now=now), posts(workspace, row))
        vouched = str(answers.get(NOT_IDENTIFYING) or "").strip()
        if isinstance(chosen, TickOff):
            post, on = chosen.post, chosen.on
            tick(workspace, row.reference, [ALL], {}, post=post, on=on, by=by, now=now, key=key, vouched=vouched)
            return _changed(row.reference)
        if isinstance(chosen, Join):
            chosen = joining(workspace, row.reference, chosen)
        done = carry_out(workspace, row.reference, chosen, by=by, now=now, key=key, vouched=vouched)
    except (Refused, UserError) as refused:
        return AnswerResult(REFUSED, without_typed(str(refused), _typed(workspace, row, answers)))
    told = [event for event in done.events if isinstance(event, TOLD)]
    return _changed(row.reference, " ".join(warnings(workspace, done.case, told)))


def changed_before(workspace: Workspace, reference: str, *, key: str) -> AnswerResult | None:
    """The result when an earlier attempt with this key changed the case and stopped after that; None otherwise."""
    row = workspace.store.load(reference.strip().upper())
    return _changed(row.reference) if row is not None and workspace.store.recorded(row, key) is not None else None


def _changed(reference: str, told: str = "") -> AnswerResult:
    """With what whoever changed it should know at once."""
    return AnswerResult("Done", f"{reference} was changed; what and why stands in its history. {told}".rstrip())


def _typed(workspace: Workspace, row: CaseRow, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """What people typed, now and before, which a refusal must not repeat."""
    plan, case = workspace.plan_and_case(row)
    own_words = (str(answers.get(question) or "") for question in (REASON, ANSWERED_BY, NOT_IDENTIFYING))
    days = (spelt for name in (DAY, SINCE) for spelt in spellings(str(answers.get(name) or "")))
    return (*own_words, *days, *typed_in_case(plan, case))
