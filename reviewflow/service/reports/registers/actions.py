"""Every action of every case, as its events tell it: what it is, who leads, how its day moved, who verified it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from reviewflow.case.apply import apply, opened
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import CUT_SHORT, Answers, Case, Item, Row, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.action_colours import ActionFacts
from reviewflow.case.rules.answers.form_answers import as_cell
from reviewflow.case.rules.timing.counted_in import counted_in
from reviewflow.language.model import FormFields
from reviewflow.language.model.partnership import ActionColours
from reviewflow.language.structure.registers import EVIDENCE, JUDGEMENT, JUDGEMENTS, ActionList, action_lists
from reviewflow.service.reports.registers.action import Action, Extension, Milestone, Verification
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow


def actions(workspace: Workspace, references: Iterable[str] | None = None) -> Iterator[Action]:
    """All actions, or those of these cases, in the order in which the cases were opened."""
    chosen = None if references is None else set(references)
    for row in workspace.store.cases(None):
        if chosen is None or row.reference in chosen:
            yield from actions_of(workspace, row)


def actions_of(workspace: Workspace, row: CaseRow) -> Iterator[Action]:
    """The actions of one case, in the order of its tables."""
    plan = workspace.plan(row.definition)
    lists = tuple(action_lists(plan.definition.process))
    if lists and any(map(partial(_was_gathered, workspace.plan_and_case(row)[1]), lists)):
        colours = workspace.partnership.action_colours
        yield from _ActionReader(plan, lists, colours).read(workspace, row)


def _was_gathered(case: Case, of_actions: ActionList) -> bool:
    """Whether a table has lines, or had: of a case in which it has none yet no event need be read."""
    state = case.items.get(of_actions.source)
    return state is not None and (state.round > 1 or bool(state.answers.get(of_actions.field)))


@dataclass
class _ActionRecord:
    """What the events of one action say, besides where it stands."""

    done: list[date] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    verifications: list[Verification] = field(default_factory=list)
    shown_by: str = ""
    heard: date | None = None
    sent_back: bool = False
    first_due: date | None = None


@dataclass
class _ActionReader:
    """One case's events, from first to last."""

    plan: Plan
    lists: tuple[ActionList, ...]
    colours: ActionColours
    records: dict[str, _ActionRecord] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    said: dict[str, Answers] = field(default_factory=dict)
    """By the item of an action, what its owner said of it afterwards."""

    def read(self, workspace: Workspace, row: CaseRow) -> Iterator[Action]:
        case: Case | None = None
        for stored in workspace.store.events(row.reference):
            event = e.decode(stored.kind, stored.body)
            case = _next(case, row.reference, event)
            self._notice(event, stored.by, date.fromisoformat(stored.on))
        if case is not None:
            for action_list in self.lists:
                for number, line in enumerate(self.rows.get((action_list.source, action_list.field), ()), start=1):
                    yield self._action(case, action_list, number, line)

    def _notice(self, event: e.Event, by: str, on: date) -> None:
        match event:
            case e.Completed(item, done, answers, others):
                self._completed(item, done, {**answers, **others}, by)
            case e.Extended(item, was, to, by_role, reason) if self._is_carried_out_in(item):
                body = (self.plan.definition.process.outside or {}).get(by_role, "")
                self._of(item).extensions.append(Extension(was, to, by_role, reason, body))
                self._of(item).heard = on
            case e.ItemsOpened(items):
                for item, due in items.items():
                    if self._is_carried_out_in(item):
                        self._of(item).heard = on
                        self._of(item).first_due = self._of(item).first_due or due
            case e.SentBack(items, because):
                looked_at = step_of(because) in self.plan.steps and key_of(because)
                for item in items:
                    if looked_at and self._is_carried_out_in(item):
                        self._of(item).sent_back = True

    def _completed(self, item: str, done: date, answers: Answers, by: str) -> None:
        step = step_of(item)
        for action_list in self.lists:
            if step == action_list.source:
                self.said.clear()
                for table in filter(None, (action_list.field, action_list.milestones)):
                    given = answers.get(table, ())
                    lines = given if isinstance(given, list) else []
                    self.rows[action_list.source, table] = [line for line in lines if isinstance(line, dict)]
            record = self._of(item_id(action_list.done, key_of(item)))
            if step == action_list.done:
                record.done.append(done)
                record.shown_by = _evidence(answers, self.plan.form(step))
            if step == action_list.said:
                self.said[item_id(action_list.done, key_of(item))] = answers
            if step == action_list.progress:
                record.heard = done
            if step == action_list.milestone:
                self._reached(action_list, key_of(item), done)
            if step == action_list.verified:
                record.verifications.append(Verification(done, str(answers.get(JUDGEMENT, "")), by))

    def _reached(self, of: ActionList, key: str, done: date) -> None:
        """A milestone is news of its action."""
        lines = dict(enumerate(self.rows.get((of.source, of.milestones), ()), start=1))
        number = lines.get(int(key), {}).get("number")
        if number is not None:
            self._of(item_id(of.done, str(number))).heard = done

    def _of(self, item: str) -> _ActionRecord:
        return self.records.setdefault(item, _ActionRecord())

    def _is_carried_out_in(self, item: str) -> bool:
        return step_of(item) in {action_list.done for action_list in self.lists}

    def _milestones(self, case: Case, of: ActionList, number: int) -> Iterator[Milestone]:
        """Those of the action in this line; its day is the milestone's own, which may have been moved."""
        for key, line in enumerate(self.rows.get((of.source, of.milestones), ()), start=1):
            if line.get("number") == number:
                state = case.items.get(item_id(of.milestone, str(key)), Item(Status.PENDING))
                reached = state.done if state.status is Status.DONE else None
                yield Milestone(str(line.get("milestone", "")), state.due or _day(line.get("due")), reached)

    def _as_said_since(self, item: str, row: Row, columns: FormFields) -> Row:
        """The line with what it left unsaid and its owner has said since."""
        later = {name for name, column in columns.items() if column.may_come_later}
        said = {name: cell for name, cell in self.said.get(item, {}).items() if name in later}
        return {**{name: as_cell(cell) for name, cell in said.items()}, **row}

    def _action(self, case: Case, of: ActionList, number: int, row: Row) -> Action:
        item, columns = item_id(of.done, str(number)), self.plan.form(of.source)[of.field].columns
        row = self._as_said_since(item, row, columns)
        state, record = case.items.get(item, Item(Status.PENDING)), self._of(item)
        verified = case.items.get(item_id(of.verified, str(number)), Item(Status.PENDING)) if of.verified else None
        embedded = not record.verifications or record.verifications[-1].judgement != JUDGEMENTS[-1]
        due = state.due or _day(row.get("due"))
        milestones = tuple(sorted(self._milestones(case, of, number), key=lambda milestone: milestone.due or date.max))
        standing = ActionFacts(
            done=state.status,
            verified=verified.status if verified else None,
            due=due,
            embedded=embedded,
            sent_back=record.sent_back,
            extended=bool(record.extensions),
            last_news=record.heard if of.progress else None,
            milestone=next((milestone.due for milestone in milestones if milestone.reached is None), None),
            ended=case.status in CUT_SHORT,
            near=self.colours.near,
            silent=self.colours.silent,
        )
        return Action(
            reference=case.reference,
            process=case.process,
            number=number,
            plan=of,
            row=row,
            columns=columns,
            owner=self.plan.owner(item, case) or _lead(row, columns),
            follows=case.origin,
            standing=standing,
            original=record.first_due or state.original or due,
            done=state.done if state.status is Status.DONE else None,
            first_done=record.done[0] if record.done else None,
            extensions=tuple(record.extensions),
            verifications=tuple(record.verifications),
            milestones=milestones,
            shown_by=record.shown_by if state.status is Status.DONE else "",
            calendar=counted_in(self.plan, case, of.done).calendar,
        )


