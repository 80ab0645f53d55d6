"""What a person answered on a form: read as it was typed, recorded once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect import task

from reviewflow.case.model.commands import Complete
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, step_of
from reviewflow.case.plan.plan import OFFICE, Plan
from reviewflow.case.rules.standing import Standing, item_standing
from reviewflow.language.model import ANSWERED_BY
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.commands.forms import read_form
from reviewflow.service.reports.registers.repeats import repeats_of
from reviewflow.service.views.redaction import item_of, typed_answers, typed_in_case, without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tasks.office import the_workspace
from tasks.prefect_api import connected
from tasks.work_items import FORM

REFUSED = "Refused"
RECORDED = "It is recorded, with who answered it: that stands in the history of the case."


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """What became of an answer, in the words that the run then shows."""

    name: str
    """'Done', 'Done late', or 'Refused' when the rules of the case did not allow it."""
    message: str


def read_answers(run_id: str) -> Mapping[str, Any] | None:
    """The answers to this run's form, None when nobody has given any. Whoever reached the page typed them."""
    with connected() as prefect:
        found = prefect.read_input(run_id, FORM["response"])
    return found if isinstance(found, dict) else None


def forget_answers(run_id: str) -> None:
    """What was typed stands in the history by now, or was refused: Prefect keeps none of it."""
    with connected() as prefect:
        prefect.forget_input(run_id, FORM["response"])


def recorded_before(item: str, key: str, now: datetime) -> AnswerResult | None:
    """How it ended when an earlier attempt of this run recorded the answer and was cut short after that."""
    reference, shown, round_ = parts_of(item)
    with the_workspace() as workspace:
        row = find(workspace, reference)
        if workspace.store.recorded(row, key) is None:
            return None
        plan, case = workspace.plan_and_case(row)
        return AnswerResult(_how_it_ended(workspace, case, item_of(plan, case, shown), round_, now), RECORDED)


def parts_of(item: str) -> tuple[str, str, int]:
    """Case, item and round of what a run was opened for: 'RR-2026-001/agency_return/police/1'."""
    reference, _, rest = item.partition("/")
    shown, _, round_ = rest.rpartition("/")
    return reference, shown, int(round_)


@task(name="record answer", retries=3, retry_delay_seconds=10)
def record_answer(item: str, answers: Mapping[str, Any], key: str, now: datetime) -> AnswerResult:
    """Record the answers of a work item once for this key, however often it is asked."""
    reference, shown, round_ = parts_of(item)
    with the_workspace() as workspace:
        try:
            row = find(workspace, reference)
            plan, case = workspace.plan_and_case(row)
            name = item_of(plan, case, shown)
            given = read_form(answers)
            _still_this_round(case, name, round_)
            command = Complete(name, given.answers, given.on)
            outcome = carry_out(workspace, reference, command, by=given.by, now=now, key=key)
        except Refused as refused:
            return AnswerResult(REFUSED, without_typed(str(refused), _said(plan, case, name, answers)))
        except UserError as refused:
            return AnswerResult(REFUSED, str(refused))
        ended = _how_it_ended(workspace, outcome.case, name, round_, now)
        return AnswerResult(
            ended, " ".join((RECORDED, *(each.without_words for each in repeats_of(workspace, outcome))))
        )


def _said(plan: Plan, case: Case, item: str, answers: Mapping[str, Any]) -> Iterator[str]:
    """What people wrote: a state's message is seen by many, and Prefect logs it."""
    yield from typed_answers(plan.definition.step_forms.get(step_of(item), {}), answers)
    yield from typed_in_case(plan, case)
    yield str(answers.get(ANSWERED_BY) or "")


def _still_this_round(case: Case, item: str, round_: int) -> None:
    held = case.items.get(item)
    if held is not None and held.round != round_:
        raise Refused([f'"{item}" is owed anew since this form was opened.'], "Answer the new form in its place.")


def _how_it_ended(workspace: Workspace, case: Case, item: str, round_: int, now: datetime) -> str:
    """Of what comes again the next round is owed already; this one is done."""
    plan, held = workspace.plan(case.definition), case.items.get(item)
    if held is not None and held.round > round_:
        return Standing.DONE
    return str(item_standing(plan, case, item, now, workspace.calendars[OFFICE]))
