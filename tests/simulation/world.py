"""A partnership for a year: cases come in, people answer or do not, the engine sweeps, is down, and catches up.

Everything is drawn from a seed, so that a year that goes wrong can be lived again.
"""

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from reviewflow.case.apply import apply, fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case, Status
from reviewflow.case.rules.holds import stopped_by
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.run import SweepContext, run_parts
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.store.store import open_store
from tests.simulation.people import KINDS, POST, Habits, answers
from tests.simulation.post import Post
from tests.simulation.too_soon import TooSoon

SHIPPED = Path(__file__).parents[2] / "definitions"
METHODS = {
    "rapid_review": 8,
    "practice_learning_review": 5,
    "learning_event": 4,
    "case_discussion": 4,
    "seriously_good_outcome_review": 2,
    "appreciative_inquiry": 2,
    "multi_agency_audit": 2,
    "root_cause_analysis": 1,
    "significant_event_analysis": 1,
    "cspr": 1,
}
TWELFTH = """\
  substance_misuse:
    title: Northmoor Recovery Service
    sector: health
    contact: reviews@northmoor-recovery.example.org
    deputy: duty@northmoor-recovery.example.org
    senior: director@northmoor-recovery.example.org
    partner: partner_health
    domains: [northmoor-recovery.example.org]
"""
SWEEPS = (time(9, 30), time(9, 45), time(14, 0), time(14, 15))
"""Twice each: a case that a sweep opens is chased by the next."""
PATIENCE = 25
"""Working days after which the office goes on without somebody who never answers."""
Owed = tuple[str, str, int]
"""A case, what is owed in it, and in which round."""


