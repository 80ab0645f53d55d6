"""Laws read from the histories alone: nobody above an owner hears of late work before the owner had a working day,
and no silence counts before a request has left.

It knows who was written to on which day, and nothing of how the engine comes to that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from reviewflow.calendar import OFFICE
from reviewflow.case.apply import apply, fold
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Case
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, EventRow

NOT_ABOVE = ("contact", "deputy", "designated")


@dataclass
class TooSoon:
    office: Workspace
    row: CaseRow
    told: dict[tuple[str, int], date] = field(default_factory=dict)
    """By item and round, the first day on which its owner was written to about it."""

    left: set[tuple[str, int]] = field(default_factory=set)
    """By item and round, whose request had left the building."""

    def facts(self, stored: Iterable[EventRow]) -> Iterator[str]:
        case: Case | None = None
        for row in stored:
            event = e.decode(row.kind, row.body)
            if case is not None:
                yield from self._seen(case, event, date.fromisoformat(row.on))
            case = fold(self.row.reference, [event]) if case is None else apply(case, event)

    def _seen(self, case: Case, event: e.Event, day: date) -> Iterator[str]:
        plan = self.office.plan(self.row.definition)
        if isinstance(event, e.RequestLeft):
            self.left.add((event.item, case.items[event.item].round))
        if isinstance(event, e.RequestCameBack):
            self.left.discard((event.item, case.items[event.item].round))
        silent = event.item if isinstance(event, (e.AgreedBySilence, e.CountedBySilence)) else ""
        if silent and (silent, case.items[silent].round) not in self.left:
            yield f"{self.row.reference} {silent} was settled by silence, and no request had left"
        if isinstance(event, e.MessageSent):
            step = plan.steps[step_of(event.item)]
            asks = step.about or step_of(event.item)
            followers = {name for name, other in plan.steps.items() if step_of(event.item) in other.after}
            for name in {asks, *followers}:
                item = f"{name}/{key_of(event.item)}" if key_of(event.item) else name
                self._tell(case, item, event.to, day)
        if not isinstance(event, (e.Chased, e.OwnerTold, e.ChasedByHand)):
            return
        if isinstance(event, e.Chased) and self._escalates(case, event):
            told = self.told.get((event.item, case.items[event.item].round))
            working = self.office.calendars[OFFICE].working_days_between(told, day) if told and told < day else 0
            if not working:
                yield f"{self.row.reference} {event.item} {event.message} on {day}, its owner was told {told}"
        self._tell(case, event.item, event.to, day)

    def _tell(self, case: Case, item: str, to: Iterable[str], day: date) -> None:
        plan = self.office.plan(self.row.definition)
        if step_of(item) in plan.steps and self._own(case, item) & {name.removesuffix(":contact") for name in to}:
            state = case.items.get(item)
            self.told.setdefault((item, state.round if state else 1), day)

    def _own(self, case: Case, item: str) -> set[str]:
        plan = self.office.plan(self.row.definition)
        return {plan.owner(item, case)} - {""}

    def _escalates(self, case: Case, event: e.Chased) -> bool:
        plan, step = self.office.plan(self.row.definition), step_of(event.item)
        ladder, state = plan.ladder(step), case.items[event.item]
        if step not in plan.steps or ladder is None or ladder.urgent or ladder.recognition or state.due is None:
            return False
        rung = ladder.rung(event.rung)
        others = {name for name in event.to if not name.endswith(NOT_ABOVE)} - self._own(case, event.item)
        return bool(others) and rung.when.span is not None and not rung.when.before
