"""What still holds of the messages that waited for a mailbox: of each thing owed the latest, of what is settled none.

What is left out is withdrawn, with the reason. So a letter never holds "please send us" beside "your answer has come",
nor "has our request reached you?" beside the request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from reviewflow.case.model.ids import LookAgain, Recipient, step_of
from reviewflow.case.model.state import Case, CaseStatus, Item, Status, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.links.looked_at_again import linked_as
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.told import OWN
from reviewflow.language.built_in_messages import (
    CASE_ENDED,
    CASE_GOES_ON,
    DAY_MOVED,
    LETTER_WAITS,
    NOW_OWED,
    OF_EARLIER_LETTERS,
    OF_EARLY_ENDS,
    OF_ENDED_WORK,
    OF_MEETINGS,
    OF_REVIVED_WORK,
    SIGN_OFF,
)
from reviewflow.language.model import OUTSIDE
from reviewflow.language.templates import LEADS_TO_A_PAGE, named
from reviewflow.london import stamp
from reviewflow.service.delivery.contents.order import in_order
from reviewflow.service.delivery.owner_first import WAITS, LetterCases
from reviewflow.service.messages.fields.day_fields import asked_of
from reviewflow.service.messages.heard import (
    heard_by,
    knows_it_is_over,
    was_heard_of,
    was_told_it_ended,
    was_told_it_is_over,
)
from reviewflow.service.messages.naming import subject_of
from reviewflow.store.records import Notice

SUPERSEDED = "a later message about it went in its place"
REQUEST_GOES = "it reminds of a request that had not left yet; the request goes alone"
SETTLED = "what it asks for was settled before it could go"
ANNOUNCED_TOO_LATE = "what it announces was over before it could go"
WAITS_AGAIN = "what it asks for waits again, and is asked for anew then"
NEVER_ASKED = "what it takes back or changes was never said in a letter that left"
OWED_AGAIN = "what it takes back is owed again"
KNOWN_ALREADY = "a letter that left said so already, and nobody has asked for it since"
_OF_THE_CASE = OF_EARLY_ENDS | {CASE_GOES_ON}
"""What tells of the whole case, whatever became of the work that a letter asked for."""
LeftOut = tuple[Notice, str]
"""A notice, and why it does not go."""


def without_superseded(
    cases: LetterCases, notices: Iterable[Notice], now: datetime
) -> tuple[LetterCases, list[Notice]]:
    """These claimed notices of one mailbox without those that hold no more, which are withdrawn now.

    With them the cases as they are then: read anew where anything was withdrawn.
    """
    claimed, workspace = list(notices), cases.workspace
    left_out: list[LeftOut] = []
    for reference in dict.fromkeys(notice.reference for notice in claimed):
        with workspace.aside(reference):
            left_out += _of_one_case(cases, [notice for notice in claimed if notice.reference == reference])
    for reason in dict.fromkeys(why for _, why in left_out):
        theirs = [notice for notice, why in left_out if why == reason]
        workspace.store.record_delivery(theirs, "withdrawn", now=stamp(now), detail=reason)
    gone = {notice.id for notice, _ in left_out}
    return LetterCases(workspace, cases.references) if gone else cases, [
        notice for notice in claimed if notice.id not in gone
    ]


def _of_one_case(cases: LetterCases, notices: Sequence[Notice]) -> list[LeftOut]:
    row = cases.row(notices[0].reference)
    if row is None:
        return []
    plan, case = cases.workspace.plan(row.definition), cases.state(row.reference)
    groups: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in sorted(notices, key=lambda notice: in_order(notice.number)):
        groups[notice.item].append(notice)
    left_out: dict[int, LeftOut] = {}
    for item, group in groups.items():
        requests = [notice for other in groups if item in asked_of(plan, other) for notice in groups[other]]
        settled = (
            *_released(case, item, group),
            *_settled(plan, case, item, group),
            *_announced_too_late(plan, case, item, group),
            *_taken_back_too_soon(plan, case, item, group),
            *_never_asked(cases, plan, group),
            *_known_already(cases, plan, group),
            *_never_invited(cases, case, plan, group),
        )
        for notice, why in (*settled, *_overtaken(cases, plan, case, requests, group)):
            left_out.setdefault(notice.id, (notice, why))
    for notice in _announced_again(plan, groups):
        left_out.setdefault(notice.id, (notice, SUPERSEDED))
    return list(left_out.values())


def _announced_again(plan: Plan, groups: Mapping[str, Sequence[Notice]]) -> Iterator[Notice]:
    """Those that say for which day something is planned, where a later one beside them says it too."""
    told: defaultdict[str, list[Notice]] = defaultdict(list)
    for item, group in groups.items():
        if plan.is_automatic(step_of(item)):
            told[subject_of(plan, item)] += [notice for notice in group if _announces_a_day(plan, notice.message)]
    for announcements in filter(None, told.values()):
        last = max(announcements, key=lambda notice: in_order(notice.number))
        yield from (notice for notice in announcements if (_event(notice), notice.item) != (_event(last), last.item))


def _announces_a_day(plan: Plan, message: str) -> bool:
    template = plan.definition.messages.get(message)
    return template is not None and not _can_be_answered(plan, message) and "due" in named(template.every_text)


def _released(case: Case, item: str, group: Iterable[Notice]) -> Iterator[LeftOut]:
    """Those to a post about a letter that does not wait for it any more, or was written anew since."""
    waits = [notice for notice in group if notice.message == LETTER_WAITS]
    for notice in waits:
        if not is_open(case, item):
            yield notice, SETTLED
        elif _event(notice) != _event(waits[-1]):
            yield notice, SUPERSEDED


def _settled(plan: Plan, case: Case, item: str, group: Iterable[Notice]) -> Iterator[LeftOut]:
    """Those that ask for what is owed no more."""
    hold = LookAgain.HOLD.name_in(item)
    if hold:
        yield from ((notice, SETTLED) for notice in group if hold not in case.holds)
        return
    if LookAgain.LINK.name_in(item):
        yield from ((notice, SETTLED) for notice in group if not linked_as(case, item))
        return
    group = [notice for notice in group if notice.message not in _OF_THE_CASE]
    asked = [owed for owed in asked_of(plan, item) if owed in case.items]
    if asked and plan.is_automatic(step_of(item)) and _waits_again(case, item):
        yield from ((notice, WAITS_AGAIN) for notice in group)
    elif asked:
        yield from ((notice, SETTLED) for notice in group if not any(_is_owed(case, owed) for owed in asked))
    elif item in case.items and not _is_owed(case, item):
        asking = _asking(plan, item) | OF_REVIVED_WORK | {DAY_MOVED}
        yield from ((notice, SETTLED) for notice in group if notice.message in asking)


def _announced_too_late(plan: Plan, case: Case, item: str, group: Iterable[Notice]) -> Iterator[LeftOut]:
    """Those that say for which day work of somebody else is planned, where that is over by now."""
    subject, step = subject_of(plan, item), step_of(item)
    to_come = plan.is_automatic(step) and subject != item and step_of(subject) not in plan.ancestors[step]
    if to_come and subject in case.items and not _is_owed(case, subject):
        yield from ((notice, ANNOUNCED_TOO_LATE) for notice in group if _announces_a_day(plan, notice.message))


def _waits_again(case: Case, item: str) -> bool:
    """Whether what stands before it was sent back: it writes its letter anew when that is done."""
    return item in case.items and case.items[item].status is Status.PENDING


def _never_asked(cases: LetterCases, plan: Plan, group: Iterable[Notice]) -> Iterator[LeftOut]:
    """Those that take back, or change, what nobody has heard of."""
    for notice in group:
        if (
            notice.message in OF_EARLIER_LETTERS
            and not was_heard_of(plan, notice.item, heard_by(notice.recipient, cases.messages(notice.reference)))
        ) or (
            (
                notice.message in OF_REVIVED_WORK
                and not was_told_it_is_over(notice.item, notice.recipient, cases.messages(notice.reference))
            )
            or (
                notice.message == CASE_GOES_ON
                and not was_told_it_ended(notice.recipient, cases.messages(notice.reference))
            )
        ):
            yield notice, NEVER_ASKED


def _known_already(cases: LetterCases, plan: Plan, group: Iterable[Notice]) -> Iterator[LeftOut]:
    """Those that say once more that something is over: its rounds came again and ended, and nobody was reminded."""
    for notice in group:
        if notice.message in OF_ENDED_WORK:
            written = sorted(cases.messages(notice.reference), key=lambda message: in_order(message.number))
            if knows_it_is_over(plan, notice.item, notice.recipient, written):
                yield notice, KNOWN_ALREADY


def _never_invited(cases: LetterCases, case: Case, plan: Plan, group: Iterable[Notice]) -> Iterator[LeftOut]:
    """Those of a meeting to an agency that takes no part in the case, and was invited for another one alone."""
    for notice in group:
        to = Recipient.parse(notice.recipient)
        is_of_another = notice.message in OF_MEETINGS and to.is_agency and to.name not in case.agencies
        if is_of_another and not was_heard_of(plan, notice.item, cases.messages(notice.reference)):
            yield notice, NEVER_ASKED


def _taken_back_too_soon(plan: Plan, case: Case, item: str, group: Iterable[Notice]) -> Iterator[LeftOut]:
    """Those that say it is not needed any more, where it is again: the case was reopened, or the agency is back."""
    takes_back = [notice for notice in group if notice.message in OF_ENDED_WORK]
    goes_on = case.status is CaseStatus.OPEN and not case.closing
    yield from ((notice, OWED_AGAIN) for notice in group if notice.message == CASE_ENDED and goes_on)
    yield from ((notice, SETTLED) for notice in group if notice.message == CASE_GOES_ON and not goes_on)
    comes = case.status is CaseStatus.OPEN and item not in case.items and item in plan.all_items(case)
    if takes_back and (comes or (item in case.items and _is_owed(case, item))):
        yield from ((notice, OWED_AGAIN) for notice in takes_back)


def _is_owed(case: Case, item: str) -> bool:
    state: Item = case.items[item]
    return case.status is CaseStatus.OPEN and state.status in {Status.OPEN, Status.PENDING}


def _overtaken(
    cases: LetterCases, plan: Plan, case: Case, requests: Sequence[Notice], group: Sequence[Notice]
) -> Iterator[LeftOut]:
    """Those about one item that a later one overtook, or that remind of a request which had not left."""
    item, rungs = group[0].item, _rungs(plan, group[0].item)
    asking = [notice for notice in group if notice.message in _asking(plan, item)]
    if LookAgain.HOLD.name_in(item) or LookAgain.LINK.name_in(item):
        asking = list(group)
    if not asking:
        return
    last = _event(asking[-1])
    yield from ((notice, SUPERSEDED) for notice in asking if _event(notice) != last)
    thanks = _thanks(plan, item)
    yield from ((notice, SUPERSEDED) for notice in group if notice.message == thanks and _event(notice) < last)
    announced = [notice for notice in requests if not _can_be_answered(plan, notice.message)]
    yield from ((notice, SUPERSEDED) for notice in announced)
    requests = [notice for notice in requests if notice not in announced]
    if asking[-1].message not in rungs:
        yield from ((request, SUPERSEDED) for request in requests if _event(request) < last)
        return
    own = set(recipients((*OWN, OUTSIDE), plan, case, item)) if item in case.items else set[str]()
    reminders = [notice for notice in asking if notice.recipient in own or requests]
    yield from ((notice, REQUEST_GOES) for notice in reminders if requests or _came_first(cases, plan, notice))


def _can_be_answered(plan: Plan, message: str) -> bool:
    """Whether it says how to answer. One that announces what will be asked is nothing beside the question itself."""
    template = plan.definition.messages.get(message)
    return template is None or not LEADS_TO_A_PAGE.isdisjoint(named(template.every_text))


def _came_first(cases: LetterCases, plan: Plan, reminder: Notice) -> bool:
    """Whether it was written before any request for what it reminds of had left, and one still goes or has gone."""
    if not plan.requests.get(step_of(reminder.item)):
        return False
    asked = [
        other for other in cases.requests(reminder.reference, reminder.item) if _can_be_answered(plan, other.message)
    ]
    left = [other.sent_at for other in asked if other.status == "sent" and other.sent_at]
    return reminder.created_at <= min(left) if left else any(other.status in WAITS for other in asked)


def _asking(plan: Plan, item: str) -> frozenset[str]:
    """The messages about an item of which a later one takes the place of those before: its ladder's, and the like."""
    name = step_of(item)
    step, limit = plan.steps.get(name), plan.limits.get(name)
    asks = {step.asks.send} if step is not None and step.asks is not None else set[str]()
    asks |= {other.reopens[name].send or "" for other in plan.steps.values() if name in other.reopens}
    late = limit.when_late if limit is not None else None
    foreseen = {late.message, late.well_again or late.message} if late is not None else set[str]()
    return frozenset({*_rungs(plan, item), *asks, *foreseen, *({SIGN_OFF, NOW_OWED} if step is not None else ())})


def _rungs(plan: Plan, item: str) -> frozenset[str]:
    """The messages of an item's ladder; empty for what is no step or limit, such as a hold."""
    name = step_of(item)
    ladder = plan.ladder(name) if name in plan.steps or name in plan.limits else None
    return frozenset(rung.message for rung in ladder.rungs) if ladder else frozenset()


def _thanks(plan: Plan, item: str) -> str | None:
    ladder = plan.ladder(step_of(item)) if step_of(item) in plan.steps else None
    return ladder.thanks if ladder else None


def _event(notice: Notice) -> tuple[str | int, ...]:
    """The command that wrote it, in the order of the history: one command writes to several people."""
    return in_order(notice.number.rpartition(".")[0])
