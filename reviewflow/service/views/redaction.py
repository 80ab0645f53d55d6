"""A case as it may be shown where many look: posts, agencies, days and numbers, and no word that somebody typed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date

from reviewflow.case.handlers.links import is_our_own
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.form_answers import table_of
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.language.model import FormFields
from reviewflow.language.structure.lists import OWNING
from reviewflow.service.messages.naming import item_title
from reviewflow.service.views.case_page.naming import Naming
from reviewflow.service.wording.redacted_items import opaque_key, shown_item
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words

SOMEBODY_ELSES = "another office's proceedings"
ECHOED = (500, 300, 120, 60, 40, 20, 10)
"""How many characters of a text a refusal may repeat."""
SHORTEST = 3
"""Letters; shorter words tell nothing, and stand in every sentence. Figures may tell an age."""
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def redacted(context: CaseContext) -> Naming:
    """Entries of lists go by their number, and what runs beside the case by its kind."""
    return Naming(
        item=lambda item: shown_item(context.plan, item),
        title=lambda item: redacted_title(context, item),
        reference=lambda reference: reference if is_our_own(reference) else opaque_key(reference),
        other_case=lambda reference: reference if is_our_own(reference) else SOMEBODY_ELSES,
    )


def redacted_title(context: CaseContext, item: str) -> str:
    """'Hold the session · 2': the step, and which entry of its list instead of what the entry says.

    Agencies, and what was chosen among the options of a form, are the file's own words.
    """
    plan, step = context.plan, step_of(item)
    listed = plan.listed(step) if step in plan.steps else None
    if listed is None or listed.type in OWNING or not key_of(item):
        return item_title(context, item)
    return f"{plan.definition.title(step)} · {[*plan.items(step, context.case), item].index(item) + 1}"


def item_of(plan: Plan, case: Case, shown: str) -> str:
    """The item that is shown under this id; the id itself where none is."""
    if shown in case.items and shown_item(plan, shown) == shown:
        return shown
    items = (*case.items, *plan.all_items(case))
    return next((item for item in items if shown_item(plan, item) == shown), shown)


def without_typed(message: str, words: Iterable[str]) -> str:
    """A refusal without the words of people that it repeats."""
    texts = {text for typed in words for text in (typed, plain_text(typed), " ".join(typed.split()))}
    parts = {text[:length].strip() for text in texts for length in ECHOED if len(text) >= SHORTEST or text.isdigit()}
    for part in sorted(parts, key=len, reverse=True):
        message = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", message)
    return message


def typed_answers(fields: FormFields, answers: Mapping[str, object]) -> Iterator[str]:
    """What was answered, of every kind and in tables too, as a refusal may repeat it; not what the form offers."""
    for name, given in answers.items():
        field, answer = fields.get(name), table_of(given) if isinstance(given, str) else given
        offered = {*field.options, *field.options.values()} if field else set()
        if field is None:
            yield name
        for part in _parts(answer if isinstance(answer, (list, Mapping)) else given):
            if isinstance(part, Mapping):
                yield from typed_answers(field.columns if field else {}, {str(key): cell for key, cell in part.items()})
            elif str(part).strip() not in offered:
                yield from spellings(str(part))


def _parts(answer: object) -> Iterator[object]:
    """The lines of a table, or the texts of an answer: as a whole, and where it lists several, each."""
    if isinstance(answer, (list, tuple)):
        yield from answer
    elif isinstance(answer, Mapping):
        yield answer
    else:
        yield from dict.fromkeys((str(answer), *(part.strip() for part in str(answer).split(","))))


def spellings(typed: str) -> Iterator[str]:
    """The forms in which a refusal repeats a day, a time or any other answer that was typed."""
    text = plain_text(typed)
    yield from (typed, text.lower(), text.replace("T", " ").partition(" ")[0])
    if day := _DAY.match(text):
        year, month, number = (int(part) for part in day.groups())
        yield f"{number} {calendar.month_name[month]} {year}" if month in range(1, 13) else f"month {month}"
        with suppress(ValueError):
            yield from (day_words(date(year, month, number)), date(year, month, number).isoformat())


def typed_in_case(plan: Plan, case: Case) -> Iterator[str]:
    """What a refusal may repeat of what a case keeps: why things are held, and the keys of labels."""
    for placed in case.holds.values():
        yield from (placed.reason, placed.requested_by)
    yield from (key_of(item) for item in (*case.items, *plan.all_items(case)) if shown_item(plan, item) != item)
