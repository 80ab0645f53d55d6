"""Every action of every case, as its events tell it: what it is, who leads, how its day moved, who verified it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from reviewflow.case.apply import apply, opened
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import CUT_SHORT, Answers, Case, Item, Row, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.action_colours import ActionFacts
from reviewflow.language.model import CONTRIBUTORS, FieldType, FormFields
from reviewflow.language.structure.registers import JUDGEMENT, JUDGEMENTS, ActionList, action_lists
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow


@dataclass(frozen=True, slots=True)
class Extension:
    was: date
    to: date
    by_role: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    on: date
    judgement: str
    by: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day on the way of an action."""

    what: str
    due: date | None
    reached: date | None


@dataclass(frozen=True, slots=True)
class Action:
    """One line of a table of actions, with all that became of it."""

    reference: str
    process: str
    number: int
    plan: ActionList
    row: Row
    columns: FormFields
    owner: str
    follows: str
    """The case from which its own was opened; '' when nobody opened it so."""
    standing: ActionFacts
    original: date | None
    """What was due first, whatever was granted later."""
    done: date | None
    first_done: date | None
    extensions: tuple[Extension, ...]
    verifications: tuple[Verification, ...]
    milestones: tuple[Milestone, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.reference}/{self.number}"

    @property
    def item(self) -> str:
        return item_id(self.plan.done, str(self.number))

    @property
    def contributors(self) -> tuple[str, ...]:
        """Those who take part in it besides its owner: 'agency:police', or what else its line says."""
        named, asked = self.row.get(CONTRIBUTORS, []), self.columns.get(CONTRIBUTORS)
        kind = "agency:" if asked is not None and asked.type is FieldType.AGENCIES else ""
        return tuple(f"{kind}{each}" for each in (named if isinstance(named, list) else [named]))

    def says(self, column: str) -> str:
        """What its line says, in words; '' where it does not say anything."""
        cell, asked = self.row.get(column, ""), self.columns.get(column)
        options: Mapping[str, str] = asked.options if asked else {}
        return ", ".join(options.get(str(each), str(each)) for each in (cell if isinstance(cell, list) else [cell]))


def actions(workspace: Workspace, references: Iterable[str] | None = None) -> Iterator[Action]:
    """All actions, or those of these cases, in the order in which the cases were opened."""
    wanted = None if references is None else set(references)
    for row in workspace.store.cases(None):
        if wanted is None or row.reference in wanted:
            yield from actions_of(workspace, row)


def actions_of(workspace: Workspace, row: CaseRow) -> Iterator[Action]:
    lists = tuple(action_lists(workspace.plan(row.definition).definition.process))
    if lists:
        yield from _ActionReader(workspace.plan(row.definition), lists).read(workspace, row)


@dataclass
class _Told:
    """What the events of one action told, besides where it stands."""

    done: list[date] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    verifications: list[Verification] = field(default_factory=list)
    heard: date | None = None
    sent_back: bool = False
    first_due: date | None = None


