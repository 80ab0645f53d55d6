"""Whoever verifies an action is not of the agency that owns it: looked at, and not asked of them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import Recipient, item_id, key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Partnership, Record
from reviewflow.language.structure.lists import source_of
from reviewflow.language.structure.registers import VERIFYING, action_lists
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.messages.naming import item_title
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import folded, listing

MOST_NAMED = 6
"""Posts that a refusal names."""


def refuse_own_agency(context: CaseContext, command: c.Command, by: str) -> None:
    """Raises Refused when whoever verifies an action is of the agency that owns it, with the posts that may.

    Whose they are follows from the post or agency that `by` names; where it names none, from the post that owes the
    verification. A post of the partnership is of an agency at whose mail domains its mailbox is.

    The project's own rule; Salford's toolkit (14) asks for a verifier who does not own the action.
    """
    if not isinstance(command, c.Complete) or step_of(command.item) not in context.plan.steps:
        return
    owner = owner_of_action(context.plan, context.case, command.item)
    if not owner:
        return
    partnership = context.partnership
    posts = _named(partnership, by) or [context.plan.owner(command.item, context.case)]
    theirs = [post for post in posts if owner in agencies_of_post(partnership, post)]
    if theirs:
        title = recipient_title(partnership, f"agency:{owner}")
        whose = f"“{item_title(context, command.item)}” is for somebody who is not of {title}, which owns the action."
        who = recipient_title(partnership, theirs[0])
        raise Refused([f"{whose} {who} is."], f"Nothing was changed. {who_may(partnership, owner)}")


def owner_of_action(plan: Plan, case: Case, item: str) -> str:
    """The agency that owns the action that an item verifies; '' for other items, and where a post owns the action."""
    step = plan.steps[step_of(item)]
    if step.records not in VERIFYING:
        return ""
    if step.records is Record.VERIFIED_FOR_PLAN:
        return plan.agency(item, case)
    lists = (found for found in action_lists(plan.definition.process) if (found.source, found.field) == source_of(step))
    done = next((actions.done for actions in lists), "")
    return plan.agency(item_id(done, key_of(item)), case) if done else ""


def who_may(partnership: Partnership, agency: str) -> str:
    """The posts of the partnership that may verify what an agency owns, as a sentence."""
    posts = [role.title for role in partnership.roles.values() if not _owns(partnership, agency, role.email)]
    more = ["others"] if len(posts) > MOST_NAMED else []
    return f"Posts that may: {listing([*posts[:MOST_NAMED], *more], none='none')}."


def agencies_of_post(partnership: Partnership, post: str) -> Iterator[str]:
    """The agency of 'agency:police:senior'; those at whose mail domains the mailbox of 'role:chair' is."""
    recipient = Recipient.parse(post)
    if recipient.is_agency:
        yield recipient.name
    elif (address := mailbox(partnership, post)) is not None:
        yield from (name for name in partnership.agencies if _owns(partnership, name, address))


def _owns(partnership: Partnership, agency: str, address: str) -> bool:
    return agency in partnership.agencies and partnership.agencies[agency].owns_address(address)


def _named(partnership: Partnership, by: str) -> list[str]:
    """The posts and agencies whose titles stand in what was typed: 'Jo, Northmoor Police' is of the police."""
    typed = folded(by)
    titles = {f"role:{name}": role.title for name, role in partnership.roles.items()}
    titles |= {f"agency:{name}": agency.title for name, agency in partnership.agencies.items()}
    return [post for post, title in titles.items() if title.casefold() in typed]
