"""Whether the office's own files can be used, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from reviewflow.calendar import OFFICE
from reviewflow.case.model.ids import Recipient
from reviewflow.language.model import Partnership
from reviewflow.london import london_day, read_stamp
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, good, to_do
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words, moment_words

ENOUGH = timedelta(days=183)
SOON = timedelta(days=61)
"""How far ahead bank holidays should be known: a local review takes six months."""


def definitions(workspace: Workspace) -> Iterator[Finding]:
    """Whether there are errors in the definitions."""
    _ = workspace.partnership, workspace.calendars
    for name, since in workspace.broken.items():
        says = f"{name} cannot be used; open cases go on with what it said since {moment_words(read_stamp(since))}"
        yield to_do(Ailment.OWN_FILES, "definitions", says, "see what is wrong: reviewflow check")
    wrong = len(workspace.problems)
    if wrong:
        errors = "1 error" if wrong == 1 else f"{wrong} errors"
        says = f"{errors} in them; open cases go on with what they were opened with"
        yield to_do(Ailment.DEFINITIONS, "definitions", says, "see them: reviewflow check")
    elif not workspace.broken:
        yield good("definitions", "They can be used")


def owners(workspace: Workspace) -> Iterator[Finding]:
    """Whether partnership.yaml still names everybody by whom something is owed: letters reach nobody else."""
    for owner, (case, count) in (gone := dict(_gone(workspace))).items():
        waiting = f"{case} waits" if count == 1 else f"{count} cases wait, such as {case},"
        whom, lacks, way_on = _unfilled(workspace.partnership, owner) or _named_no_more(owner, case)
        yield to_do(Ailment.OWNER_GONE, "owners", f"{waiting} for {whom}, and partnership.yaml {lacks}", way_on)
    if not gone:
        yield good("owners", "partnership.yaml names everybody by whom something is owed")


def _gone(workspace: Workspace) -> Iterator[tuple[Recipient, tuple[str, int]]]:
    for text, cases in workspace.store.open_owners().items():
        owner = Recipient.parse(text)
        if owner.kind in {"agency", "role"} and mailbox(workspace.partnership, text) is None:
            yield owner, cases


def _unfilled(partnership: Partnership, owner: Recipient) -> tuple[str, str, str] | None:
    """Of a post that an agency has not filled: who is waited for, what partnership.yaml lacks, and how to go on."""
    if not owner.is_agency or owner.name not in partnership.agencies:
        return None
    whom = f'the post "{owner.post}" of {owner.name}'
    return whom, "names nobody for it", f"write {owner.post} into it, under {owner.name}"


def _named_no_more(owner: Recipient, case: str) -> tuple[str, str, str]:
    if not owner.is_agency:
        back = f"write {owner.name} back, under roles, with the mailbox of whoever does its work now"
        return owner.name, "has no such post", back
    merged = f"where another does its work now, reviewflow merge-agencies {owner.name} OTHER"
    leaves = f"have it leave, reviewflow agency {case} --remove {owner.name}, each with a --reason"
    return owner.name, "has no such agency", f"{merged}; or {leaves}; or write it back"


def meetings(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """How long the lists of the groups' meetings go on: what needs a later meeting is refused."""
    listed = workspace.calendars[OFFICE].meetings
    ending = {group: days[-1] for group, days in listed.items() if days[-1] < london_day(now) + SOON}
    for group, last in ending.items():
        title = workspace.partnership.groups[group].title
        says = f"The last meeting of the {title} that is known is on {day_words(last)}"
        remedy = f"write later ones into partnership.yaml, under groups, {group}, meets"
        yield to_do(Ailment.MEETINGS_END, "meetings", says, remedy)
    if listed and not ending:
        yield good("meetings", "The lists of all groups go on for two months")


def bank_holidays(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Until when they are proclaimed: days beyond are provisional."""
    until = workspace.calendars[OFFICE].proclaimed_until
    says = f"Known until {day_words(until)}"
    if until < london_day(now) + ENOUGH:
        remedy = (
            "when the government publishes later ones, bring reviewflow up to date or write them into calendars.yaml"
        )
        yield to_do(Ailment.BANK_HOLIDAYS, "bank holidays", says, remedy)
    else:
        yield good("bank holidays", says)
