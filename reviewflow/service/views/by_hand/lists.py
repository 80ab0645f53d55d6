"""What can be changed of lists by hand: who is on one that was made, and the lines of a table that grows."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.handlers.growing_tables import numbered, open_tables
from reviewflow.case.handlers.taking_part.members import lists_of, may_join, members_of
from reviewflow.case.model.ids import step_of
from reviewflow.service.views.by_hand.kinds import ChangeKind
from reviewflow.service.views.redaction import redacted_title
from reviewflow.service.workspace.context import CaseContext


def members(context: CaseContext) -> Iterator[tuple[ChangeKind, str, str]]:
    """Who could be on a list that was made, and who is; each named with the list: 'book.members chair'."""
    plan, case = context.plan, context.case
    for step, field in lists_of(plan, case):
        asked, on_it = plan.form(step)[field], members_of(case, step, field)
        agencies = {name: agency.title for name, agency in context.partnership.agencies.items()}
        titles, listed = {**agencies, **asked.options}, f"{step}.{field}"
        others = may_join(plan, case, step, field)
        replaced = on_it if others else []
        offered = ((ChangeKind.PUT_ON, others), (ChangeKind.TAKE_OFF, on_it), (ChangeKind.REPLACE, replaced))
        for kind, names in offered:
            yield from ((kind, f"{listed} {name}", f"{asked.label} {titles.get(name, name)}") for name in names)


def lines(context: CaseContext) -> Iterator[tuple[ChangeKind, str, str]]:
    """The lines of tables that grow, each named by its table and its number: 'log.complaints 2'."""
    plan = context.plan
    for table, rows in open_tables(plan, context.case).items():
        item, _, question = table.rpartition(".")
        label = plan.form(step_of(item))[question].label
        for number in numbered(rows):
            words = f"line {number} of {redacted_title(context, item)}: {label}"
            yield ChangeKind.TAKE_OUT, f"{table} {number}", words