@dataclass
class _ActionReader:
    """One case's events, from first to last."""

    plan: Plan
    lists: tuple[ActionList, ...]
    told: dict[str, _Told] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def read(self, workspace: Workspace, row: CaseRow) -> Iterator[Action]:
        case: Case | None = None
        for stored in workspace.store.events(row.reference):
            event = e.decode(stored.kind, stored.body)
            case = _next(case, row.reference, event)
            self._notice(event, stored.by, date.fromisoformat(stored.on))
        if case is not None:
            for each in self.lists:
                for number, line in enumerate(self.rows.get((each.source, each.field), ()), start=1):
                    yield self._action(case, each, number, line)

    def _notice(self, event: e.Event, by: str, on: date) -> None:
        match event:
            case e.Completed(item, done, answers, said):
                self._completed(item, done, {**answers, **said}, by)
            case e.Extended(item, was, to, by_role, reason) if self._is_carried_out_in(item):
                self._of(item).extensions.append(Extension(was, to, by_role, reason))
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
        for each in self.lists:
            if step == each.source:
                for table in filter(None, (each.field, each.milestones)):
                    given = answers.get(table, ())
                    lines = given if isinstance(given, list) else []
                    self.rows[each.source, table] = [line for line in lines if isinstance(line, dict)]
            told = self._of(item_id(each.done, key_of(item)))
            if step == each.done:
                told.done.append(done)
            if step == each.progress:
                told.heard = done
            if step == each.milestone:
                self._reached(each, key_of(item), done)
            if step == each.verified:
                told.verifications.append(Verification(done, str(answers.get(JUDGEMENT, "")), by))

    def _reached(self, of: ActionList, key: str, done: date) -> None:
        """A milestone is news of its action."""
        lines = dict(enumerate(self.rows.get((of.source, of.milestones), ()), start=1))
        number = lines.get(int(key), {}).get("number")
        if number is not None:
            self._of(item_id(of.done, str(number))).heard = done

    def _of(self, item: str) -> _Told:
        return self.told.setdefault(item, _Told())

    def _is_carried_out_in(self, item: str) -> bool:
        return step_of(item) in {each.done for each in self.lists}

    def _milestones(self, case: Case, of: ActionList, number: int) -> Iterator[Milestone]:
        """Those of the action in this line; its day is the milestone's own, which may have been moved."""
        for key, line in enumerate(self.rows.get((of.source, of.milestones), ()), start=1):
            if line.get("number") == number:
                held = case.items.get(item_id(of.milestone, str(key)), Item(Status.PENDING))
                reached = held.done if held.status is Status.DONE else None
                yield Milestone(str(line.get("milestone", "")), held.due or _day(line.get("due")), reached)

    def _action(self, case: Case, of: ActionList, number: int, row: Row) -> Action:
        item = item_id(of.done, str(number))
        held, told = case.items.get(item, Item(Status.PENDING)), self._of(item)
        verified = case.items.get(item_id(of.verified, str(number)), Item(Status.PENDING)) if of.verified else None
        embedded = not told.verifications or told.verifications[-1].judgement != JUDGEMENTS[-1]
        due = held.due or _day(row.get("due"))
        milestones = tuple(sorted(self._milestones(case, of, number), key=lambda each: each.due or date.max))
        standing = ActionFacts(
            done=held.status,
            verified=verified.status if verified else None,
            due=due,
            embedded=embedded,
            sent_back=told.sent_back,
            extended=bool(told.extensions),
            heard=told.heard if of.progress else None,
            milestone=next((each.due for each in milestones if each.reached is None), None),
            ended=case.status in CUT_SHORT,
        )
        return Action(
            reference=case.reference,
            process=case.process,
            number=number,
            plan=of,
            row=row,
            columns=self.plan.form(of.source)[of.field].columns,
            owner=self.plan.owner(item, case) or _lead(row, self.plan.form(of.source)[of.field].columns),
            follows=case.origin,
            standing=standing,
            original=told.first_due or held.original or due,
            done=held.done if held.status is Status.DONE else None,
            first_done=told.done[0] if told.done else None,
            extensions=tuple(told.extensions),
            verifications=tuple(told.verifications),
            milestones=milestones,
        )


def _next(case: Case | None, reference: str, event: e.Event) -> Case:
    if case is None:
        assert isinstance(event, e.Opened)
        return opened(reference, event)
    return apply(case, event)


def _day(cell: object) -> date | None:
    return date.fromisoformat(cell) if isinstance(cell, str) and cell else None


def _lead(row: Row, columns: FormFields) -> str:
    found = row.get("lead")
    return f"{'role' if columns['lead'].options else 'agency'}:{found}" if found else ""


def served_by(workspace: Workspace, references: Iterable[str]) -> list[str]:
    """These cases, those that they opened, and the plans of a joint review that meets them: it serves every board."""
    wanted = list(dict.fromkeys(references))
    cases = [load(row.reference, row.state) for row in workspace.store.cases(None)]
    for case in cases:
        joint = {*case.joined, *(other for other, each in case.related.items() if each.kind == "joint_with")}
        if case.reference not in wanted and (case.origin in wanted or not joint.isdisjoint(wanted)):
            wanted.append(case.reference)
    return wanted


def verification_days(action: Action, today: date) -> int | None:
    """How long an action that was done has waited, or did wait, until somebody else looked at it."""
    if action.first_done is None or action.standing.verified is None:
        return None
    seen = action.verifications[0].on if action.verifications else today
    return (seen - action.first_done).days