@dataclass
class World:
    seed: int
    folder: Path
    begins: date = date(2027, 1, 4)
    days: int = 365

    office: Workspace = field(init=False)
    habits: dict[str, Habits] = field(default_factory=dict)
    when: dict[Owed, date] = field(default_factory=dict)
    answered: Counter[str] = field(default_factory=Counter)
    read: dict[str, tuple[int, Case]] = field(default_factory=dict)
    down_until: date = date.min
    mail_down_until: date = date.min
    """Until then sweeps are made and letters are written, and none leaves."""

    def __post_init__(self) -> None:
        self.chance, self.weather = random.Random(self.seed), random.Random(f"mail {self.seed}")
        definitions = self.folder / "definitions"
        shutil.copytree(SHIPPED, definitions)
        who = definitions / "partnership.yaml"
        who.write_text(who.read_text().replace("\nagencies:\n", f"\nagencies:\n{TWELFTH}", 1))
        for paper in (definitions / "documents").glob("*.yaml"):  # a process each for Word takes most of the year
            lines = re.sub(r"^formats: .*word.*$", "formats: [markdown]", paper.read_text(), flags=re.MULTILINE)
            paper.write_text(re.sub(r"^(page|marking): .*\n", "", lines, flags=re.MULTILINE))
        for process in (definitions / "processes").glob("*.yaml"):  # nor are they offered then
            process.write_text(re.sub(r"^    offers: .*\n", "", process.read_text(), flags=re.MULTILINE))
        store = open_store(f"sqlite:///{self.folder}/cases.db")
        store.migrate()
        self.office = Workspace(store, definitions, papers=self.folder / "papers")
        self.post = Post(self.office, self.chance)
        methods = [name for name, number in METHODS.items() for _ in range(number)]
        self.chance.shuffle(methods)
        self.coming = sorted((self.begins + timedelta(days=self.chance.randrange(330)), name) for name in methods)

    def live(self) -> Iterator[date]:
        """Day after day; the caller looks at the world in between."""
        for number in range(self.days):
            day = self.begins + timedelta(days=number)
            self._a_day(day)
            yield day

    def _a_day(self, day: date) -> None:
        if day.weekday() < 5:
            self._cases_come_in(day)
            self._people_work(day)
        if day <= self.down_until:
            return
        if self.chance.random() < 0.02:
            self.down_until = day + timedelta(days=self.chance.choice((1, 2, 3, 4, 5, 6, 15)))
        if day > self.mail_down_until and self.weather.random() < 0.02:
            self.mail_down_until = day + timedelta(days=self.weather.choice((1, 2, 4, 8)))
        missed = self.chance.randint(1, len(SWEEPS) - 1) if self.chance.random() < 0.1 else 0  # down for some hours
        for clock in SWEEPS[min(missed, len(SWEEPS) - 2) :]:
            now = datetime.combine(day, clock, UTC)
            run_parts(SweepContext(self.office, now, run=lambda *_: None))
            if day > self.mail_down_until:
                self.post.deliver(now)
            record_sweep(self.office, (now, now), chased=0, sent=0, failed=0, note="")

    def _cases_come_in(self, day: date) -> None:
        while self.coming and self.coming[0][0] <= day:
            _, method = self.coming.pop(0)
            opening = self.office.processes()[method].opening
            known = list(self.office.partnership.agencies)
            taking_part = tuple(self.chance.sample(known, self.chance.randint(3, 8))) if opening.agencies else ()
            now = datetime.combine(day, time(8), UTC)
            open_case(self.office, method, c.Open(dict.fromkeys(opening.dates, day), taking_part), by="office", now=now)

    def _people_work(self, day: date) -> None:
        now = datetime.combine(day, time(11), UTC)
        for row in self.office.store.cases("open"):
            case, plan = self._case(row), self.office.plan(row.definition)
            for item, held in case.items.items():
                step = plan.steps.get(step_of(item))
                if held.status is Status.OPEN and step is not None and step.owner is not None:
                    due = self._answers_on(case, item, held.round, held.due, day)
                    if day >= due:
                        self._work(row.reference, item, now)

    def _case(self, row: CaseRow) -> Case:
        """As it is stored, read anew only when something happened."""
        known = self.read.get(row.reference)
        if known is None or known[0] != row.number:
            self.read[row.reference] = known = (row.number, load(row.reference, row.state))
        return known[1]

    def _answers_on(self, case: Case, item: str, number: int, due: date | None, today: date) -> date:
        owed = (case.reference, item, number)
        if owed not in self.when:
            calendar = self.office.calendars["office"]
            plan = self.office.plan(case.definition)
            owner = plan.owner(item, case)
            usual = POST if owner.startswith("role:") else self.chance.choice(KINDS)
            days = self.habits.setdefault(owner, usual).days_from_due(self.chance)
            start = due or calendar.add_working_days(today, 5)
            self.when[owed] = max(calendar.add_working_days(start, PATIENCE if days is None else days), today)
        return self.when[owed]

    def _work(self, reference: str, item: str, now: datetime) -> None:
        row = self.office.store.load(reference)
        assert row is not None
        case, plan = load(reference, row.state), self.office.plan(row.definition)
        held = case.items.get(item)
        if held is None or held.status is not Status.OPEN:
            return  # settled by what somebody else did this morning
        for hold in stopped_by(plan, case, item):
            if self.chance.random() < 0.05:
                self._do(reference, c.Release(hold, "the court has ended"), now)
            return
        if (now.date() - (held.due or now.date())).days > PATIENCE and self.chance.random() < 0.5:
            self._do(reference, c.Skip(item, "the partners go on without it"), now)
            return
        self._do(reference, c.Complete(item, answers(plan, case, item, now.date(), self.chance)), now)

    def _do(self, reference: str, command: c.Command, now: datetime) -> None:
        """A refusal is an answer too: it is too early, or the form does not take this."""
        try:
            carry_out(self.office, reference, command, by="somebody", now=now)
        except Refused:
            self.answered["refused"] += 1
        else:
            self.answered["done"] += 1

    # what must be so

    def nothing_is_waiting(self, now: datetime) -> list[tuple[str, str]]:
        return self.office.store.due_items(now.isoformat(timespec="seconds"), 10)

    def chased_twice(self) -> list[Owed]:
        """What was chased with the same rung twice, in one round and about one due day."""
        found: Counter[tuple[Owed, date | None, int]] = Counter()
        for row, stored in self.office.store.audit_rows():
            case: Case | None = None
            for each in stored:
                event = e.decode(each.kind, each.body)
                if isinstance(event, e.Chased) and case is not None:
                    held = case.items[event.item]
                    found[(row.reference, event.item, held.round), held.due, event.rung] += 1
                case = fold(row.reference, [event]) if case is None else apply(case, event)
        return [owed for (owed, _, _), times in found.items() if times > 1]

    def escalated_too_soon(self) -> list[str]:
        """Escalations of a step that went out before its owner had been told of it for a working day."""
        return [
            fact for row, stored in self.office.store.audit_rows() for fact in TooSoon(self.office, row).facts(stored)
        ]

    def audit(self) -> list[object]:
        return list(audit(self.office)[1])
