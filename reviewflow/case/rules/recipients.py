"""The recipients that `owner`, `deputy`, `senior` or a role stands for, about one item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewflow.case.model.ids import (
    ItemId,
    Recipient,
    agency_recipient,
    contact_recipient,
    outside_recipient,
    role_recipient,
    step_of,
)
from reviewflow.case.model.state import WAS_DONE, Case, Item, Status
from reviewflow.case.plan.members import member_recipient
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import senior_is_the_owners
from reviewflow.language.model import CONTRIBUTORS, OUTSIDE, FieldType
from reviewflow.language.structure.contacts import contact_of
from reviewflow.language.structure.extensions import asked_in
from reviewflow.language.structure.outside import body_waited_for
from reviewflow.language.structure.owners import agency_in, answered_in

OFFICE_POST = "business_support"
"""Who is asked to decide, and told what is to be looked at again, where no post is named for it."""
SENIOR = "senior"
BUSINESS_MANAGER = "business_manager"


def recipients(names: tuple[str, ...], plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """The recipients, each once, that these names stand for about this item.

    A name is `owner`, `deputy`, `senior`, `designated`, `partner`, the contributors of a line, the body `outside` that
    is waited for, an agency by its name, whom an answer names, whoever accepted, or a role. About a limit they are the
    owners of what would meet it, but for those who have answered.
    """
    return tuple(dict.fromkeys(_each_recipient(names, plan, case, item)))


def _each_recipient(names: tuple[str, ...], plan: Plan, case: Case, item: str) -> Iterator[str]:
    owed = _still_owed(plan, case, item)
    for name in names:
        if name == SENIOR and senior_is_the_owners(case):
            yield from filter(None, (_senior(plan, case, item) for item in owed))
        elif name in {"deputy", SENIOR, "designated", "partner"}:
            yield from (agency_recipient(agency, name) for item in owed if (agency := plan.agency(item, case)))
        elif name == CONTRIBUTORS:
            yield from (
                agency_recipient(contributor, "contact")
                for item in owed
                for contributor in plan.contributors(item, case)
            )
        elif name == "owner":
            yield from filter(None, (_owner(plan, case, item) for item in owed))
        elif name == OUTSIDE:
            yield from filter(None, (_body_outside(plan, item) for item in owed))
        elif step := asked_in(name):
            yield from _everybody_asked(plan, case, step)
        elif contact := contact_of(name):
            if plan.contact(item, case) in {"", contact}:  # of several in order whose turn it is
                yield contact_recipient(contact)
        elif agency := agency_in(name):
            yield agency_recipient(agency, "contact")
        elif answered := answered_in(name):
            yield from filter(None, (plan.recipient_named(answered, case),))
        else:
            yield plan.holder(role_recipient(name), case)


def _everybody_asked(plan: Plan, case: Case, step: str) -> Iterator[str]:
    """To whom a step wrote, or who owes or owed it; nobody of what is still to come, or was not needed.

    Whoever was taken off its list since is not written to: who takes no part any more gets no papers of the case.
    Of a case that ends, those too whose work fell with it: they were asked.
    """
    names = plan.steps[step].to or ("owner",) if plan.is_automatic(step) else ("owner",)
    for item in plan.items(step, case):
        state = case.items.get(item)
        if state is not None and (state.status is Status.OPEN or state.status in WAS_DONE or _fell(case, state)):
            yield from _each_recipient(names, plan, case, item)


def _fell(case: Case, state: Item) -> bool:
    """Whether what somebody owed is owed no more because the case ends."""
    ends = bool(case.closing or case.ending)
    return ends and state.status is Status.NOT_NEEDED and state.opened is not None


def _still_owed(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """The item itself; for a limit, the unfinished items that would meet it."""
    if not plan.is_limit(item):
        return (item,)
    return plan.yet_to_meet(item, case)


def who_explains(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """The posts that say why a time limit was missed: who is told that it may be late, as the file says it.

    Where the file says nobody, the posts that owe what meets it, and the business manager where an agency does. In a
    case in which another post does the work of one, that one.
    Source: the reason is due from whoever must act (the dossier's table of national limits).
    """
    limit = plan.limits[step_of(item)]
    if limit.when_late:
        return posts_now(limit.when_late.tell, plan, case)
    owners = (_owner(plan, case, owed) for owed in plan.watched(item, case))
    posts = dict.fromkeys(owner for owner in owners if Recipient.parse(owner).kind == "role")
    return tuple(posts) or posts_now((BUSINESS_MANAGER,), plan, case)


def posts_now(roles: Iterable[str], plan: Plan, case: Case) -> tuple[str, ...]:
    """The recipients of what goes to these posts in a case: each, or whoever does its work there now."""
    return tuple(dict.fromkeys(plan.holder(role_recipient(role), case) for role in roles))


def office_post(plan: Plan, case: Case) -> tuple[str, ...]:
    """The office itself in a case, or whoever does its work there now."""
    return posts_now((OFFICE_POST,), plan, case)


def _body_outside(plan: Plan, item: str) -> str:
    """The body that a step waits for, or of a message the step that it is about."""
    step = plan.steps[step_of(item)]
    body = body_waited_for(plan.steps[step.about] if step.about else step)
    return outside_recipient(body) if body else ""


def _senior(plan: Plan, case: Case, item: str) -> str:
    """Of an agency its senior lead, of a post the one that it answers to: whoever is senior to the owner."""
    owner = Recipient.parse(_owner(plan, case, item))
    if owner.kind == "role":
        return role_recipient(owner.name, SENIOR)
    return agency_recipient(agency, SENIOR) if (agency := plan.agency(item, case)) else ""


def _owner(plan: Plan, case: Case, item: str) -> str:
    return as_recipient(plan.owner(item, case) or plan.holder(_named_by_its_key(plan, case, item), case))


def _named_by_its_key(plan: Plan, case: Case, item: str) -> str:
    """Of a step without an owner whoever the item is for."""
    step, key = ItemId.parse(item)
    listed = plan.listed(step)
    if agency := plan.agency(item, case):
        return agency_recipient(agency)
    if key and isinstance(plan.steps[step].for_each, tuple):
        return role_recipient(key)
    if key and listed and listed.members_of:
        return member_recipient(plan.definition, listed, key)
    return role_recipient(key) if key and listed and listed.type is FieldType.CHOICES else ""


def as_recipient(owner: str) -> str:
    """Who gets what an owner is told: of an agency its contact, unless the owner is another post of it."""
    recipient = Recipient.parse(owner)
    return agency_recipient(recipient.name, recipient.post or "contact") if recipient.is_agency else owner
