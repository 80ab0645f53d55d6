"""What a browser sent, read: the answers of the form with what is wrong, the day, and who should have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reviewflow.language.model import DONE_ON, NOT_IDENTIFYING, FormFields
from reviewflow.language.phrases import PhraseError, parse_day
from reviewflow.service.door.opening import OpenedItem
from reviewflow.service.door.typed import (
    Mistake,
    Sent,
    answers_in,
    conditional,
    first,
    mistake_of,
    mistakes_of,
    typed_day,
    typed_lines,
)

PREFIX = "f."
"""Before the name of each question of the step, so that none is taken for one of the page's own."""
SHOWN = "shown"
LINES_BEFORE = "lines"
"""Names the questions on a page that only another answer makes needed."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was sent to the address with this token; empty for a page that is looked at."""

    token: str
    sent: Sent

    @property
    def wants_line(self) -> bool:
        """Whether a table is to have one line more, and nothing is sent yet."""
        return bool(self.first("more"))

    def first(self, name: str) -> str:
        """The first value of a name."""
        return first(self.sent, name)


@dataclass(frozen=True)
class TypedAnswer:
    """The answers that were typed, the day, and all that is wrong."""

    answers: Mapping[str, object]
    on: str
    unread_day: str
    """What is wrong with the day; '' where nothing is."""
    vouched: str
    opened: OpenedItem
    sent: Sent
    shown: frozenset[str] = frozenset()
    """Of the questions that only another answer makes needed those that were on the page."""
    lines_before: str = ""
    """How many lines of a table that grows there were when the page was made, as it says; '' where there were none."""

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """All that is wrong with the questions and the day; worked out when it is asked for."""
        wrong = self.opened.wrong_with(self.answers, vouched=bool(self.vouched))
        of_day = (Mistake(DONE_ON, self.unread_day),) if self.unread_day else ()
        return (*mistakes_of(self.opened.questions, wrong), *of_day)

    @property
    def asks_more(self) -> bool:
        """Whether all that is wrong is that what was answered leads to questions which were not on the page."""
        if not self.mistakes:
            return False
        fields, shown = self.opened.questions, self.shown
        asked = {mistake.name for mistake in self.mistakes}
        return asked <= {name for name in conditional(fields) if name not in shown | self.answers.keys()}

    def told(self, reasons: Sequence[str]) -> Mapping[str, str]:
        """What is wrong, by the name of the question on the page; '' for what is about none."""
        fields = self.opened.questions
        mistakes = (*self.mistakes, *(mistake_of(fields, reason) for reason in reasons))
        return told_by_question(fields, mistakes, self.sent)


def told_by_question(fields: FormFields, mistakes: Iterable[Mistake], sent: Sent) -> Mapping[str, str]:
    """What is wrong, by the name of the question on the page, in a table of its cell; '' for what is about none."""
    told: dict[str, str] = {}
    for mistake in mistakes:
        name = f"{PREFIX}{mistake.name}{_cell(fields, mistake, sent)}" if mistake.name in fields else mistake.name
        told[name] = f"{told[name]} {mistake.words}" if name in told else mistake.words
    return told


def _cell(fields: FormFields, mistake: Mistake, sent: Sent) -> str:
    """'.0.by': where on the page the cell is, behind the name of its table; '' of what is about no cell."""
    if not mistake.column:
        return ""
    lines = typed_lines(fields[mistake.name], sent, f"{PREFIX}{mistake.name}")
    return f".{lines[mistake.line - 1]}.{mistake.column}" if mistake.line <= len(lines) else ""


def read_answer(opened: OpenedItem, form: SentForm) -> TypedAnswer:
    """The answers of the step's form."""
    day, unread = day_of(form.sent, DONE_ON)
    return TypedAnswer(
        answers=answers_in(opened.fields, form.sent, PREFIX),
        on=day.isoformat() if day else "",
        unread_day=unread,
        vouched=form.first(NOT_IDENTIFYING).strip(),
        opened=opened,
        sent=form.sent,
        shown=frozenset(form.sent.get(SHOWN, ())),
        lines_before=form.first(LINES_BEFORE),
    )


def day_of(sent: Sent, name: str) -> tuple[date | None, str]:
    """The day of three parts, None when none was typed; and what is wrong with it, ''."""
    typed = typed_day(sent, name)
    if not typed:
        return None, ""
    try:
        return parse_day(typed), ""
    except PhraseError:
        return None, "The day must be one of the calendar, such as 27 11 2026"
