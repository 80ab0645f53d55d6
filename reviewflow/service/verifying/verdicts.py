"""What is said of each action, and all of it recorded in one transaction: an entry of the history each, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.language.structure.registers import JUDGEMENT, JUDGEMENTS
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import CommandResult
from reviewflow.service.commands.together import CaseCommand, carry_out_together
from reviewflow.service.verifying.waiting import Waiting
from reviewflow.service.workspace.workspace import Workspace

WHY, NEEDED, BY_WHEN, IN_FULL = "why", "still_needed", "needed_by", "in_full"
"""The questions of a form of verification that an exception answers, and the one that leaves out all others."""
EXCEPTION = {WHY: "why it is not verified", NEEDED: "what is still needed", BY_WHEN: "by when"}


class VerifiedAs(StrEnum):
    """What is said of an action."""

    EVIDENCED = "as evidenced"
    PARTLY = "in part"
    NOT = "not verified"
    LATER = "not now"


_JUDGEMENTS = {VerifiedAs.EVIDENCED: JUDGEMENTS[0], VerifiedAs.PARTLY: JUDGEMENTS[1], VerifiedAs.NOT: JUDGEMENTS[2]}


@dataclass(frozen=True, slots=True)
class ActionVerdict:
    """What is said of one action, by its `name` as it waits; `place` is where that stands: 'Row 4'."""

    name: str
    verdict: VerifiedAs
    why: str = ""
    needed: str = ""
    by_when: str = ""
    place: str = ""

    @property
    def about(self) -> str:
        """What a refusal calls it."""
        return f"{self.place}, {self.name}" if self.place else self.name


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was verified as evidenced, what was not or in part, and what still waits; each by its name."""

    verified: tuple[str, ...]
    exceptions: tuple[str, ...]
    left: tuple[str, ...]
    without_evidence: tuple[str, ...]
    """Of those that still wait the ones of which nothing was said, because no evidence was named."""
    results: tuple[CommandResult, ...]

    @property
    def words(self) -> Iterator[str]:
        """What was recorded, in sentences."""
        if self.verified:
            yield f"Verified as evidenced: {', '.join(self.verified)}."
        if self.exceptions:
            yield f"Not verified, or in part, with what is missing: {', '.join(self.exceptions)}."
        if self.without_evidence:
            yield f"Left as they are, because no evidence was named: {', '.join(self.without_evidence)}."
        if left := [name for name in self.left if name not in self.without_evidence]:
            yield f"Left for another time: {', '.join(left)}."

    @property
    def as_json(self) -> Mapping[str, Sequence[str]]:
        """The same by name, for other programs."""
        return {"verified": self.verified, "exceptions": self.exceptions, "left": self.left}


def record(
    workspace: Workspace,
    open_actions: Sequence[Waiting],
    lines: Sequence[ActionVerdict],
    *,
    on: date | None = None,
    wrong: Sequence[str] = (),
    by: str,
    now: datetime,
    key: str,
) -> Recorded:
    """Record what the lines say, and of every other action that it is verified as evidenced, where it has evidence.

    An action that waits twice, in its plan and in a verification of its own, is verified once. Raises Refused with all
    that is `wrong` already and what is wrong with every line; then nothing was recorded.
    """
    known = {action.name: action for action in open_actions}
    said = {line.name: line for line in lines}
    mistakes = [*wrong, *_unknown(known, lines)]
    chosen = {name: said.get(name) or ActionVerdict(name, _unsaid(action)) for name, action in known.items()}
    for name in _told_elsewhere(known, chosen, said):
        del chosen[name]
    asked: list[CaseCommand] = []
    for name, line in chosen.items():
        found = list(_mistakes(known[name], line))
        mistakes += [f"{line.about}: {words}" for words in found]
        if line.verdict is not VerifiedAs.LATER and not found:
            command = c.Complete(known[name].item, _answers(known[name], line, on or london_day(now)))
            asked.append(CaseCommand(known[name].reference, command, line.about))
    if not asked and not mistakes:
        raise Refused(["No action is verified by this."], "Nothing was recorded.")
    results = carry_out_together(workspace, asked, by=by, now=now, key=key, wrong=mistakes)
    return _recorded(chosen, said, results)


def _recorded(
    chosen: Mapping[str, ActionVerdict], said: Mapping[str, ActionVerdict], results: Sequence[CommandResult]
) -> Recorded:
    of = {verdict: tuple(name for name, line in chosen.items() if line.verdict is verdict) for verdict in VerifiedAs}
    return Recorded(
        of[VerifiedAs.EVIDENCED],
        (*of[VerifiedAs.PARTLY], *of[VerifiedAs.NOT]),
        of[VerifiedAs.LATER],
        tuple(name for name in of[VerifiedAs.LATER] if name not in said),
        tuple(results),
    )


def _unsaid(action: Waiting) -> VerifiedAs:
    return VerifiedAs.EVIDENCED if action.evidence else VerifiedAs.LATER


def _unknown(known: Mapping[str, Waiting], lines: Sequence[ActionVerdict]) -> Iterator[str]:
    seen: set[str] = set()
    for line in lines:
        if line.name not in known:
            yield f"{line.about}: no action of this number waits for its verification here."
        elif line.name in seen:
            yield f"{line.about}: it stands here twice. Keep one of them."
        seen.add(line.name)


def _told_elsewhere(
    known: Mapping[str, Waiting], chosen: Mapping[str, ActionVerdict], said: Mapping[str, ActionVerdict]
) -> Iterator[str]:
    """Actions of which nothing is said, and which are verified by another line."""
    others = {
        known[name].action
        for name, line in chosen.items()
        if known[name].action != name and line.verdict is not VerifiedAs.LATER
    }
    return (name for name in list(chosen) if name in others and name not in said)


def _mistakes(action: Waiting, line: ActionVerdict) -> Iterator[str]:
    if line.verdict is VerifiedAs.EVIDENCED and not action.evidence:
        yield "no evidence was named when it was done. Say what is missing, or look into it by itself."
    if line.verdict in {VerifiedAs.PARTLY, VerifiedAs.NOT}:
        given = {WHY: line.why, NEEDED: line.needed, BY_WHEN: line.by_when}
        yield from (f"{EXCEPTION[name]} is missing." for name, words in given.items() if not words.strip())
        lacking = [name for name in given if name not in action.form]
        yield from (f'its form has no question "{name}". Record it by itself.' for name in lacking)


def _answers(action: Waiting, line: ActionVerdict, on: date) -> dict[str, object]:
    day = next((name for name, asked in action.form.items() if asked.completes), "")
    given: dict[str, object] = {JUDGEMENT: _JUDGEMENTS[line.verdict]}
    if day:
        given[day] = on.isoformat()
    if IN_FULL in action.form:
        given[IN_FULL] = "no"
    if line.verdict is not VerifiedAs.EVIDENCED:
        given |= {WHY: line.why, NEEDED: line.needed, BY_WHEN: line.by_when}
    return given
