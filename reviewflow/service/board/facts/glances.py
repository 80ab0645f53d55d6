"""What one open case adds to the board, read from it once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewflow.case.model.ids import LookAgain, Recipient, step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import day_of_look, end_of_hold, still_stopped
from reviewflow.case.rules.standing import Standing
from reviewflow.case.rules.timing.counted_in import counted_in, days_of, days_of_process
from reviewflow.language.structure.outside import title_waited_for
from reviewflow.language.structure.stages import stage_title
from reviewflow.service.board.facts.clocks import clocks
from reviewflow.service.board.facts.shapes import Clock, Glance, GlanceKind, HoldRow, OwedRow
from reviewflow.service.messages.fields.day_fields import how_long
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.views.case_page.look_again import review_lines
from reviewflow.service.views.case_page.naming import Naming
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.views.lateness import Dated, dated_items
from reviewflow.service.views.redaction import redacted
from reviewflow.service.wording.responses import response_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.store.records import CaseRow
from reviewflow.text import clock_words, listing

AHEAD = 5
"""Working days of the office that are looked ahead."""


def glance(context: CaseContext, row: CaseRow) -> Glance:
    """An open case at one moment; nothing in it names anybody."""
    naming, until = redacted(context), context.office_days.add_working_days(context.today, AHEAD)
    drawn, dated = tuple(clocks(context, naming)), list(dated_items(context))
    looks = [look_row(context, line) for line in review_lines(context, naming)]
    work = [row for entry in dated for row in _owed(context, naming, entry, drawn)]
    owed = [*work, *filter(None, looks)]
    reasons = [row for row in owed if row.kind is GlanceKind.REASON]
    others = [row for row in owed if row.kind is not GlanceKind.REASON]
    return Glance(
        reference=row.reference,
        process=context.plan.definition.process.title,
        number=row.number,
        opened=context.case.opened,
        stage=_stage(context.plan, dated),
        late=tuple(entry for entry in others if entry.late),
        coming=tuple(entry for entry in others if not entry.late and entry.due <= until),
        clocks=drawn,
        holds=tuple(_holds(context)),
        reasons=tuple(reasons),
        decisions=tuple(entry for entry in owed if entry.kind is GlanceKind.DECISION),
        legal_holds=len(context.case.kept_for),
    )


def _owed(context: CaseContext, naming: Naming, dated: Dated, drawn: Sequence[Clock]) -> Iterator[OwedRow]:
    """One that somebody is asked for: nothing of what is held, and nothing that a day alone will do."""
    plan, case, item, state = context.plan, context.case, dated.item, dated.state
    step, due = plan.steps.get(step_of(item)), state.due
    if due is None or dated.standing is Standing.ON_HOLD or (step is not None and step.wait is not None):
        return
    calendar, owner = days_of(plan, case, item, context.calendars), owner_title(context, item)
    between = calendar.working_days_between(due, context.today)
    limit = plan.limits.get(step_of(item))
    whose = Recipient.parse(plan.owner(item, case)) if step is not None else None
    yield OwedRow(
        reference=case.reference,
        process=plan.definition.process.title,
        item=naming.item(item),
        kind=_kind(plan, item),
        what=naming.title(item).removesuffix(f" · {owner}"),
        who=owner,
        agency=whose.name if whose is not None and whose.is_agency else "",
        due=due,
        late=dated.is_late,
        by=clock_words(state.by) if state.by else "",
        days=max(between, 1) if dated.is_late else max(-between, 0),
        words=how_long(context, item, due),
        calendar=counted_in(plan, case, step_of(item)).calendar,
        first_due=state.original,
        national=limit is not None and limit.national is not None,
        holds_up=tuple(_holds_up(plan, item, drawn)),
        answered=response_words(state, context.today),
        awaited=title_waited_for(step, plan.definition.process, context.partnership) if step is not None else "",
    )


def _kind(plan: Plan, item: str) -> GlanceKind:
    if plan.is_limit(item):
        return GlanceKind.LIMIT
    step = plan.steps[step_of(item)]
    if step.waits_for:
        return GlanceKind.AWAITED
    return GlanceKind.DECISION if step.quorum is not None or step.choose is not None else GlanceKind.WORK


def _holds_up(plan: Plan, item: str, drawn: Sequence[Clock]) -> Iterator[str]:
    """The clocks still running whose way a step is on."""
    for clock in drawn:
        step = step_of(clock.item)
        if clock.is_running and step in plan.limits and step_of(item) in plan.on_the_way(step):
            yield clock.title


LOOKS = {LookAgain.BREACH: GlanceKind.REASON, LookAgain.DECIDE: GlanceKind.DECISION}


def look_row(context: CaseContext, line: Line) -> OwedRow | None:
    """What is to be looked at again, in the days of the process; None for what only tells that something ends."""
    if line.due is None or line.item.startswith(f"{LookAgain.ENDING}:") or _ends_by_itself(context, line.item):
        return None
    kind = LOOKS.get(LookAgain(line.item.partition(":")[0]), GlanceKind.LOOK_AGAIN)
    calendar = days_of_process(context.plan, context.case, context.calendars)
    between, late = calendar.working_days_between(line.due, context.today), line.due < context.today
    return OwedRow(
        reference=context.case.reference,
        process=context.plan.definition.process.title,
        item=line.item,
        kind=kind,
        what=line.title,
        who=line.owner,
        agency="",
        due=line.due,
        late=late,
        by="",
        days=max(between, 1) if late else max(-between, 0),
        words=line.days,
        national=kind is GlanceKind.REASON and _is_national(context, LookAgain.BREACH.name_in(line.item)),
    )


def _ends_by_itself(context: CaseContext, item: str) -> bool:
    name = LookAgain.HOLD.name_in(item)
    return bool(name) and day_of_look(context.plan, context.case, name, context.calendars) is None


def _is_national(context: CaseContext, item: str) -> bool:
    limit = context.plan.limits.get(step_of(item))
    return limit is not None and limit.national is not None


def _holds(context: CaseContext) -> Iterator[HoldRow]:
    plan = context.plan
    for name, placed in context.case.holds.items():
        hold = plan.holds.get(name)
        again = day_of_look(plan, context.case, name, context.calendars)
        ends = end_of_hold(plan, context.case, name, placed.since, context.calendars) if hold else None
        yield HoldRow(
            reference=context.case.reference,
            title=hold.title if hold else name.replace("_", " ").capitalize(),
            since=placed.since,
            stops=tuple(map(plan.definition.title, still_stopped(plan, context.case, name))) if hold else (),
            look_again=again,
            overdue=again is not None and again < context.today,
            ends=ends,
        )


def _stage(plan: Plan, dated: Sequence[Dated]) -> str:
    """The stages in which somebody owes something now, or else something waits, in the order of the process."""
    process = plan.definition.process
    steps = {step_of(entry.item) for entry in dated if not plan.is_limit(entry.item)}
    by_people = {step for step in steps if not plan.is_automatic(step)}
    open_in = {stage_title(process, step) for step in by_people or steps}
    return listing((title for title in (process.stages or {}).values() if title in open_in), none="")
