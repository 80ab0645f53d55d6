"""The actions of a case verified together: the form of all that wait in it, and its answers carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reviewflow.case.model.refusal import Refused
from reviewflow.language.model import ANSWERED_BY
from reviewflow.service.answers.case_change import ChangeForm
from reviewflow.service.answers.result import REFUSED, AnswerResult
from reviewflow.service.commands.carry_out import find
from reviewflow.service.verifying.form import contradictions, read_lines, verification_form
from reviewflow.service.verifying.verdicts import ActionVerdict, record
from reviewflow.service.verifying.waiting import Waiting, waiting_in
from reviewflow.service.views.redaction import without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace

NOTHING_WAITS = "In {} no action waits for its verification. Its page says how each stands."


def form_of_actions(workspace: Workspace, reference: str, *, now: datetime) -> ChangeForm | AnswerResult:
    """The form of what waits in this case, or a refusal that says why there is none."""
    try:
        found = waiting_in(workspace, [reference], now=now)
    except UserError as refused:
        return AnswerResult(REFUSED, str(refused))
    if not found:
        return AnswerResult(REFUSED, NOTHING_WAITS.format(reference.strip().upper()))
    return ChangeForm(found[0].reference, verification_form(found[0].reference, found))


def verify_actions(
    workspace: Workspace, reference: str, answers: Mapping[str, Any], *, key: str, now: datetime
) -> AnswerResult:
    """Record what was said of every action, or nothing; once for this key. 'Done' or 'Refused'. Raises UnknownCase."""
    found: Sequence[Waiting] = waiting_in(workspace, [reference], now=now)
    lines, by = list(read_lines(found, answers)), str(answers.get(ANSWERED_BY) or "").strip()
    try:
        recorded = record(workspace, found, lines, wrong=list(contradictions(lines)), by=by, now=now, key=key)
    except (Refused, UserError) as refused:
        return AnswerResult(REFUSED, without_typed(str(refused), [*_typed(lines), by]))
    return AnswerResult("Done", " ".join(recorded.words))


def verified_before(workspace: Workspace, reference: str, *, key: str) -> AnswerResult | None:
    """The result when an earlier attempt with this key recorded it and stopped after that; None otherwise."""
    row = find(workspace, reference)
    if workspace.store.recorded(row, key) is None:
        return None
    return AnswerResult("Done", f"The actions of {row.reference} were verified; its history says how.")


def _typed(lines: Sequence[ActionVerdict]) -> list[str]:
    return [words for line in lines for words in (line.why, line.needed)]
