"""What is said of a work item without finishing it, recorded once: more time, the wrong person, we have it."""

from __future__ import annotations

from datetime import datetime

from reviewflow.case.model.commands import Respond
from reviewflow.case.model.refusal import Refused
from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.views.redaction import typed_in_case, without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace

TOLD = "Told"


def record_response(
    workspace: Workspace, reference: str, response: Respond, *, by: str, key: str, now: datetime
) -> AnswerResult:
    """Record it once for this key: 'Told', or 'Refused' with the reason. Raises UnknownCase."""
    plan, case = workspace.plan_and_case(find(workspace, reference))
    try:
        carry_out(workspace, reference, response, by=by, now=now, key=key)
    except Refused as refused:
        return AnswerResult(REFUSED, without_typed("\n".join(refused.reasons), typed_in_case(plan, case)))
    except UserError as refused:
        return AnswerResult(REFUSED, str(refused))
    return AnswerResult(TOLD, "It is recorded.")
