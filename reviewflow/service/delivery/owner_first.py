"""Whoever is above an owner hears of late work a working day after the owner's own letter about it has left.

`rules.timing.told` holds back what is written too early; this holds back what was written in time and waited with the
owner's own letter, as when the mail server was down for a week.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.ladder_of_item import in_hours
from reviewflow.case.rules.timing.told import OWN, FirstTold, is_after_noon, may_escalate_from, waits_for_owner
from reviewflow.london import london_day, read_stamp
from reviewflow.service.messages.fields.day_fields import asked_of
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow, Notice, SentMessage

WAITS = frozenset({"queued", "sending"})
IS_THERE = "asked for only once its row is there"
OWNER_FIRST = "The letter to its owner goes first; this goes when the owner had a working day."


def too_early(cases: LetterCases, notices: Iterable[Notice], now: datetime) -> list[Notice]:
    """Those of these claimed notices that must wait: they escalate work whose owner has no letter of a day before."""
    early = []
    for notice in notices:
        with cases.workspace.aside(notice.reference):
            if not notice.urgent and _is_too_early(cases, notice, now):
                early.append(notice)
    return early


class LetterCases:
    """The cases of one letter's notices, all read at once, and only as far as somebody asks."""

    def __init__(self, workspace: Workspace, references: Iterable[str]) -> None:
        self.workspace, self.references = workspace, tuple(dict.fromkeys(references))
        self.state, self.asked_of = cache(self._state), cache(self._asked_of)

    def row(self, reference: str) -> CaseRow | None:
        """A case of the letter as it is stored; None when it is not there any more."""
        return self._rows.get(reference)

    def messages(self, reference: str) -> Sequence[SentMessage]:
        """All that was ever written about a case of the letter, without the words."""
        return self._messages.get(reference, ())

    def requests(self, reference: str, item: str) -> list[SentMessage]:
        """What automatic steps wrote about a case of the letter, and that asks for an item."""
        row = self.row(reference)
        assert row is not None, IS_THERE
        definition = row.definition
        return [message for message in self.messages(reference) if item in self.asked_of(definition, message.item)]

    @cached_property
    def _rows(self) -> Mapping[str, CaseRow]:
        return {row.reference: row for row in self.workspace.store.load_these(self.references)}

    @cached_property
    def _messages(self) -> Mapping[str, Sequence[SentMessage]]:
        return self.workspace.store.messages_of(self.references)

    def _state(self, reference: str) -> Case:
        row = self.row(reference)
        assert row is not None, IS_THERE
        return self.workspace.plan_and_case(row)[1]

    def _asked_of(self, definition: str, item: str) -> list[str]:
        return asked_of(self.workspace.plan(definition), item)


def _is_too_early(cases: LetterCases, notice: Notice, now: datetime) -> bool:
    row = cases.row(notice.reference)
    if row is None:
        return False
    plan = cases.workspace.plan(row.definition)
    if not _is_rung(plan, notice):
        return False
    case = cases.state(notice.reference)
    if notice.item not in case.items or not waits_for_owner(plan, case, notice.item):
        return False
    own = set(recipients(OWN, plan, case, notice.item))
    return notice.recipient not in own and _owner_waits(cases, notice, own, now)


def _is_rung(plan: Plan, notice: Notice) -> bool:
    """Whether its message is a rung of a step's ladder that waits for the owner, whoever it goes to."""
    step = step_of(notice.item)
    ladder = plan.ladder(step) if step in plan.steps else None
    rungs = [rung for rung in ladder.rungs if rung.message == notice.message] if ladder else []
    return bool(rungs) and not any(in_hours(rung) for rung in rungs)


def _owner_waits(cases: LetterCases, notice: Notice, own: Collection[str], now: datetime) -> bool:
    """Whether what was written to the owner waits to be sent, or the first of it left less than a working day ago.

    Reminders that the request itself took the place of have not left: then the request is what was written.
    """
    messages = cases.messages(notice.reference)
    reminders = [other for other in messages if other.item == notice.item and other.recipient in own]
    to_owner = reminders
    if not any(other.status in WAITS or other.status == "sent" for other in reminders):
        to_owner = [other for other in cases.requests(notice.reference, notice.item) if other.recipient in own]
    left = sorted(read_stamp(other.sent_at) for other in to_owner if other.status == "sent" and other.sent_at)
    if not left:
        return any(other.status in WAITS for other in to_owner)
    told = FirstTold(london_day(left[0]), after_noon=is_after_noon(left[0]))
    return london_day(now) < may_escalate_from(told, cases.workspace.calendars)
