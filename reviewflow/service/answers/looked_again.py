"""The decision about what was looked at again, recorded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules.standing import Standing
from reviewflow.language.model import ANSWERED_BY, NOT_IDENTIFYING
from reviewflow.service.answers.form_key import FormKey
from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.views.by_hand.look_again import look_command
from reviewflow.service.views.by_hand.questions import DAY, REASON
from reviewflow.service.views.redaction import spellings, typed_in_case, without_typed
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace

LOOKED = AnswerResult(Standing.DONE, "It is recorded, with who decided it and why: that stands in the history.")


def record_look(
    workspace: Workspace, form: FormKey, answers: Mapping[str, Any], *, key: str, now: datetime
) -> AnswerResult:
    """Record what was decided once for this key; 'Done' or 'Refused'. Raises UnknownCase."""
    row = find(workspace, form.reference)
    context = workspace.context(row, now)
    by, vouched = (str(answers.get(question) or "").strip() for question in (ANSWERED_BY, NOT_IDENTIFYING))
    try:
        if workspace.store.recorded(row, key) is None:
            command = look_command(context, form.shown_item, answers)
            carry_out(workspace, form.reference, command, by=by, now=now, key=key, vouched=vouched)
    except (Refused, UserError) as refused:
        return AnswerResult(REFUSED, without_typed(str(refused), _typed(context, answers)))
    return LOOKED


def _typed(context: CaseContext, answers: Mapping[str, Any]) -> Iterator[str]:
    """What people typed, now and before, which a refusal must not repeat."""
    yield from (str(answers.get(question) or "") for question in (REASON, ANSWERED_BY, NOT_IDENTIFYING))
    yield from spellings(str(answers.get(DAY) or ""))
    yield from typed_in_case(context.plan, context.case)
