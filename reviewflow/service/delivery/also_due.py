"""What else a mailbox owes besides what its letter is about, so that one letter a day tells everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import CaseStatus, Item, Status
from reviewflow.case.rules.holds import stopped_by
from reviewflow.language.model import Partnership, Tells
from reviewflow.london import london_day
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.messages.recipients import reach
from reviewflow.service.messages.text import how_long, item_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Digest, Notice
from reviewflow.text import due_words


def tell_work(partnership: Partnership, digests: Iterable[Digest]) -> bool:
    """Whether any of these digests lists the work of all, so that its reader's own need not be listed again."""
    known = (partnership.digests.get(step_of(digest.key)) for digest in digests)
    return any(each is not None and each.tells is Tells.WORK for each in known)


Owed = tuple[str, str]
"""A case's reference, and what is owed in it."""


@dataclass
class AlsoDue:
    """All that is owed now, by the mailbox of its owner. Looked up once for many letters, judged anew for each."""

    office: Workspace
    now: datetime

    def besides(self, address: str, notices: Sequence[Notice]) -> list[str]:
        """A line for each thing that this mailbox owes and these notices are not about, the most urgent first.

        Nothing of what stands still, of what somebody has asked for more time for or is left in peace about, and of
        what is only an invitation.
        """
        told = {(notice.reference, notice.item) for notice in notices}
        open_now = [each for each in self._by_mailbox.get(address.lower(), ()) if each not in told]
        if not open_now:
            return []
        cases = {row.reference: row for row in self.office.store.load_these({reference for reference, _ in open_now})}
        found = []
        for reference, item in open_now:
            row = cases.get(reference)
            if row is None:
                continue
            case = load(reference, row.state)
            context = CaseContext(
                self.office.plan(row.definition), case, self.office.partnership, self.office.calendars, self.now
            )
            if case.status is CaseStatus.OPEN and _is_owed(context, item):
                found.append((case.items[item].due or date.max, _line(context, item, case.items[item])))
        return [line for _, line in sorted(found)]

    @cached_property
    def _by_mailbox(self) -> Mapping[str, list[Owed]]:
        found: defaultdict[str, list[Owed]] = defaultdict(list)
        for reference, row in self.office.store.items():
            if row.kind == "step" and row.owner:
                for address in self._mailboxes(row.owner):
                    found[address].append((reference, row.item))
        return found

    def _mailboxes(self, owner: str) -> Iterator[str]:
        partnership = self.office.partnership
        for each in reach(partnership, (owner,), london_day(self.now)):
            if address := mailbox(partnership, each):
                yield address.lower()


def _is_owed(context: CaseContext, item: str) -> bool:
    state = context.case.items.get(item)
    if state is None or state.status is not Status.OPEN or stopped_by(context.plan, context.case, item):
        return False
    step, ladder = context.plan.steps[step_of(item)], context.plan.ladder(step_of(item))
    invites = (ladder is not None and ladder.recognition) or step.waits_for is not None or step.silence is not None
    in_peace = bool(state.deciding) or (state.snoozed is not None and state.snoozed > context.today)
    return not invites and not in_peace


def _line(context: CaseContext, item: str, state: Item) -> str:
    day = (
        f"by {due_words(state.due, state.by)} ({how_long(context, item, state.due)})" if state.due else "no day is set"
    )
    return f"{context.case.reference}: {item_title(context, item)}, {day}"
