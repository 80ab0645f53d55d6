"""Which features of the language met in a case: read from its definition and from what happened to it, and no more.

Two features met when both bore on one item: the repeating step that was held, the line of a list that was extended.
What comes "after" bears on the step that it stands after, a limit on what meets it too, an ending on what it found
unfinished.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from reviewflow.calendar import NamedDay, Unit
from reviewflow.case.apply import apply, fold
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import WAS_DONE, Case, CaseStatus, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.language.conditions import BETWEEN, Is, Many, leaves
from reviewflow.language.model import COUNTED, EACH, AfterRound, Rung
from reviewflow.language.phrases import THE_ENDING, AsMany
from reviewflow.language.structure.extensions import asked_in, extensions_of, reopenings_of
from reviewflow.language.structure.silence import counts_after_due

FEATURES = (
    "repeat",
    "for each",
    "after",
    "sent back",
    "hold",
    "extension",
    "ending",
    "silence",
    "calendar",
    "limit",
    "join",
    "migrate",
)
DAYS = ("a time of day", "a named day", "hours of working days", "an answer's length", "a later silence")
"""Ways to say a day; each meets all features but "after", that it is counted from, and silence not itself."""
WORDS = (
    "a quorum of kinds",
    "votes against each other",
    "an answer that others forbid",
    "a reason in a letter",
    "a last day to reopen",
    "a list that changes",
    "the meetings of a group",
    "rungs in hours of working days",
    "a condition by line",
    "a bound by an answer",
    "a letter of a new day",
    "a day from the ending",
    "a sum",
    "a difference",
    "a chain after each round",
    "so many rounds",
    "rounds from when it was done",
    "rounds in two rhythms",
    "a letter to everybody who was asked",
    "a reason of an ending",
    "a letter that a post releases",
    "a letter to one after the other",
    "an interest",
    "a table that grows",
    "another post takes over",
    "a limit met by either",
    "a limit met by a first round",
    "done together",
    "a case after each round",
    "an answer that ends rounds",
    "waiting for linked cases",
    "an end with another case",
    "so many answers",
)
"""Words whose meaning depends on what else happens; each meets all features."""
Pair = frozenset[str]
PAIRS: tuple[Pair, ...] = tuple(frozenset(pair) for pair in combinations(FEATURES, 2))
OF_DAYS: tuple[Pair, ...] = tuple(
    frozenset((way, feature))
    for way in DAYS
    for feature in FEATURES
    if feature != "after" and (way, feature) != ("a later silence", "silence")
)
OF_WORDS: tuple[Pair, ...] = tuple(frozenset((word, feature)) for word in WORDS for feature in FEATURES)
UNFINISHED = (Status.PENDING, Status.OPEN)


def meetings(history: Iterable[tuple[Plan, e.Event]]) -> set[Pair]:
    """The pairs that met; each event with the plan under which it happened."""
    bears: dict[str, set[str]] = {feature: set() for feature in (*FEATURES, *DAYS, *WORDS)}
    case: Case | None = None
    known: dict[int, dict[str, tuple[str, ...]]] = {}
    for plan, event in history:
        before, case = case, apply(case, event) if case else fold("R", [event])
        says = known.setdefault(id(plan), {})
        for feature, item in [*_acted(plan, before or case, event, case), *_written(plan, case, says)]:
            bears[feature].add(item)
    return {pair for pair in (*PAIRS, *OF_DAYS, *OF_WORDS) if set.intersection(*(bears[feature] for feature in pair))}


def _acted(plan: Plan, before: Case, event: e.Event, after: Case) -> Iterator[tuple[str, str]]:
    """What somebody did, and the items that it bore on."""
    match event:
        case e.SentBack():
            yield from (("sent back", item) for item in event.items)
            if before.status is CaseStatus.ENDED:
                yield from (("ending", item) for item in event.items)
        case e.HoldPlaced() | e.HoldReleased():
            stops = plan.holds[event.hold].stops if event.hold in plan.holds else ()
            yield from (("hold", item) for item in _unfinished(before) if step_of(item) in stops)
        case e.Extended():
            yield "extension", event.item
        case e.OtherCaseOver():
            yield from (("an end with another case", item) for item in _unfinished(before))
        case e.CaseEnding() | e.CaseEnded():
            yield from (("ending", item) for item in _unfinished(before))
        case e.AgencyJoined():
            yield from (("join", item) for item in plan.all_items(after) if key_of(item) == event.agency)
        case e.CaseJoined():
            yield from (("join", item) for item in plan.limit_items(after))
        case e.MembersChanged():
            listed = {name for name, step in plan.steps.items() if step.for_each == f"{event.item}.{event.question}"}
            changed = [item for item in plan.all_items(after) if step_of(item) in listed]
            yield from (("a list that changes", item) for item in (*changed, *event.items))
            yield from (("join", item) for item in changed if key_of(item) == event.joined)
        case e.Migrated():
            yield from (("migrate", item) for item in before.items)
        case _:
            pass


def _unfinished(case: Case) -> list[str]:
    return [item for item, state in case.items.items() if state.status in UNFINISHED]


def _written(plan: Plan, case: Case, says: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What the definition says of the items that have been owed; `says` keeps what it says of each step and limit."""
    process = plan.definition.process
    letters = [name for name, step in plan.steps.items() if step.send is not None and any(map(asked_in, step.to))]
    followed = {other for name, step in plan.steps.items() for other in step.after if _begun(case, name)}
    for item, state in case.items.items():
        name, limit = step_of(item), process.limits.get(step_of(item))
        if state.status is Status.PENDING and state.round == 1:
            continue
        if key_of(item):
            yield "for each", item
        if name in followed:
            yield "after", item
        if name not in says:
            says[name] = (*_marked(plan, name), *_said(plan, name), *_worded(plan, name))
        if plan.owner(item, case) != plan.named_owner(item, case) or state.was_with:
            yield "another post takes over", item
        if any(_is_shared(plan, case, step) for step in (limit.steps if limit else (name,))):
            yield "done together", item
        yield from ((way, item) for way in (*says[name], *_told(plan, case, name, letters)))


