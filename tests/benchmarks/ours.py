"""Ours: the process as YAML, run by the same functions that the commands and the flows call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reviewflow.case.model.commands import Complete, Open
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.benchmarks.workload import AGENCIES, ANSWERS, BY, NOW, TODAY, goes_on

DEFINITIONS = Path(__file__).parent / "definitions"
PROCESS = "statutory_review"
HANDOVER = {"paper": ANSWERS["paper"], "note": ANSWERS["note"]}


def work(case: int) -> Iterator[Complete]:
    """What people answer, in order."""
    yield Complete("receive_notification", ANSWERS)
    yield Complete("triage", {"serious_harm": "yes", **HANDOVER})
    yield from (Complete(f"gather_information/{agency}", ANSWERS) for agency in AGENCIES)
    yield Complete("rapid_review_meeting", ANSWERS)
    yield Complete("decide", {"outcome": "review" if goes_on(case) else "none", **HANDOVER})
    yield Complete("commission_review" if goes_on(case) else "record_rationale", ANSWERS)
    yield Complete("draft_report", ANSWERS)
    yield Complete("publish", ANSWERS)


class Reviewflow:
    def __init__(self, url: str) -> None:
        store = open_store(url)
        store.migrate()
        self.office = Workspace(store, DEFINITIONS)
        self._cases: dict[int, tuple[str, Iterator[Complete]]] = {}

    def open(self, case: int) -> None:
        command = Open({"notified": TODAY}, AGENCIES)
        opened = open_case(self.office, PROCESS, command, by=BY, now=NOW)
        self._cases[case] = opened.case.reference, work(case)

    def complete(self, case: int) -> None:
        reference, commands = self._cases[case]
        carry_out(self.office, reference, next(commands), by=BY, now=NOW)

    def finished(self) -> int:
        return len(self.office.store.cases("closed"))

    def completions(self) -> int:
        events = (each for case in self.office.store.cases(None) for each in self.office.store.events(case.reference))
        return sum(each.kind == "Completed" for each in events)

    def close(self) -> None:
        self.office.store.close()
