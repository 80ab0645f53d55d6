"""What else a mailbox owes, beyond what its letter is about, so that one letter a day tells everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import CaseStatus, Item, Status
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.timing.hours import has_passed
from reviewflow.language.model import Partnership, Tells
from reviewflow.london import london_day
from reviewflow.service.messages.answer_places import PAGE, Place
from reviewflow.service.messages.fields.day_fields import how_long, tells_that_it_passed
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.messages.naming import owed_title
from reviewflow.service.messages.recipients import reach
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice, StoredDigest
from reviewflow.text import due_words


def lists_all_work(partnership: Partnership, digests: Iterable[StoredDigest]) -> bool:
    """Whether one of these digests lists all work, so that its reader's own is not listed again."""
    kinds = (partnership.digests.get(step_of(digest.key)) for digest in digests)
    return any(kind is not None and kind.tells is Tells.WORK and not kind.of for kind in kinds)


Owed = tuple[str, str]
"""A case's reference, and what is owed in it."""


@dataclass
class AlsoDue:
    """All open items by the mailbox of their owner: looked up once for many letters, checked again for each."""

    workspace: Workspace
    now: datetime

    def lines(self, address: str, notices: Sequence[Notice]) -> list[str]:
        """A line for each item that this mailbox owes and these notices are not about, the earliest due first.

        Left out are items on hold, snoozed, or with a response to decide on, and steps that only invite an answer.
        """
        covered = {(notice.reference, notice.item) for notice in notices}
        open_now = [owed for owed in self._by_mailbox.get(address.lower(), ()) if owed not in covered]
        if not open_now:
            return []
        cases = {
            row.reference: row for row in self.workspace.store.load_these({reference for reference, _ in open_now})
        }
        lines = []
        for reference, item in open_now:
            row = cases.get(reference)
            if row is None:
                continue
            with self.workspace.aside(reference):
                context = self.workspace.context(row, self.now)
                state = context.case.items.get(item)
                if state is None or context.case.status is not CaseStatus.OPEN:
                    continue
                if _is_owed(context, item) and not _asked_for(context, item, state, notices):
                    lines.append((state.due or date.max, _line(context, item, state)))
        return [line for _, line in sorted(lines)]

    @cached_property
    def _by_mailbox(self) -> Mapping[str, list[Owed]]:
        owed: defaultdict[str, list[Owed]] = defaultdict(list)
        for reference, row in self.workspace.store.items():
            if row.kind == "step" and row.owner:
                with self.workspace.aside(reference):
                    for address in self._mailboxes(row.owner):
                        owed[address].append((reference, row.item))
        return owed

    def _mailboxes(self, owner: str) -> Iterator[str]:
        partnership = self.workspace.partnership
        for recipient in reach(partnership, (owner,), london_day(self.now)):
            if address := mailbox(partnership, recipient):
                yield address.lower()


def _asked_for(context: CaseContext, item: str, state: Item, notices: Sequence[Notice]) -> bool:
    """Whether a request for it is among these notices, and tells that it is overdue where it is: the letter says it."""
    asking = context.plan.requests[step_of(item)]
    here = [notice for notice in notices if notice.reference == context.case.reference]
    asked = [notice for notice in here if step_of(notice.item) in asking and key_of(notice.item) in {"", key_of(item)}]
    overdue = has_passed(state, context.now)
    return any(not overdue or tells_that_it_passed(notice.text) for notice in asked)


def _is_owed(context: CaseContext, item: str) -> bool:
    state = context.case.items.get(item)
    if state is None or state.status is not Status.OPEN or stopped_by(context.plan, context.case, item):
        return False
    if leader_of(context.plan, context.case, item):
        return False
    step, ladder = context.plan.steps[step_of(item)], context.plan.ladder(step_of(item))
    invites = (ladder is not None and ladder.recognition) or step.waits_for is not None or step.silence is not None
    is_not_chased = bool(state.to_decide) or (state.snoozed_until is not None and state.snoozed_until > context.today)
    return not invites and not is_not_chased


def _line(context: CaseContext, item: str, state: Item) -> str:
    day = (
        f"by {due_words(state.due, state.by)} ({how_long(context, item, state.due)})" if state.due else "no day is set"
    )
    form = f"{context.case.reference}/{shown_item(context.plan, item)}/{state.round}"
    return f"{context.case.reference}: {owed_title(context, item)}, {day}{Place(PAGE, form)}"
