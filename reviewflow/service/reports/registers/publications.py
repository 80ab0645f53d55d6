"""The register of published reviews: where each stands and until when; at least a year, or it says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewflow.calendar import OFFICE, Calendars, Span, Unit, shift
from reviewflow.case.model.state import Answer, Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import FormField, Record
from reviewflow.language.structure.registers import recording
from reviewflow.service.reports.sheets import Sheet
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words

AT_LEAST = Span(12, Unit.MONTHS)
"""Working Together, chapter 5: how long a report stays where it can be read."""


@dataclass(frozen=True, slots=True)
class Publication:
    case: str
    title: str
    """Of the process."""
    step: str
    published_on: date
    what: str
    page: str
    stays_until: date
    at_least_until: date
    themes: tuple[str, ...]
    deposited: date | None
    taken_down: date | None

    @property
    def warning(self) -> str:
        """What is wrong with how long it stays; '' when nothing is."""
        promised = max(self.stays_until, self.at_least_until)
        if self.taken_down is not None and self.taken_down < promised:
            return f"taken down on {day_words(self.taken_down)}, before its time: it was to stay until"
        if self.stays_until < self.at_least_until:
            return f"is to stay only until {day_words(self.stays_until)}; twelve months are the least:"
        return ""

    @property
    def promised(self) -> date:
        return max(self.stays_until, self.at_least_until)


def publications(workspace: Workspace) -> list[Publication]:
    """Every published review, the newest first."""
    found = [
        each
        for row in workspace.store.cases(None)
        for each in published(*workspace.plan_and_case(row), workspace.calendars)
    ]
    return sorted(found, key=lambda each: (each.published_on, each.case), reverse=True)


def published(plan: Plan, case: Case, calendars: Calendars) -> Iterator[Publication]:
    for step in recording(plan.definition.process, Record.PUBLICATION):
        held = case.items.get(step)
        if held is not None and held.status is Status.DONE and "stays_until" in held.answers:
            day = date.fromisoformat(str(held.answers["published_on"]))
            asked = plan.form(step)
            yield Publication(
                case=case.reference,
                title=plan.definition.process.title,
                step=step,
                published_on=day,
                what=", ".join(_words(held.answers.get("what"), asked.get("what"))),
                page=str(held.answers.get("page", "")),
                stays_until=date.fromisoformat(str(held.answers["stays_until"])),
                at_least_until=shift(day, AT_LEAST, calendars[OFFICE]),
                themes=_words(held.answers.get("themes"), asked.get("themes")),
                deposited=_done(plan, case, Record.DEPOSIT),
                taken_down=_done(plan, case, Record.TAKEN_DOWN),
            )


def _words(answer: Answer | None, asked: FormField | None) -> tuple[str, ...]:
    given = answer if isinstance(answer, list) else [] if answer is None else [answer]
    return tuple(asked.options.get(str(each), str(each)) if asked else str(each) for each in given)


def _done(plan: Plan, case: Case, record: Record) -> date | None:
    held = [case.items[name] for name in recording(plan.definition.process, record) if name in case.items]
    return max((each.done for each in held if each.status is Status.DONE and each.done), default=None)


COLUMNS = ("Case", "Process", "Published", "What", "Where", "Stays until", "NSPCC", "Taken down", "Themes", "Look at")


def publication_sheet(found: list[Publication]) -> Sheet:
    rows = tuple(
        (
            *(each.case, each.title, each.published_on, each.what, each.page, each.promised, each.deposited),
            *(
                each.taken_down,
                ", ".join(each.themes),
                f"{each.warning} {day_words(each.promised)}" if each.warning else "",
            ),
        )
        for each in found
    )
    return Sheet("publications", "Published reviews", "Where each stands, and until when.", COLUMNS, rows)