def _marked(plan: Plan, name: str) -> Iterator[str]:
    """Which of the features stand in the definition of a step or limit."""
    process, step = plan.definition.process, plan.steps.get(name)
    limit = process.limits.get(name)
    own = step.calendar if step else limit.calendar if limit and not limit.national else None
    if step is not None and step.repeats is not None:
        yield "repeat"
    if step is not None and step.silence is not None:
        yield "silence"
    if own or (process.calendar and not (limit and limit.national)):
        yield "calendar"
    if limit is not None or any(name in other.steps for other in process.limits.values()):
        yield "limit"


def _is_shared(plan: Plan, case: Case, name: str) -> bool:
    """Whether another case does a step for this one too, or did."""
    step = plan.steps.get(name)
    return step is not None and bool(step.together) and name in {*case.led, *map(step_of, case.taken)}


def _said(plan: Plan, name: str) -> Iterator[str]:
    """In which ways the day of a step or limit is said."""
    rule, step = plan.rule(name), plan.steps.get(name)
    spans = [part.span for part in rule.parts] if rule else []
    if rule is not None and rule.by is not None:
        yield "a time of day"
    if any(isinstance(span, NamedDay) for span in spans):
        yield "a named day"
    if any(span is not None and span.unit is Unit.WORKING_HOURS for span in spans):
        yield "hours of working days"
    if any(isinstance(span, AsMany) for span in spans):
        yield "an answer's length"
    if step is not None and counts_after_due(step) is not None:
        yield "a later silence"