def _evidence(answers: Answers, form: FormFields) -> str:
    given = [(form[name], answers[name]) for name in EVIDENCE if name in form and answers.get(name)]
    cells = [(asked, cell) for asked, cell in given if not isinstance(cell, list) or cell]
    return "; ".join(
        ", ".join(asked.options.get(str(value), str(value)) for value in (cell if isinstance(cell, list) else [cell]))
        for asked, cell in cells
    )


def _next(case: Case | None, reference: str, event: e.Event) -> Case:
    if case is None:
        assert isinstance(event, e.Opened)
        return opened(reference, event)
    return apply(case, event)


def _day(cell: object) -> date | None:
    return date.fromisoformat(cell) if isinstance(cell, str) and cell else None


def _lead(row: Row, columns: FormFields) -> str:
    lead = row.get("lead")
    return f"{'role' if columns['lead'].options else 'agency'}:{lead}" if lead else ""


def served_by(workspace: Workspace, references: Iterable[str]) -> list[str]:
    """These cases, those that they opened, and the plans of a joint review that meets them: it serves every board."""
    served = list(dict.fromkeys(references))
    cases = [load(row.reference, row.state) for row in workspace.store.cases(None)]
    ours = {case.reference for case in cases}
    for case in cases:
        joint = {*case.joined, *(other for other, link in case.related.items() if link.kind == "joint_with")}
        joint -= ours.intersection(case.outside)  # another office's case, which has the number of one of ours by now
        if case.reference not in served and (case.origin in served or not joint.isdisjoint(served)):
            served.append(case.reference)
    return served


def verification_days(action: Action, today: date) -> int | None:
    """How long an action that was done has waited, or did wait, until somebody else looked at it."""
    if action.first_done is None or action.standing.verified is None:
        return None
    seen = action.verifications[0].on if action.verifications else today
    return (seen - action.first_done).days
