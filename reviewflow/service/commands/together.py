"""Commands in several cases, stored in one transaction: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.screening import read_who
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import TRIES, CommandResult, find
from reviewflow.service.commands.commit import build_change
from reviewflow.service.commands.deciding import draft_of
from reviewflow.service.commands.other_cases import tells
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import CaseConflict
from reviewflow.store.records import CaseRow, Change
from reviewflow.text import listing

NOTHING = "Nothing was recorded. Correct this and send it all again."


@dataclass(frozen=True, slots=True)
class CaseCommand:
    """A command in one case, and what a refusal calls it: 'Row 4', 'AP-2026-001/3'."""

    reference: str
    command: c.Command
    about: str
    vouched: str = ""


def carry_out_together(
    workspace: Workspace, asked: Sequence[CaseCommand], *, by: str, now: datetime, key: str, wrong: Sequence[str] = ()
) -> list[CommandResult]:
    """Carry out all, one after the other in each case; the results by case, those told by others too.

    With a key that was used before nothing is recorded again. Raises Refused with all that is `wrong`
    already and with every one that is refused, UnknownCase, or CaseConflict when others kept writing.
    """
    for _ in range(TRIES):
        if asked and workspace.store.recorded(find(workspace, asked[0].reference), key) is not None:
            return []
        together = _Together(workspace, read_who(by), now)
        together.carry_out(asked, wrong)
        if workspace.store.append_together(together.changes(key)) is not None:
            return [CommandResult(part.case, tuple(part.events)) for part in together.parts.values() if part.events]
    references = listing(dict.fromkeys(command.reference for command in asked))
    raise CaseConflict(f"{references} are being changed by others; try again in a moment.")


@dataclass
class _Part:
    """One case while the commands are decided."""

    row: CaseRow
    plan: Plan
    before: Case
    case: Case
    events: list[e.Event]


class _Together:
    def __init__(self, workspace: Workspace, by: str, now: datetime) -> None:
        self._workspace, self._by, self._now = workspace, by, now
        self.parts: dict[str, _Part] = {}

    def carry_out(self, asked: Sequence[CaseCommand], known: Sequence[str]) -> None:
        """Decide all; raises Refused with what is known to be wrong and every refusal."""
        wrong = [*known]
        for one in asked:
            try:
                self._decide(find(self._workspace, one.reference), one.command, one.vouched)
            except Refused as refused:
                wrong += [f"{one.about}: {reason}" for reason in refused.reasons]
        if wrong:
            raise Refused(wrong, NOTHING)

    def _decide(self, row: CaseRow, command: c.Command, vouched: str = "") -> None:
        part = self.parts.get(row.reference) or self._part(row)
        draft = draft_of(self._workspace, part.plan, part.case, command, by=self._by, now=self._now, vouched=vouched)
        part.case = draft.case
        part.events += draft.events
        for other, told in tells(part.plan, draft.case, draft.events):
            if (told_row := self._workspace.store.load(other)) is not None:
                self._decide(told_row, told)

    def _part(self, row: CaseRow) -> _Part:
        plan, case = self._workspace.plan_and_case(row)
        self.parts[row.reference] = _Part(row, plan, case, case, [])
        return self.parts[row.reference]

    def changes(self, key: str) -> list[Change]:
        """What is stored, in the order in which the cases were opened."""
        changed = sorted((part for part in self.parts.values() if part.events), key=lambda part: part.row.id)
        return [self._change(part, key) for part in changed]

    def _change(self, part: _Part, key: str) -> Change:
        workspace = self._workspace
        context = workspace.context_of(part.plan, part.case, self._now)
        today = london_day(self._now).isoformat()
        return build_change(context, part.row, part.before, part.events, by=self._by, on=today, key=key)