def _worded(plan: Plan, name: str) -> Iterator[str]:
    """Which of the words are said of a step or limit."""
    rule, step = plan.rule(name), plan.steps.get(name)
    if rule is not None and any(isinstance(part.span, NamedDay) and part.span.group for part in rule.parts):
        yield "the meetings of a group"
    if rule is not None and any(part.anchor.name == THE_ENDING for part in rule.parts):
        yield "a day from the ending"
    asking = (
        plan.steps.get(process.limits[name].steps[0]) if name in (process := plan.definition.process).limits else step
    )
    if asking is not None and asking.when is not None and any(leaf.step == EACH for leaf in leaves(asking.when)):
        yield "a condition by line"
    if asking is not None and asking.after_in_linked:
        yield "waiting for linked cases"
    met_by = name if step is not None else process.limits[name].steps[0]
    if any(isinstance(field.at_most, str) or field.not_after is not None for field in plan.form(met_by).values()):
        yield "a bound by an answer"
    if any(field.type in COUNTED and (field.at_least or field.at_most) for field in plan.form(met_by).values()):
        yield "so many answers"
    if (letter := plan.steps.get(met_by)) is not None and letter.released_by:
        yield "a letter that a post releases"
    if letter is not None and (letter.until is not None or met_by in plan.letters_in_order):
        yield "a letter to one after the other"
    if letter is not None and letter.without is not None:
        yield "an interest"
    extended = extensions_of(process, name)
    if any(len(limit.steps) > 1 and name in (limit_name, *limit.steps) for limit_name, limit in process.limits.items()):
        yield "a limit met by either"
    if any(
        name in (limit, *process.limits[limit].by_first_round)
        for limit in process.limits
        if process.limits[limit].by_first_round
    ):
        yield "a limit met by a first round"
    if extended is not None and extended.send is not None:
        yield "a letter of a new day"
    if plan.definition.gathers_more(met_by):
        yield "a table that grows"
    if step is None:
        return
    if step.quorum is not None and step.quorum.kinds:
        yield "a quorum of kinds"
    if any(leaf.step == name and leaf.many in BETWEEN for leaf in _asked(plan)):
        yield "votes against each other"
    if any(leaf.step == name and leaf.many is Many.SUM for leaf in _asked(plan)):
        yield "a sum"
    if name in plan.chained and (plan.chained[name] or any(name in chained for chained in plan.chained.values())):
        yield "a chain after each round"
    if step.repeats is not None and any(
        name in plan.steps[other].after for other, led_to in plan.chained.items() if led_to
    ):
        yield "a chain after each round"
    if any(leads_to in (name, *_led_to(plan, name)) for leads_to in _starting(plan)):
        yield "a case after each round"
    if step.ends_rounds or name in plan.rounds_end_by:
        yield "an answer that ends rounds"
    if name in plan.ended_by or (step.repeats is not None and (step.repeats.at_least or step.repeats.at_most)):
        yield "so many rounds"
    if step.repeats is not None and step.repeats.after_done:
        yield "rounds from when it was done"
    if step.repeats is not None and step.repeats.before:
        yield "rounds in two rhythms"
    if any(leaf.far is not None and name in {end.name for end in leaf.far.answers} for leaf in _asked(plan)):
        yield "a difference"
    if any(field.cannot_be for field in plan.form(name).values()):
        yield "an answer that others forbid"
    rungs = ladder.rungs if (ladder := plan.ladder(name)) is not None else ()
    if any("{reason}" in plan.definition.messages[rung.message].text for rung in rungs):
        yield "a reason in a letter"
    if (reopened := reopenings_of(plan.definition.process, name)) is not None and reopened.within is not None:
        yield "a last day to reopen"
    if any(_in_working_hours(rung) for rung in rungs):
        yield "rungs in hours of working days"


def _starting(plan: Plan) -> list[str]:
    """The steps that open a case after each round."""
    return [name for name, step in plan.steps.items() if step.start is not None and step.after_round is AfterRound.EACH]


def _led_to(plan: Plan, name: str) -> set[str]:
    """What follows each round of a step, at once or in its turn."""
    direct = {other for other, step in plan.steps.items() if name in step.after and step.after_round is AfterRound.EACH}
    return direct.union(*(_led_to(plan, other) for other in direct))


def _told(plan: Plan, case: Case, name: str, letters: Iterable[str]) -> Iterator[str]:
    """What was written to everybody who was asked in a step, and whether it said why the case ended."""
    ending = case.closing or case.ending
    for other in letters:
        step = plan.steps[other]
        if name not in map(asked_in, step.to) or not _sent(case, other):
            continue
        yield "a letter to everybody who was asked"
        if ending and other in plan.kept_by(ending) and "{reason}" in plan.definition.messages[step.send].text:
            yield "a reason of an ending"


def _sent(case: Case, name: str) -> bool:
    return any(state.status in WAS_DONE for item, state in case.items.items() if step_of(item) == name)


def _asked(plan: Plan) -> Iterator[Is]:
    for step in plan.steps.values():
        if step.when is not None:
            yield from leaves(step.when)


def _in_working_hours(rung: Rung) -> bool:
    spans = (rung.when.span, rung.repeat.every if rung.repeat else None)
    return any(span is not None and span.unit is Unit.WORKING_HOURS for span in spans)


def _begun(case: Case, name: str) -> bool:
    return any(
        state.status not in (Status.PENDING, Status.NOT_NEEDED)
        for item, state in case.items.items()
        if step_of(item) == name
    )
