"""The letter to whoever takes on a post: what it owes, in which cases, and what comes to it next."""

from __future__ import annotations

from datetime import date, datetime

from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.london import london_day, stamp
from reviewflow.service.delivery.also_due import AlsoDue
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.messages.naming import owed_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import StoredDigest
from reviewflow.text import day_words

HANDOVER = "handover"
COMING = 10
"""How many days of what comes next a letter names: enough for the weeks ahead, and not the whole of each review."""


def tell_new_holder(workspace: Workspace, role: str, *, now: datetime) -> bool:
    """Queue the letter, once a day for a post; False when its mailbox is nowhere.

    It goes to the post's mailbox as it stands in partnership.yaml when the letter leaves.
    """
    partnership, recipient = workspace.partnership, role_recipient(role)
    address = mailbox(partnership, recipient)
    if not address:
        return False
    lines = AlsoDue(workspace, now).lines(address, ())
    title, contact = partnership.roles[role].title, partnership.contact
    owed = "\n".join(f"- {line}" for line in lines) or "- Nothing today."
    coming = "\n".join(f"- {line}" for line in coming_to(workspace, role, now=now))
    next_days = f"What comes next for this post, as it is planned today:\n{coming}\n\n" if coming else ""
    text = (
        f"Hello,\n\nThe post “{title}” has passed to you. Thank you for taking it on. Letters about its work come to "
        f"this mailbox from now on, one a day at the most but for what is urgent.\n\n"
        f"What this mailbox owes on {day_words(london_day(now))}:\n{owed}\n\n"
        f"{next_days}"
        f"Not yours, or is something unclear? Ring {contact.name} on {contact.phone}, or write to {contact.email}.\n"
        f"Please put no names and nothing about a case in a reply.\n\n{partnership.partnership}\n"
    )
    key = f"{HANDOVER}/{role}/{london_day(now).isoformat()}"
    subject = f"[{partnership.partnership}] This post is with you now: {title}"
    workspace.store.put_digest(StoredDigest(key, recipient, subject, text, stamp(now)))
    return True


def coming_to(workspace: Workspace, role: str, *, now: datetime) -> list[str]:
    """A line for each step of the post that has not begun and whose day is known and ahead, the earliest first."""
    coming: list[tuple[date, str]] = []
    for row in workspace.store.cases("open"):
        with workspace.aside(row.reference):
            coming += _coming_in(workspace.context(row, now), role_recipient(role))
    return [line for _, line in sorted(coming)[:COMING]]


def _coming_in(context: CaseContext, recipient: str) -> list[tuple[date, str]]:
    plan, case = context.plan, context.case
    waits = [item for item in plan.all_items(case) if _surely_comes(plan, case, item, recipient)]
    days = ((item, due_day(plan, case, item, context.calendars)) for item in waits)
    ahead = [(item, day) for item, day in days if day is not None and day >= context.today]
    named = f"{case.reference}: "
    return [(day, f"{named}{owed_title(context, item)}, planned for {day_words(day)}") for item, day in ahead]


def _surely_comes(plan: Plan, case: Case, item: str, recipient: str) -> bool:
    """Whether the post owes it once what it waits for is done: no answer, person, hold or case decides that first."""
    step, state = plan.steps[step_of(item)], case.items.get(item, Item(Status.PENDING))
    is_for_people = not (plan.is_automatic(step_of(item)) or step.optional or step.when or case.closing)
    is_stopped = bool(stopped_by(plan, case, item) or leader_of(plan, case, item))
    comes = state.status is Status.PENDING and not is_stopped
    return is_for_people and comes and plan.owner(item, case) == recipient
