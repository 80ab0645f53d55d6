"""The acts that need a second person: in words, as they are stored, and carried out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, assert_never

from reviewflow.service.commands import legal_holds
from reviewflow.service.delivery.mode import switch
from reviewflow.service.publishing.release import SHORT, release
from reviewflow.service.records.disposal import certificate_words, destroy
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import listing


class ActKind(StrEnum):
    """What is asked for."""

    LIVE = "live"
    DESTROY = "destroy"
    LIFT = "lift"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Act:
    """One of them, with the cases that it is about."""

    kind: ActKind
    cases: tuple[str, ...] = ()
    matter: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """What it is, after "to": 'destroy RR-2026-001'."""
        match self.kind:
            case ActKind.LIVE:
                return "let messages go out (delivery live)"
            case ActKind.DESTROY:
                return f"destroy {listing(self.cases)} for good"
            case ActKind.LIFT:
                return f"lift the legal hold for {self.matter} from {listing(self.cases)}"
            case ActKind.PUBLISH:
                return f"publish the definitions {self.matter[:SHORT]} ({self.reason})"
            case _:
                assert_never(self.kind)

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {**asdict(self), "cases": list(self.cases)}


def read_act(stored: dict[str, Any]) -> Act:
    """An act as it was stored."""
    return Act(ActKind(stored["kind"]), tuple(stored["cases"]), stored["matter"], stored["reason"])


def do(workspace: Workspace, act: Act, *, by: str, now: datetime) -> str:
    """Carry it out in the name of who asked for it, and say what was done. Said again after a failure, it goes on.

    Raises what the act itself raises: Refused, UnknownCase or UserError.
    """
    match act.kind:
        case ActKind.LIVE:
            switch(workspace, Mode.LIVE, by=by, now=now)
            return "Delivery is live: messages go out."
        case ActKind.DESTROY:
            return "\n".join(
                certificate_words(destroy(workspace, reference, act.reason, by=by, now=now)) for reference in act.cases
            )
        case ActKind.LIFT:
            why = legal_holds.Matter(act.matter, act.reason)
            lifted = legal_holds.lift(workspace, list(act.cases), why, by=by, now=now)
            return f"No longer kept for {act.matter}: {listing(lifted, none='no other case')}."
        case ActKind.PUBLISH:
            return release(workspace, act.matter, by=by, now=now)
        case _:
            assert_never(act.kind)
