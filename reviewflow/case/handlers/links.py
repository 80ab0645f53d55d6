"""Links to other cases and proceedings, with the hold that each places; joined cases, whose limits are met here too."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.days.holds import nth_placing, release_hold
from reviewflow.case.handlers.opening import time_problems
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.beside import JOINED
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.endings import end_with
from reviewflow.case.propagation.told.own_meetings import tell_on_their_own
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.holds import already_settled, end_of_hold
from reviewflow.case.rules.input_checks import far_day_problems, past_day_problems, read_reason, read_words
from reviewflow.case.rules.linked_cases import cases_it_came_from, ends_with
from reviewflow.case.rules.links.looked_at_again import linked_as, look_at_link
from reviewflow.case.rules.recipients import office_post
from reviewflow.language.built_in_messages import LOOK_AT_LINK
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing

KINDS: Mapping[str, str] = {
    "parallel": "Runs beside it",
    "joint_with": "Held jointly with",
    "supersedes": "Takes the place of",
    "derived_from": "Follows from",
}
LINKED_FROM: Mapping[str, str] = {
    "parallel": "This case runs beside {other}",
    "joint_with": "{other} is held jointly with this case",
    "supersedes": "{other} takes the place of this case",
    "derived_from": "{other} follows from this case",
    JOINED: "The clocks of this case are met in {other} too",
}
"""What a link that stands in another case is, seen from here."""
NO_EFFECT = "none"
EFFECTS: Mapping[str, str] = {
    NO_EFFECT: "it stops nothing",
    "blocks_publication": "publication waits",
    "limits_family_contact": "the family is not approached",
    "limits_practitioner_contact": "practitioners are not approached",
}
HOLDS_PLACED = {
    "blocks_publication": ("publication", "publication_hold", "publication_waits"),
    "limits_family_contact": ("family_contact", "family_contact_hold", "family_waits"),
    "limits_practitioner_contact": ("practitioner_contact", "practitioner_contact_hold"),
}
"""The names by which a process may have the hold that an effect places."""
OVER = {
    False: "the case that came from this one is over",
    True: "the case from which this one came is over",
}
"""Why a case ends with another one, as everybody reads it who heard of this one alone: without its reference."""
_OUR_OWN = re.compile(r"[A-Z]{1,8}-\d{4}-\d{3,9}")
LONGEST = 60
ONLY_LINKED = "A case of another office that has the number of one of ours can be linked, and not joined."


def link(draft: Draft, command: c.Link) -> None:
    """Link a case or proceeding beside this one; linked again, its effect or review day changes. Raises Refused.

    Source: the CPS, NPCC and LSP protocol on reviews beside criminal proceedings: publication may wait, the review
    seldom does, so an effect is one hold and never all of them.
    """
    today = draft.today
    case, reference = draft.case, _reference(draft.case, command.reference)
    reason = read_reason(command.reason)
    wrong = [*_not_among("kind", command.kind, KINDS), *_not_among("effect", command.effect, EFFECTS)]
    if command.review is not None and command.review <= today:
        wrong.append(f"{day_words(command.review)} is not ahead of today ({day_words(today)}).")
    wrong += far_day_problems(command.review, today, draft.calendars) if command.review else ()
    if wrong:
        raise Refused(wrong, "Nothing was changed.")
    hold = _hold_of(draft.plan, command.effect)
    before = case.related.get(reference)
    draft.emit(
        e.CaseLinked(reference, command.kind, command.effect, today, reason, hold, command.review, command.outside)
    )
    if before is not None and before.hold != hold:
        _release_if_unneeded(draft, before.hold, f"{reference} no longer stops it")
    if hold and hold not in case.holds:
        why, nth = f"{KINDS[command.kind]}: {reference}", nth_placing(draft.plan, draft.case, hold)
        ends = end_of_hold(draft.plan, draft.case, hold, today, draft.calendars)
        review = min((day for day in (command.review, ends) if day is not None), default=None)
        settled = already_settled(draft.plan, draft.case, hold)
        draft.emit(e.HoldPlaced(hold, today, why, review=review, nth=nth, settled=settled))


def _not_among(what: str, word: str, words: Mapping[str, str]) -> list[str]:
    if word in words:
        return []
    return [f'"{plain_text(word)}" is not a known {what}.{suggestion(word, words)} Known: {listing(words)}.']


def _hold_of(plan: Plan, effect: str) -> str:
    return next((name for name in HOLDS_PLACED.get(effect, ()) if name in plan.holds), "")


def unlink(draft: Draft, command: c.Unlink) -> None:
    """Take a link away, with the hold that it alone needs, or the limits of a joined case; raises Refused."""
    case, reference, reason = draft.case, command.reference.strip(), read_reason(command.reason)
    linked = [*case.related, *case.joined]
    if reference not in linked:
        problem = f'"{plain_text(reference)}" is not linked with {case.reference}.{suggestion(reference, linked)}'
        raise Refused([problem], f"Linked: {listing(linked, none='nothing')}.")
    before = case.related.get(reference)
    tell_on_their_own(draft, reference, draft.today)
    draft.emit(e.CaseUnlinked(reference, draft.today, reason))
    if before is not None:
        _release_if_unneeded(draft, before.hold, reason)


def remind_of_link(draft: Draft, command: c.Chase) -> None:
    """Tell the office that a link is to be looked at again; nothing when that is not due, or was told."""
    when = look_at_link(draft.case, command.item, draft.calendars, command.send_at)
    if when is None or when > draft.now:
        return
    reference = linked_as(draft.case, command.item)
    review = draft.case.related[reference].review
    assert review is not None
    draft.emit(e.LinkReviewDue(reference, review, LOOK_AT_LINK, office_post(draft.plan, draft.case)))


def _release_if_unneeded(draft: Draft, hold: str, reason: str) -> None:
    """Release a hold that no other link needs."""
    needed = any(linked.hold == hold for linked in draft.case.related.values())
    if hold in draft.case.holds and not needed:
        release_hold(draft, e.HoldReleased(hold, draft.today, reason))


def join(draft: Draft, command: c.Join) -> None:
    """Meet the limits of another case here too, counted from its own days; raises Refused."""
    plan, today = draft.plan, draft.today
    case, reference = draft.case, _reference(draft.case, command.reference)
    if not _OUR_OWN.fullmatch(reference):
        only_link = f" {ONLY_LINKED}" if _OUR_OWN.match(reference) else ""
        raise Refused([f'"{reference}" is not the reference of a case.'], f"It looks like RR-2026-004.{only_link}")
    if reference in case.joined:
        again = f"To join it with other dates, first: reviewflow unlink {case.reference} {reference} --reason ..."
        raise Refused([f"{reference} is joined already."], again)
    counted = sorted(plan.counted_by_limits & {*plan.definition.process.opening.dates})
    if not counted:
        problem = (
            f"{case.reference} has no time limit that counts from a day it opens with, so none can be met here too."
        )
        raise Refused(
            [problem], f"Link it instead: reviewflow link {case.reference} joint_with {reference} --reason ..."
        )
    wrong = [
        f'No time limit counts from "{plain_text(name)}".{suggestion(name, counted)} They count from: '
        f"{listing(counted)}."
        for name in command.dates
        if name not in counted
    ]
    for name, day in command.dates.items():
        wrong += [f"{name}: {problem}" for problem in past_day_problems(day, today, draft.calendars)]
    if not command.dates:
        wrong.append(f"Say from which day its clocks count: --date {listing(counted, last='or')}=2026-05-05")
    times = {name: clock for name, clock in command.times.items() if name in command.dates}
    wrong += time_problems(plan, c.Open(command.dates, times=times), draft.now)
    if wrong:
        raise Refused(wrong, "Nothing was changed.")
    draft.emit(e.CaseJoined(reference, command.dates, today, command.outside, times))


def record_linked_from(draft: Draft, command: c.RecordLinkedFrom) -> None:
    """Keep that another case of the office has this one beside it; said again, nothing is added."""
    if draft.case.linked_from.get(command.reference) != command.kind:
        draft.emit(e.LinkedFrom(command.reference, command.kind, draft.today))
    record_treated(draft, c.RecordTreated(command.reference, command.kind, command.treated))


def record_unlinked_from(draft: Draft, command: c.RecordUnlinkedFrom) -> None:
    """Keep that another case has this one beside it no longer."""
    if command.reference in draft.case.linked_from:
        draft.emit(e.UnlinkedFrom(command.reference, draft.today))
    record_treated(draft, c.RecordTreated(command.reference, "", None))


def record_over(draft: Draft, command: c.RecordOver) -> None:
    """End the case with another one that is over, where its file says so; said again, or of any other, nothing."""
    record_treated(draft, c.RecordTreated(command.reference, "", None))
    case, reference = draft.case, command.reference
    ending = ends_with(draft.plan, case, reference, command.status)
    if ending and case.status is CaseStatus.OPEN and not case.closing:
        draft.emit(e.OtherCaseOver(reference, command.status, draft.today))
        end_with(draft, ending, OVER[reference in cases_it_came_from(case)])


def record_treated(draft: Draft, command: c.RecordTreated) -> None:
    """Keep whether another case is treated together with this one; said again, nothing is added."""
    reference, agencies = command.reference, command.agencies
    if agencies is None or command.kind not in draft.plan.together:
        if reference in draft.case.leads:
            draft.emit(e.TreatedAlone(reference))
    elif draft.case.leads.get(reference) != agencies:
        draft.emit(e.TreatedTogether(reference, agencies))


def record_settled(draft: Draft, command: c.RecordSettled) -> None:
    """Keep what is settled in the cases that are linked so; said again, nothing is added."""
    known = {other: tuple(steps) for other, steps in draft.case.elsewhere.get(command.kind, {}).items()}
    if known != command.settled:
        draft.emit(e.SettledElsewhere(command.kind, draft.today, command.settled))


def effect_words(effect: str, hold: str) -> str:
    """'publication waits'; where the process has no such hold, that nothing of it stands still by itself."""
    words = EFFECTS.get(effect, effect)
    return words if hold or effect == NO_EFFECT else f"{words}, for which this process has no hold: see to it by hand"


def other_named(reference: str, *, outside: bool) -> str:
    """The reference of what runs beside; one that looks like ours and is elsewhere with whose it is."""
    return f"{reference} of another office" if outside and is_our_own(reference) else reference


def linked_from_words(other: str, kind: str) -> str:
    """'RR-2026-004 follows from this case', of a link of this kind that stands in `other`."""
    return LINKED_FROM[kind].format(other=other)


def is_our_own(reference: str) -> bool:
    """Whether it has the form of our own references, such as RR-2026-004."""
    return _OUR_OWN.fullmatch(reference) is not None


def _reference(case: Case, text: str) -> str:
    """The reference by which others know it; raises Refused without a figure in it, because it may be a name."""
    reference = read_words("The reference", text)
    if not any(letter.isdigit() for letter in reference) or len(reference) > LONGEST:
        problem = f'"{reference[:LONGEST]}" is not a reference: it has a figure in it and at most {LONGEST} characters.'
        raise Refused([problem], "Give the number by which it is known, and no names.")
    if reference == case.reference:
        same = f'If another office has a case of this number too, say whose it is: "{reference} of another office".'
        raise Refused([f"{reference} is this case itself."], f"Nothing was changed. {same}")
    return reference
