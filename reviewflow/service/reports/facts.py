"""Every piece of work and every clock as it was owed, one fact a round, read from the events of all cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from reviewflow.case.apply import apply, opened
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, agency_recipient, step_of
from reviewflow.case.model.state import CUT_SHORT, Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import nobody_is_late
from reviewflow.case.rules.timing.counted_in import counted_in
from reviewflow.language.structure.outside import title_waited_for
from reviewflow.language.structure.silence import AGREED
from reviewflow.service.reports.measured import measured
from reviewflow.service.reports.owed import CaseFacts, Granted, HoldPeriod, MovedDate, Owed
from reviewflow.service.workspace.errors import UnknownCase
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, EventRow


def facts(workspace: Workspace) -> Iterator[CaseFacts]:
    """Every case that the store has, in the order in which they were opened; the destroyed ones are in `remains`."""
    for row in workspace.store.every_case():
        read = list[CaseFacts]()
        with workspace.aside(row.reference):
            reader: _CaseReader = workspace.read_before.get(row.reference) or _CaseReader(workspace, row)
            later = workspace.store.events(row.reference, reader.number, row.number)
            read.append(reader.read(later if row.number > reader.number else iter(())))
            workspace.read_before[row.reference] = reader
        yield from read


def facts_of(workspace: Workspace, row: CaseRow) -> CaseFacts:
    """One case, from its own events."""
    return _CaseReader(workspace, row).read(workspace.store.events(row.reference))


class _CaseReader:
    """One case's events, read from first to last."""

    def __init__(self, workspace: Workspace, row: CaseRow) -> None:
        self.office, self.row = workspace, row
        self.plan = workspace.plan(row.definition)
        self.rounds: list[Owed] = []
        self.current: dict[str, int] = {}
        self.closed: date | None = None
        self.granted: list[Granted] = []
        self.held: dict[str, list[HoldPeriod]] = {}
        self.moved: list[MovedDate] = []
        self.case: Case | None = None
        self.number = 0
        """Of the last event that was read."""

    def read(self, stored: Iterator[EventRow]) -> CaseFacts:
        """The facts of the case whose events these are, oldest first, after those that were read before.

        Raises UnknownCase when none is left.
        """
        case = self.case
        for row in stored:
            event = e.decode(row.kind, row.body)
            if isinstance(event, e.Opened | e.Migrated):
                self.plan = self.office.plan(event.definition)
            before = case
            if isinstance(event, e.Opened):
                case = opened(self.row.reference, event)
            else:
                assert before is not None
                case = apply(before, event)
            self._notice(before, case, event, date.fromisoformat(row.on))
            self.case, self.number = case, row.number
        if case is None:  # its file was destroyed since its row was read
            raise UnknownCase(f"There is no case {self.row.reference} any more: it was destroyed meanwhile.")
        return CaseFacts(
            case.reference,
            case.process,
            self.plan.definition.process.title,
            str(case.status),
            case.opened,
            self.closed,
            tuple(self._standing(case)),
            tuple(self.granted),
            tuple(hold for holds in self.held.values() for hold in holds),
            tuple(self.moved),
            tuple(measured(self.office, self.plan, case, self.closed)),
        )

    def _standing(self, case: Case) -> Iterator[Owed]:
        """The rounds, those that are open with whether anybody can be late with them now."""
        for place, owed in enumerate(self.rounds):
            is_open = owed.ended is Status.OPEN and self.current.get(owed.item) == place
            yield replace(owed, nobodys=True) if is_open and nobody_is_late(self.plan, case, owed.item) else owed

    def _notice(self, before: Case | None, after: Case, event: e.Event, on: date) -> None:
        old: Mapping[str, Item] = before.items if before else {}
        for item, state in after.items.items():
            was = old.get(item)
            if state is not was:
                self._changed(after, item, was, state, on)
        if before is not None and before.status is not after.status:
            self.closed = on if after.status != "open" else None
            self._fall(on) if after.status in CUT_SHORT else self._owe_again(after)
        if isinstance(event, (e.Chased, e.OwnerTold)) and event.item in self.current:
            self._update(event.item, chases=self.rounds[self.current[event.item]].chases + 1)
        self._notice_what_was_moved(after, event, on)

    def _notice_what_was_moved(self, case: Case, event: e.Event, on: date) -> None:
        process = self.plan.definition.process
        match event:
            case e.Extended(item, was, to, by_role):
                title = self.plan.definition.title(step_of(item))
                owner = "" if self.plan.is_limit(item) else _agency_or_role(self.plan.owner(item, case))
                calendar, body = _calendar(self.plan, case, item), (process.outside or {}).get(by_role, "")
                self.granted.append(Granted(item, title, owner, was, to, by_role, on, calendar, body))
            case e.HoldPlaced(hold, placed):
                title = process.holds[hold].title if hold in process.holds else hold
                self.held.setdefault(hold, []).append(HoldPeriod(title, placed))
            case e.HoldReleased(hold, released) if self.held.get(hold):
                self.held[hold][-1] = replace(self.held[hold][-1], released=released)
            case e.DateSet(name, to, was) if was is not None and was != to:
                title = process.dates[name].title if name in process.dates else name
                self.moved.append(MovedDate(title, was, to, on, corrected=False))
            case e.DateCorrected(name, was, now):
                title = process.opening.dates.get(name) or (
                    process.dates[name].title if name in process.dates else self.plan.definition.title(step_of(name))
                )
                self.moved.append(MovedDate(title, was, now, on, corrected=True))

    def _changed(self, case: Case, item: str, was: Item | None, state: Item, on: date) -> None:
        known = self.current.get(item)
        again = was is not None and state.round > was.round
        if known is not None and was is not None and was.status is Status.OPEN and state.given_to != was.given_to:
            self._update(item, ended=Status.SKIPPED, done=on)  # somebody else owes it now
        if known is not None and again and not self._is_over(known):
            self._update(item, ended=Status.WITHDRAWN, done=on)  # it was not done in this round, and waits again
        if state.status is Status.OPEN and (known is None or again or self._is_over(known)):
            self.current[item] = len(self.rounds)
            begun = _begun(self.plan, case, item, state, on)
            self.rounds.append(replace(begun, awaited=self._awaited(item)))
        elif known is not None and not again:
            # What comes again carries the day of its last round, which is not this one's.
            done = None if state.status in {Status.OPEN, Status.NO_MORE} else state.done
            unanswered = state.counted_as not in {"", AGREED}  # silence that was no agreement is no return in time
            ended = Status.SKIPPED if unanswered else state.status
            fields = {"due": state.due, "ended": ended, "done": done, "reason": state.breach}
            if state.status is Status.OPEN and was is not None and was.status is Status.PENDING and state.opened:
                fields["opened"] = state.opened  # it had to wait again, so it could only begin now
            self._update(item, **fields)

    def _awaited(self, item: str) -> str:
        process, step = self.plan.definition.process, self.plan.steps.get(step_of(item))
        return title_waited_for(step, process, self.office.partnership) if step is not None and step.waits_for else ""

    def _fall(self, on: date) -> None:
        """What is owed when a case is cut short is owed no more."""
        for item, place in self.current.items():
            if not self._is_over(place):
                self._update(item, ended=Status.WITHDRAWN, done=on)

    def _owe_again(self, case: Case) -> None:
        """What fell with a case that goes on after all."""
        for item, place in self.current.items():
            is_owed = item in case.items and case.items[item].status is Status.OPEN
            if is_owed and self.rounds[place].ended is Status.WITHDRAWN:
                self._update(item, ended=Status.OPEN, done=None)

    def _is_over(self, place: int) -> bool:
        return self.rounds[place].ended not in {Status.OPEN, Status.PENDING}

    def _update(self, item: str, **fields: object) -> None:
        place = self.current[item]
        self.rounds[place] = replace(self.rounds[place], **fields)  # type: ignore[arg-type]


