"""The people of a case as a file gives them. Nothing that is said here repeats who they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewflow.case.plan.plan import Plan
from reviewflow.language.suggestions import suggestion
from reviewflow.service.bringing_in.cells import NotUnderstood, words_in
from reviewflow.service.bringing_in.columns import ADDRESSED, CONTACT, MAILBOX
from reviewflow.service.bringing_in.shapes import Known, Moment, Past, Problems, SourceRow
from reviewflow.service.commands.carry_out import find
from reviewflow.service.contacts.people import contacts_of, give, read_person
from reviewflow.service.workspace.contact_keys import must_be_a_key
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import listing


def known_people(plan: Plan, rows: Sequence[SourceRow], keys: str, problems: Problems) -> tuple[Known, ...]:
    """Who the contacts of a case are; what is wrong goes to the problems, without a letter of a name or a mailbox."""
    return tuple(_known(plan, rows, keys, problems))


def _known(plan: Plan, rows: Sequence[SourceRow], keys: str, problems: Problems) -> Iterator[Known]:
    seen = set[str]()
    for row in rows:
        try:
            must_be_a_key(keys)
            contact = _contact(plan, row, seen)
            yield Known(contact, read_person(words_in(row.cells.get(MAILBOX)), words_in(row.cells.get(ADDRESSED))))
        except (NotUnderstood, UserError) as error:
            problems.add(row.place, " ".join(str(error).split()))


def _contact(plan: Plan, row: SourceRow, seen: set[str]) -> str:
    """Which contact of the process it is; raises NotUnderstood."""
    declared, contact = plan.definition.process.contacts or {}, words_in(row.cells.get(CONTACT))
    if contact not in declared:
        known = f"Contacts: {listing(declared)}." if declared else "It declares none."
        raise NotUnderstood(f"this contact is not one of the process.{suggestion(contact, declared)} {known}")
    if contact in seen:
        raise NotUnderstood(f'"{contact}" is given twice for this case. Keep one of them.')
    seen.add(contact)
    return contact


def give_people(office: Workspace, past: Past, reference: str, moment: Moment) -> None:
    """Keep who the contacts are; one that was given before, or erased since, is left as it is."""
    if not past.people:
        return
    before = {line.name for line in contacts_of(office, find(office, reference).reference) if line.given or line.erased}
    for known in past.people:
        if known.contact not in before:
            give(office, moment.keys, reference, known.contact, known.person, by=moment.by, now=moment.now)
