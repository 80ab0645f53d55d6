"""The register of published reviews: where each stands and until when; at least a year, or it says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewflow.calendar import OFFICE, Calendars, Span, Unit, shift
from reviewflow.case.model.state import Answer, Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import FormField, Record
from reviewflow.service.reports.sheets import Sheet
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words

AT_LEAST = Span(12, Unit.MONTHS)
"""SI 2018/789 and Working Together, chapter 5: for how long at least a report stays where it can be read."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One report that was published, and how long it stays."""

    case: str
    title: str
    """Of the process: the kind of report."""
    step: str
    published_on: date
    what: str
    page: str
    stays_until: date
    at_least_until: date
    themes: tuple[str, ...]
    deposited: date | None
    taken_down: date | None
    called: str = ""
    """The title or pseudonym that the public reads."""
    author: str = ""
    boards: tuple[str, ...] = ()
    """Those that commissioned it."""
    briefing: str = ""
    """Where the e-bulletin or the seven-minute briefing stands."""

    @property
    def name(self) -> str:
        """What it is called: its title or pseudonym, else its kind."""
        return self.called or self.title

    def is_shown(self, today: date) -> bool:
        """Whether the public finds it on this day: not taken down, and not past its end."""
        is_down = self.taken_down is not None and self.taken_down <= today
        return self.published_on <= today <= self.promised and not is_down

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
        """The later of the day that was answered and the least that is asked for."""
        return max(self.stays_until, self.at_least_until)


def publications(workspace: Workspace) -> list[Publication]:
    """Every published review, the newest first."""
    reviews = [
        publication
        for row in workspace.store.cases(None)
        for publication in published(*workspace.plan_and_case(row), workspace.calendars)
    ]
    return sorted(reviews, key=lambda publication: (publication.published_on, publication.case), reverse=True)


def published(plan: Plan, case: Case, calendars: Calendars) -> Iterator[Publication]:
    """The reports that a case has published."""
    for step in plan.recording(Record.PUBLICATION):
        state = case.items.get(step)
        if state is not None and state.status is Status.DONE and "stays_until" in state.answers:
            day = date.fromisoformat(str(state.answers["published_on"]))
            questions = plan.form(step)
            yield Publication(
                case=case.reference,
                title=plan.definition.process.title,
                step=step,
                published_on=day,
                what=", ".join(_words(state.answers.get("what"), questions.get("what"))),
                page=str(state.answers.get("page", "")),
                stays_until=date.fromisoformat(str(state.answers["stays_until"])),
                at_least_until=shift(day, AT_LEAST, calendars[OFFICE]),
                themes=_words(state.answers.get("themes"), questions.get("themes")),
                deposited=_done(plan, case, Record.DEPOSIT),
                taken_down=_done(plan, case, Record.TAKEN_DOWN),
                called=str(state.answers.get("title", "")),
                author=str(state.answers.get("author", "")),
                boards=_words(state.answers.get("boards"), questions.get("boards")),
                briefing=str(state.answers.get("briefing", "")),
            )


def _words(answer: Answer | None, question: FormField | None) -> tuple[str, ...]:
    values = answer if isinstance(answer, list) else [] if answer is None else [answer]
    return tuple(question.options.get(str(value), str(value)) if question else str(value) for value in values)


def _done(plan: Plan, case: Case, record: Record) -> date | None:
    states = [case.items[name] for name in plan.recording(record) if name in case.items]
    return max((state.done for state in states if state.status is Status.DONE and state.done), default=None)


COLUMNS = (
    *("Case", "Process", "Title", "Published", "Author", "Commissioned by", "What", "Where", "Stays until"),
    *("NSPCC", "Briefing", "Taken down", "Themes", "Look at"),
)


def publication_sheet(publications: list[Publication]) -> Sheet:
    """The register as a sheet, one report a row."""
    rows = tuple(
        (
            publication.case,
            publication.title,
            publication.called,
            publication.published_on,
            publication.author,
            ", ".join(publication.boards),
            publication.what,
            publication.page,
            publication.promised,
            publication.deposited,
            publication.briefing,
            publication.taken_down,
            ", ".join(publication.themes),
            f"{publication.warning} {day_words(publication.promised)}" if publication.warning else "",
        )
        for publication in publications
    )
    return Sheet("publications", "Published reviews", "Where each stands, and until when.", COLUMNS, rows)
