"""A case as it may be shown where many look: posts, agencies, days and numbers, and no word that somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reviewflow.case.handlers.links import is_our_own
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.form_answers import plain_text
from reviewflow.language.model import FieldType, FormFields
from reviewflow.service.views.case_page import CasePage, Line, LinkLine
from reviewflow.service.wording.redacted_items import opaque_key, shown_item

TYPED = {FieldType.NOTE, FieldType.REFERENCE, FieldType.LIST}
"""Questions that are answered in words of one's own."""
SOMEBODY_ELSES = "another office's proceedings"
ECHOED = (500, 300, 120, 60, 40, 20)
"""How much of a text a refusal may repeat."""
SHORTEST = 3
"""Letters; shorter words tell nothing, and stand in every sentence."""


def redact(plan: Plan, case: Case, seen: CasePage) -> CasePage:
    """The same summary; entries of lists are told by their number, and what runs beside the case by its kind."""
    return replace(
        seen,
        steps=tuple(_step(plan, case, line) for line in seen.steps),
        reviews=tuple(_review(line) for line in seen.reviews),
        related=tuple(_link(each) for each in seen.related),
    )


def item_of(plan: Plan, case: Case, shown: str) -> str:
    """The item that is known to others by this."""
    known = (*case.items, *plan.all_items(case))
    return next((item for item in known if shown_item(plan, item) == shown), shown)


def item_title(plan: Plan, case: Case, line: Line) -> str:
    """'Hold the session · 2': the step, and which entry of its list."""
    if plan.listed(step_of(line.item)) is None or not key_of(line.item):
        return line.title
    return f"{line.step} · {[*plan.items(step_of(line.item), case), line.item].index(line.item) + 1}"


def _step(plan: Plan, case: Case, line: Line) -> Line:
    after = tuple(shown_item(plan, item) for item in line.after)
    return replace(line, item=shown_item(plan, line.item), title=item_title(plan, case, line), after=after)


def _review(line: Line) -> Line:
    kind, _, reference = line.item.partition(":")
    if kind != "link" or is_our_own(reference):
        return line
    title = line.title.replace(reference, SOMEBODY_ELSES)
    return replace(line, item=f"{kind}:{opaque_key(reference)}", title=title, step=title)


def _link(link: LinkLine) -> LinkLine:
    if is_our_own(link.reference):
        return link
    return LinkLine(opaque_key(link.reference), link.words.replace(link.reference, SOMEBODY_ELSES), link.review)


def without_typed(message: str, words: Iterable[str]) -> str:
    """A refusal without the words of people that it repeats."""
    same = {text for each in words for text in (each, plain_text(each), " ".join(each.split()))}
    parts = {text[:length] for text in same for length in ECHOED if len(text) >= SHORTEST}
    for part in sorted(parts, key=len, reverse=True):
        message = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", message)
    return message


def typed_answers(fields: FormFields, answers: Mapping[str, object]) -> Iterator[str]:
    """What was answered in words of one's own, in tables too."""
    for name, field in fields.items():
        answer = answers.get(name)
        if field.type in TYPED:
            yield from map(str, answer if isinstance(answer, list) else [answer])
        for line in answer if isinstance(answer, list) else ():
            if isinstance(line, Mapping):
                yield from typed_answers(field.columns, line)


def typed_in_case(plan: Plan, case: Case) -> Iterator[str]:
    """What a refusal may repeat of what a case keeps: why things are held, and the keys of labels."""
    for placed in case.holds.values():
        yield from (placed.reason, placed.requested_by)
    yield from (key_of(item) for item in (*case.items, *plan.all_items(case)) if shown_item(plan, item) != item)