def _agency_or_role(owner: str) -> str:
    """The owner as the figures count it: what a post of an agency owes, its agency owes."""
    recipient = Recipient.parse(owner)
    return agency_recipient(recipient.name) if recipient.is_agency else owner


def _begun(plan: Plan, case: Case, item: str, state: Item, on: date) -> Owed:
    limit = plan.limits.get(step_of(item))
    return Owed(
        reference=case.reference,
        process=case.process,
        item=item,
        title=plan.definition.title(step_of(item)),
        owner="" if limit else _agency_or_role(plan.owner(item, case)),
        limit=limit is not None,
        national=limit is not None and limit.national is not None,
        round=state.round,
        opened=state.opened or on,
        due=state.due,
        first_due=state.due,
        ended=Status.OPEN,
        done=None,
        reason_asked=limit is not None and (limit.national is not None or limit.reason is not None),
        stage=_stage(plan, step_of(item)),
        calendar=_calendar(plan, case, item),
    )


def _stage(plan: Plan, step: str) -> str:
    stages, name = plan.definition.process.stages or {}, plan.steps[step].stage if step in plan.steps else None
    return f"{list(stages).index(name) + 1}. {stages[name]}" if name in stages and name else ""


def _calendar(plan: Plan, case: Case, item: str) -> str:
    return counted_in(plan, case, step_of(item)).calendar
