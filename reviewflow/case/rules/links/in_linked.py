"""What must be settled in the cases that are linked with this one, before a step of it begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from reviewflow.case.model.state import Case, CaseStatus, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import SHARING_LINKS
from reviewflow.language.phrases import Due


def awaited_in_linked(plan: Plan, case: Case, step: str) -> list[tuple[str, str]]:
    """The steps, each with the case, that are not known to be settled there and that a step of this one waits for.

    Of a case that was linked a moment ago nothing is known yet: it is waited for.
    """
    asked = plan.steps[step].after_in_linked
    return [
        (name, reference)
        for kind, names in (asked or {}).items()
        for reference in _waited_for(case, kind)
        for name in names
        if name not in case.elsewhere.get(kind, {}).get(reference, ())
    ]


def ready_in_linked(plan: Plan, case: Case, step: str) -> date | None:
    """Since when all is settled, as far as that is known, that a step waits for in linked cases; None without any."""
    asked = plan.steps[step].after_in_linked
    days = (
        settled[name]
        for kind, names in (asked or {}).items()
        for reference in _waited_for(case, kind)
        for name in names
        if name in (settled := case.elsewhere.get(kind, {}).get(reference, {}))
    )
    return max(days, default=None)


def counted_with_linked(plan: Plan, case: Case, step: str, rule: Due, day: date) -> date:
    """The day from which a rule of a step counts: that of what it comes after, or when all linked cases were ready."""
    owed = plan.steps.get(step)
    if owed is None or owed.after_in_linked is None or rule.before or rule.anchor.name not in owed.after:
        return day
    return max(day, ready_in_linked(plan, case, step) or day)


def awaited_elsewhere(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """By kind of link, the steps for which a step of this process waits in the cases that are linked so."""
    asked = [pair for step in plan.steps.values() for pair in (step.after_in_linked or {}).items()]
    kinds = dict.fromkeys(kind for kind, _ in asked)
    return {kind: tuple(dict.fromkeys(name for of, names in asked if of == kind for name in names)) for kind in kinds}


def _waited_for(case: Case, kind: str) -> list[str]:
    """The cases that are linked so with this one, and those that are linked so with them; none without a link."""
    linked = linked_so(case, kind)
    return list(dict.fromkeys((*linked, *case.elsewhere.get(kind, {})))) if linked else []


def linked_so(case: Case, kind: str) -> list[str]:
    """The cases of this office that a link of this kind connects with this one, whichever says so."""
    noted = [other for other, link in case.related.items() if link.kind == kind and other not in case.outside]
    return [*noted, *(other for other, of in case.linked_from.items() if of == kind)]


def settled_in(plan: Plan, case: Case, steps: Collection[str]) -> tuple[str, ...]:
    """Which of these steps nobody has to wait for in this case: settled, not of its process, or the case is over."""
    return tuple(name for name in steps if _is_settled(plan, case, name))


def _is_settled(plan: Plan, case: Case, name: str) -> bool:
    if case.status is not CaseStatus.OPEN or name not in plan.steps:
        return True
    return all(is_finished(case, item) for item in plan.items(name, case))


def may_wait_for_each_other(plan: Plan, before: Case | None, case: Case, *, is_anew: bool) -> Iterator[tuple[str, str]]:
    """The pairs of linked cases, the one that leads first, of which one may go by what was settled in this one.

    Also where the process of this one waits for nothing: that of the other may.
    """
    if not any(linked_so(case, kind) for kind in SHARING_LINKS):
        return
    if is_anew or before is None or _standing(plan, before) != _standing(plan, case):
        for kind in SHARING_LINKS:
            for reference in linked_so(case, kind):
                yield (reference, case.reference) if reference in case.related else (case.reference, reference)


def _standing(plan: Plan, case: Case) -> tuple[object, ...]:
    links = [linked_so(case, kind) for kind in SHARING_LINKS]
    return case.status, links, settled_in(plan, case, plan.order)
