"""The answers to a step's form, recorded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from reviewflow.case.model import events as e
from reviewflow.case.model.commands import Complete
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing, item_standing
from reviewflow.language.model import ANSWERED_BY, ASKED_ALWAYS, DONE_ON, NOT_IDENTIFYING
from reviewflow.service.answers.form_key import FormKey
from reviewflow.service.answers.looked_again import LOOKED, record_look
from reviewflow.service.answers.result import LINES_ADDED, REFUSED, AnswerResult
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.commands.form_answers import read_form
from reviewflow.service.reports.registers.repeats import repeats_of
from reviewflow.service.views.by_hand.look_again import look_of
from reviewflow.service.views.redaction import item_of, spellings, typed_answers, typed_in_case, without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

RECORDED = "It is recorded, with who answered it: that stands in the history of the case."
MORE = "The table stays open: a form for more lines is there again."


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer that stands in the history: by which key, and to which round of an item."""

    row: CaseRow
    key: str
    item: str
    of_round: int


def record_answer(
    workspace: Workspace,
    form: FormKey,
    answers: Mapping[str, Any],
    *,
    key: str,
    now: datetime,
    receipt_to: str = "",
    row: CaseRow | None = None,
) -> AnswerResult:
    """Record the answers of a work item once for this key, however often it is asked; raises UnknownCase.

    `receipt_to` is the post that a letter confirms it to; `row` the case, where it was loaded a moment ago.
    """
    if look_of(form.shown_item):
        return record_look(workspace, form, answers, key=key, now=now)
    row = row or find(workspace, form.reference)
    plan, case = workspace.plan_and_case(row)
    item = item_of(plan, case, form.shown_item)
    try:
        answered = read_form(answers)
        if workspace.store.recorded(row, key) is None:
            _refuse_older_form(case, item, form.round)
        command = Complete(item, answered.answers, answered.on, receipt_to=receipt_to)
        recorded = carry_out(
            workspace, form.reference, command, by=answered.by, now=now, key=key, vouched=answered.vouched, row=row
        )
    except Refused as refused:
        return AnswerResult(REFUSED, without_typed(str(refused), _typed(plan, case, item, answers)))
    except UserError as refused:
        return AnswerResult(REFUSED, str(refused))
    repeats = (repeat.without_words for repeat in repeats_of(workspace, recorded))
    recorded_as = Recorded(row, key, item, form.round)
    return _result(workspace, recorded.case, recorded_as, now, repeats)


def recorded_before(workspace: Workspace, form: FormKey, *, key: str, now: datetime) -> AnswerResult | None:
    """The result when an earlier attempt with this key recorded the answer and stopped after that; None otherwise."""
    row = find(workspace, form.reference)
    if workspace.store.recorded(row, key) is None:
        return None
    if look_of(form.shown_item):
        return LOOKED
    plan, case = workspace.plan_and_case(row)
    item = item_of(plan, case, form.shown_item)
    return _result(workspace, case, Recorded(row, key, item, form.round), now)


def _typed(plan: Plan, case: Case, item: str, answers: Mapping[str, Any]) -> Iterator[str]:
    """What people typed, which a refusal must not repeat: it is shown to many, and logged."""
    yield from typed_answers(
        plan.definition.step_forms.get(step_of(item), {}),
        {name: answer for name, answer in answers.items() if name not in ASKED_ALWAYS},
    )
    yield from typed_in_case(plan, case)
    yield from (str(answers.get(question) or "") for question in (ANSWERED_BY, NOT_IDENTIFYING))
    yield from spellings(str(answers.get(DONE_ON) or ""))


def _refuse_older_form(case: Case, item: str, of_round: int) -> None:
    state = case.items.get(item)
    if state is not None and state.round != of_round:
        raise Refused([f'"{item}" is owed anew since this form was opened.'], "Answer the new form in its place.")


def _result(
    workspace: Workspace, case: Case, recorded: Recorded, now: datetime, repeats: Iterable[str] = ()
) -> AnswerResult:
    item, of_round = recorded.item, recorded.of_round
    if step_of(item) in workspace.plan(case.definition).growing and _added_lines(workspace, recorded):
        more = (MORE,) if is_open(case, item) else ()
        return AnswerResult(LINES_ADDED, " ".join((RECORDED, *repeats, *more)))
    return AnswerResult(_how_it_ended(workspace, case, item, of_round, now), " ".join((RECORDED, *repeats)))


def _added_lines(workspace: Workspace, recorded: Recorded) -> bool:
    """Whether an answer left its table open, whatever became of that since: it is told the same however often."""
    first = workspace.store.recorded(recorded.row, recorded.key) or 1
    stored = workspace.store.events(recorded.row.reference, after=first - 1)
    _, together = next(groupby(stored, key=lambda event: event.recorded_at))
    told = [e.decode(event.kind, event.body) for event in together]
    return all(event.item != recorded.item for event in told if isinstance(event, e.Completed | e.AnsweredLate))


def _how_it_ended(workspace: Workspace, case: Case, item: str, of_round: int, now: datetime) -> str:
    """The standing of the item; of a repeating step this round is done although the next one is open."""
    plan, state = workspace.plan(case.definition), case.items.get(item)
    if state is not None and state.round > of_round:
        return Standing.DONE
    return str(item_standing(plan, case, item, now, workspace.calendars))
