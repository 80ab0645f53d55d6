"""Cases that are treated together: what is done once, in the case that leads, for those that are linked with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import WAS_DONE, Case, CaseStatus, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.rounds.sendback import affected
from reviewflow.language.model import SHARING_LINKS

_AHEAD = frozenset({Status.PENDING, Status.OPEN})


def leader_of(plan: Plan, case: Case, item: str) -> str:
    """The case in which this item is done for this case too; '' where it is done here."""
    reference = case.led.get(step_of(item), "")
    linked, step = case.related.get(reference), plan.steps.get(step_of(item))
    return reference if linked is not None and step is not None and step.together == linked.kind else ""


def is_followed(plan: Plan, case: Case, item: str) -> bool:
    """Whether this item is, or was, done in the case that leads, for this one too."""
    return bool(leader_of(plan, case, item)) or item in case.taken


def who_reads_of_it(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """Whoever owes an item, as a letter of this case reaches them.

    Not an agency that takes no part in this case, where another one has invited it: of this one it knows nothing.
    """
    owners = recipients(("owner",), plan, case, item)
    if not is_followed(plan, case, item):
        return owners
    known = map(Recipient.parse, owners)
    return tuple(str(owner) for owner in known if not owner.is_agency or owner.name in case.agencies)


def is_shared(plan: Plan, case: Case, item: str) -> bool:
    """Whether whoever owes this item owes it for other cases too, where one leads; not an agency of one case alone."""
    if is_followed(plan, case, item):
        return True
    step, owner = plan.steps.get(step_of(item)), Recipient.parse(plan.owner(item, case))
    if step is None or not step.together:
        return False
    return any(not owner.is_agency or owner.name in agencies for agencies in case.leads.values())


def refuse_led(plan: Plan, case: Case, item: str) -> None:
    """Raises Refused for what is done in another case, for this one too."""
    if leader := leader_of(plan, case, item):
        alone = f"To have this case go its own way: reviewflow unlink {case.reference} {leader} --reason ..."
        raise Refused([f'"{item}" is done in {leader}, for this case too.'], f"Record it there. {alone}")


def shared_items(plan: Plan, case: Case, kind: str) -> Iterator[str]:
    """What is done together by a link of this kind, in the order of the process."""
    for name in plan.order:
        if plan.steps[name].together == kind:
            yield from plan.items(name, case)


def led_steps(plan: Plan, case: Case, kind: str) -> tuple[str, ...]:
    """The steps that this case does for those that are linked with it; none that it has settled, or that is on hold.

    A case that follows another one itself leads none, so that no two wait for each other.
    """
    if case.status is not CaseStatus.OPEN:
        return ()
    return tuple(name for name in plan.order if plan.steps[name].together == kind and _leads(plan, case, name))


def _leads(plan: Plan, case: Case, step: str) -> bool:
    ahead = any(_status(case, item) in _AHEAD for item in plan.items(step, case))
    return ahead and not stopped_by(plan, case, step) and not leader_of(plan, case, step)


def concerned(plan: Plan, before: Case | None, case: Case, *, is_anew: bool) -> Iterator[tuple[str, str]]:
    """The pairs of a case that leads and one that follows between which something may have to be carried over.

    Those in which this case stands, when something changed of what it does together with others, or `is_anew`, because
    it is new or under another version.
    """
    kinds = plan.together | {*SHARING_LINKS} if is_anew else plan.together
    if not kinds or not (is_anew or before is None or _shared(plan, before) != _shared(plan, case)):
        return
    for reference, linked in case.related.items():
        if linked.kind in kinds and reference not in case.outside and case.status is CaseStatus.OPEN:
            yield reference, case.reference
    for reference, kind in case.linked_from.items():
        if kind in kinds:
            yield case.reference, reference


def _shared(plan: Plan, case: Case) -> tuple[object, ...]:
    links = {reference: linked.kind for reference, linked in case.related.items()}
    return case.status, links, case.linked_from, _standing_of_shared(plan, case)


def _standing_of_shared(plan: Plan, case: Case) -> Mapping[str, tuple[Status, int, bool, str]]:
    """How all stands that is done together: what the other cases go by."""
    return {
        item: (
            _status(case, item),
            case.items[item].round if item in case.items else 0,
            bool(stopped_by(plan, case, item)),
            leader_of(plan, case, item),
        )
        for name, step in plan.steps.items()
        if step.together
        for item in plan.items(name, case)
    }


def has_gone_on(plan: Plan, case: Case, item: str) -> bool:
    """Whether work of this case's own that stands behind the item was done: that is not undone from elsewhere."""
    behind = (other for other in affected(plan, case, item) if step_of(other) in plan.steps)
    return any(_is_own(plan, other) and _status(case, other) in WAS_DONE for other in behind)


def _is_own(plan: Plan, item: str) -> bool:
    step = plan.steps[step_of(item)]
    return not (step.together or step.invites_to or plan.is_automatic(step_of(item)))


def _status(case: Case, item: str) -> Status:
    state: Item | None = case.items.get(item)
    return state.status if state is not None else Status.PENDING
