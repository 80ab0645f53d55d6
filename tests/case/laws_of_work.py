"""Laws of what was done, opened and concluded, read from the history of a case and from nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.apply import apply, fold
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import WAS_DONE, Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.language.structure.extensions import asked_in

DOES = (
    e.Completed,
    e.AgreedBySilence,
    e.CountedBySilence,
    e.MessageSent,
    e.DocumentAsked,
    e.RunAsked,
    e.CaseStarted,
    e.LimitMet,
    e.DateSet,
    e.LetterReleased,
)
"""The events with which something is done; each names it."""
DO_THE_WORK = ("contact", "deputy", "designated")
"""The posts of an agency that do its work, stand in for that, or help with it."""
MOVES = (
    e.DueMoved,
    e.Extended,
    e.DueDatesShifted,
    e.FollowsNewDay,
    e.AskedLate,
    e.AskedNext,
    e.SentBack,
    e.AgencyJoined,
    e.RoundOpened,
)
"""The events that say that a day is another now."""
OPENS = (e.Opened, e.ItemsOpened, e.OwedAfterRound, e.StepOpened, e.AgenciesMerged, e.OwnerMoved)
SILENT = (e.AgreedBySilence, e.CountedBySilence)


@dataclass
class Laws:
    """What went against a law; `facts` is empty when nothing did."""

    plan: Plan
    calendars: Calendars
    told: dict[tuple[str, int], date] = field(default_factory=dict)
    """By item and round, the first day on which somebody was written to about it."""
    asked: dict[str, set[str]] = field(default_factory=dict)
    """By step, everybody who has owed it."""
    late: set[tuple[str, int]] = field(default_factory=set)
    """What opened after its day, by item and round."""

    def facts(self, history: Iterable[tuple[date, e.Event]]) -> Iterator[str]:
        case: Case | None = None
        for day, event in history:
            before, case = case, apply(case, event) if case else fold("R", [event])
            if before is not None:
                yield from _done_by_nobody(before, event, case)
                yield from _moved_silently(before, event, case)
                yield from _concluded_too_soon(before, event)
                yield from _released_by_others(self.plan, event)
                yield from self._of_everybody(before, event)
                yield from _ended_for_another_reason(event, case)
                yield from _rounds_over_on_another_day(before, event, day)
                yield from self._of_late_work(before, event, case, day)

    def _of_late_work(self, before: Case, event: e.Event, case: Case, day: date) -> Iterator[str]:
        """What opens after its day is told to its owner first, and nobody else hears of it before a working day."""
        for item, state in case.items.items():
            begins_late = state.due and state.opened and state.opened > state.due
            if state.status is Status.OPEN and begins_late and not self._waits_for_nobody(item):
                self.late.add((item, state.round))
        if isinstance(event, e.Responded):  # whoever answers knows of it
            self.told.setdefault((event.item, before.items[event.item].round), day)
        if not isinstance(event, (e.Chased, e.OwnerTold)):
            return
        one = event.item, before.items[event.item].round
        first = self.told.setdefault(one, day)
        others = any(name.startswith("role:") or not name.endswith(DO_THE_WORK) for name in event.to)
        if one not in self.late or isinstance(event, e.OwnerTold) or not others or self._its_own(before, event):
            return
        if self.calendars[OFFICE].working_days_between(first, day) < 1:
            yield f"{event.item} opened late, and {event.to} heard of it on {day}, its owner on {first}"

    def _of_everybody(self, before: Case, event: e.Event) -> Iterator[str]:
        """Who is told with everybody that was asked had been asked; and nobody who owes it, or did it, is left out."""
        for item, state in before.items.items():
            if state.status is Status.OPEN and step_of(item) in self.plan.steps:
                self.asked.setdefault(step_of(item), set()).add(self.plan.owner(item, before))
        if not isinstance(event, e.MessageSent):
            return
        names = self.plan.steps[step_of(event.item)].to
        asked = {step for step in map(asked_in, names) if step}
        if not asked:
            return
        others = {f"role:{name}" for name in names if not asked_in(name)}
        if len(set(event.to)) < len(event.to):
            yield f"{event.item} goes twice to somebody of {event.to}"
        told = {name.removesuffix(":contact") for name in event.to}
        for to in told - others - set().union(*(self.asked.get(step, set()) for step in asked)):
            yield f"{event.item} goes to {to}, who was never asked"
        for item, state in before.items.items():
            if step_of(item) not in asked or item not in self.plan.items(step_of(item), before):
                continue  # who left a list is not told, whatever they did
            owes_or_did = state.status is Status.OPEN or state.status in WAS_DONE
            if owes_or_did and self.plan.owner(item, before) not in told:
                yield f"{event.item} goes to {event.to}, and not to {self.plan.owner(item, before)}"

    def _its_own(self, case: Case, event: e.Chased) -> bool:
        return set(event.to) <= {self.plan.owner(event.item, case)}

    def _waits_for_nobody(self, item: str) -> bool:
        step = self.plan.steps.get(step_of(item))
        return step is None or step.safety is True


def _done_by_nobody(before: Case, event: e.Event, case: Case) -> Iterator[str]:
    for item, state in case.items.items():
        was = before.items.get(item)
        anew = state.status is Status.DONE and (was is None or was.status is not Status.DONE)
        named = isinstance(event, DOES) and event.item == item
        if anew and not named and not isinstance(event, e.AgenciesMerged):
            yield f"{item} is shown as done by {event.KIND}"


def _moved_silently(before: Case, event: e.Event, case: Case) -> Iterator[str]:
    """A day that was known is another only by an event that says so."""
    for item, state in case.items.items():
        was = before.items.get(item)
        both_owed = was is not None and was.status is state.status is Status.OPEN and was.round == state.round
        if both_owed and was is not None and was.due != state.due and not isinstance(event, (*MOVES, *OPENS)):
            yield f"{item} moved from {was.due} to {state.due} by {event.KIND}"


def _concluded_too_soon(before: Case, event: e.Event) -> Iterator[str]:
    """No silence counts of what was not asked for, or from a day before it was asked for."""
    if isinstance(event, SILENT):
        asked = before.items[event.item].asked
        if asked is None or asked > event.done:
            yield f"{event.item} is settled by silence on {event.done}, and was asked for on {asked}"


def _ended_for_another_reason(event: e.Event, case: Case) -> Iterator[str]:
    """Letters print the reason that was given for the ending that was taken, and none once the case goes on."""
    if isinstance(event, (e.CaseEnding, e.CaseEnded)) and case.closing_reason not in {event.reason, ""}:
        yield f"it ended because “{event.reason}”, and letters say “{case.closing_reason}”"
    if isinstance(event, e.CaseEnding) and case.closing_reason != event.reason:
        yield f"it ends because “{event.reason}”, and letters say “{case.closing_reason}”"
    if case.closing_reason and not (case.closing or case.ending):
        yield f"it has not ended, and letters say “{case.closing_reason}”"


def _released_by_others(plan: Plan, event: e.Event) -> Iterator[str]:
    """A letter that the file leaves to a post is released by no other."""
    if isinstance(event, e.LetterReleased):
        may = plan.steps[step_of(event.item)].released_by
        if may and event.by_role not in may:
            yield f"{event.item} is for {may}, and was released by “{event.by_role}”"


def _rounds_over_on_another_day(before: Case, event: e.Event, today: date) -> Iterator[str]:
    """Rounds are over on no day that is to come, and not before the last of them was done."""
    if isinstance(event, e.RoundsStopped | e.RoundsDropped):
        last = max((day for item in event.items if (day := before.items[item].done)), default=event.stopped)
        if not last <= event.stopped <= today:
            yield f"The rounds of {event.items} were over on {event.stopped}, done {last}, recorded {today}."
