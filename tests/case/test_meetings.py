"""Random processes and random work on them in which every two features meet: the laws of the table of meetings.

`pytest -s` prints how often each pair met.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from reviewflow.case.advance import advance
from reviewflow.case.apply import fold
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.handlers.taking_part.members import members_of
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, link_id, step_of
from reviewflow.case.model.state import CaseStatus, Status
from tests.case.choosing import among
from tests.case.dense_processes import dense_processes
from tests.case.laws_of_work import Laws
from tests.case.meetings import FEATURES, PAIRS, WORDS, Pair, meetings
from tests.case.random_processes import Data, in_another_version, planned
from tests.case.test_laws import AGENCIES, CALENDARS, Office, commands, sweep
from tests.case.timeline import NOON

CANNOT = {frozenset(("repeat", "silence")), frozenset(("repeat", "limit"))}
"""What `check` refuses, but for a limit that a first round meets, which has a test of its own."""
WITH_WORDS: tuple[Pair, ...] = tuple(frozenset((word, feature)) for word in WORDS for feature in FEATURES)
NEVER_WITH_WORDS = {
    frozenset(pair)
    for pair in (
        ("a quorum of kinds", "repeat"),
        ("a day from the ending", "repeat"),
        ("so many rounds", "silence"),
        ("the meetings of a group", "repeat"),
        ("a letter that a post releases", "repeat"),
        ("a letter that a post releases", "silence"),
        ("a letter to one after the other", "repeat"),
        *(("a table that grows", feature) for feature in FEATURES),  # in processes of its own, below
        *(("rounds from when it was done", feature) for feature in FEATURES),  # as well
        *(("another post takes over", feature) for feature in FEATURES),  # as well
        *(("a limit met by either", feature) for feature in FEATURES),  # as well
        *(("done together", feature) for feature in FEATURES),  # as well
        *(("a case after each round", feature) for feature in FEATURES),  # as well
        *(("an answer that ends rounds", feature) for feature in FEATURES),  # as well
        *(("waiting for linked cases", feature) for feature in FEATURES),  # as well
        *(("rounds in two rhythms", feature) for feature in FEATURES),  # as well
        *(("a limit met by a first round", feature) for feature in FEATURES),  # as well
        *(("an end with another case", feature) for feature in FEATURES),  # as well
        *(("so many answers", feature) for feature in FEATURES),  # as well
    )
}
MOST_COMMANDS = 20
met: Counter[Pair] = Counter()


KINDS = st.sampled_from((c.Hold, c.Release, c.Extend, c.Reopen, c.AddAgency, c.Join, c.Join))
LATER = st.integers(5, 40)
ONE_IN_TWO = st.booleans()


@st.composite
def _moves(draw: st.DrawFn, office: Office) -> c.Command:
    """What people do that bears on others' work, each as often as the others."""
    case, process = office.case, office.plan.definition.process
    later, reason = office.today + timedelta(days=draw(LATER)), "a reason"
    if "gather" in process.steps and draw(ONE_IN_TWO):
        return _of_the_list(draw, office)
    if case.closing and draw(ONE_IN_TWO):
        return c.Hold("wait", reason)
    kind = draw(KINDS)  # first, and as it is: most of the time went into strategies of which one was drawn from
    if kind is c.Hold:
        return c.Hold(draw(among(tuple(sorted(process.holds)))), reason)
    if kind is c.Release:
        return c.Release(draw(among(tuple(sorted(case.holds or process.holds)))), reason)
    if kind is c.Extend:
        open_now = [item for item, state in case.items.items() if state.status is Status.OPEN] or [""]
        again = [item for item in open_now if (step := process.steps.get(step_of(item))) and step.repeats]
        joined = [item for item in open_now if key_of(item) == "probation"]
        told = [item for item in open_now if step_of(item) in {"told", "passed"}]
        voted = [item for item in open_now if (step := process.steps.get(step_of(item))) and step.quorum]
        seldom = (again + joined + told + voted) * 3  # seldom open
        return c.Extend(draw(among((*open_now, *seldom))), later, "chair", reason)
    if kind is c.Reopen:
        known = [item for item, state in case.items.items() if state.status is Status.DONE] or [""]
        return c.Reopen(draw(among(tuple(known))), reason)
    if kind is c.AddAgency:
        return c.AddAgency("probation")
    return c.Join("RR-2026-004", {"notified": office.today - timedelta(days=2)}, times={"notified": NOON})


def _of_the_list(draw: st.DrawFn, office: Office) -> c.Command:
    """The list is made first, or its table; then it changes, or one of its lines is given more time or sent back."""
    case, reason = office.case, "a reason"
    made, asks_who = case.items.get("gather"), "who" in office.plan.form("gather")
    if "gather" in office.plan.growing and made is not None and draw(ONE_IN_TWO):
        return _of_the_table(draw, office)
    if made is None or made.status is not Status.DONE:
        lines = [{"wanted": "yes"}, {"wanted": "yes"}, {"wanted": "no"}]
        more = {"more_to_come": "no"} if "gather" in office.plan.growing else {}
        return c.Complete("gather", {"who": list(case.agencies)[:1]} if asks_who else {"lines": lines, **more})
    listed = [(item, state) for item, state in case.items.items() if step_of(item) in {"work", "tell"}]
    changes: list[c.Command] = [c.AddAgency("probation")]
    if asks_who:
        on = members_of(case, "gather", "who")
        off = [agency for agency in case.agencies if agency not in on]
        changes += [c.ChangeMembers("gather.who", joins, leaves, reason) for joins in off for leaves in ("", *on)]
        changes += [c.ChangeMembers("gather.who", "", leaves, reason) for leaves in on[1:]]
    for item, state in listed:
        if state.status is Status.OPEN:
            changes.append(c.Extend(item, office.today + timedelta(days=draw(LATER)), "chair", reason))
        if state.status is Status.DONE:
            changes += [c.Reopen(item, reason)] * 3
    return draw(st.sampled_from(changes))


def _of_the_table(draw: st.DrawFn, office: Office) -> c.Command:
    """Lines come to a table that grows; one is changed, withdrawn, or given more time; or no more are to come."""
    number, reason, line = draw(st.integers(1, 4)), "a reason", {"wanted": draw(among(("yes", "yes", "no")))}
    added: list[c.Command] = [c.Complete("gather", {"lines": [line], "more_to_come": "yes"})] * 3
    others = (c.ChangeLine("gather.lines", number, line, reason), c.WithdrawLine("gather.lines", number, reason))
    owed = [
        item for item, state in office.case.items.items() if step_of(item) == "work" and state.status is Status.OPEN
    ]
    later = office.today + timedelta(days=draw(LATER))
    more_time = [c.Extend(item, later, "chair", reason) for item in owed] * 3
    return draw(
        st.sampled_from((*added, *more_time, *others, c.Complete("gather", {"lines": [line], "more_to_come": "no"})))
    )


WHO = st.sampled_from((commands, commands, _moves))


def _work(office: Office, process: Data, data: st.DataObject) -> None:
    migrates = data.draw(st.integers(0, MOST_COMMANDS))
    for number in range(MOST_COMMANDS):
        if number == migrates and office.case.status is CaseStatus.OPEN:
            office.plan = planned(in_another_version(process, data.draw(among(("4 working days", "3 weeks")))))
            assert office.do(c.Migrate("the process was changed")) is None
        office.do(data.draw(data.draw(WHO)(office)))
        office.now += timedelta(days=data.draw(st.integers(0, 4)))
        sweep(office)
        _to_the_minute(office)


def _to_the_minute(office: Office) -> None:
    """The sweep does nothing before the moment that `why` and `preview` name, and something then."""
    coming = {item: next_chase(office.plan, office.case, item, CALENDARS, NOON) for item in office.case.items}
    ahead = {item: when for item, when in coming.items() if when is not None and when > office.now}
    for item, when in list(ahead.items())[:2]:
        before, then = (
            advance(office.plan, office.case, c.Chase(item, NOON), now=moment, calendars=CALENDARS)
            for moment in (when - timedelta(minutes=1), when)
        )
        assert not before, f"{item}: {before} before {when}"
        assert then, f"{item}: nothing at {when}"


@settings(
    max_examples=540,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(dense_processes(), st.data())
def _random_cases(process: Data, data: st.DataObject) -> None:
    office = Office(planned(process), AGENCIES[:2])
    _work(office, process, data)
    assert fold("R", office.history) == office.case
    assert list(Laws(office.plan, CALENDARS).facts(zip(office.days, office.history, strict=True))) == []
    met.update(meetings(zip(office.plans, office.history, strict=True)))


FEW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
"""For a word with a test of its own: in `_random_cases` it would move the draws of all others."""


def all_met(cases: Callable[[], None], word: str, features: Sequence[str]) -> None:
    """Random work until a word has met each of these features: more of it, where a mended rule has moved the draws."""
    met.clear()
    cases()
    for number in range(4):
        if all(met[frozenset((word, feature))] for feature in features):
            return
        seed(number)(cases)()
    assert [feature for feature in features if not met[frozenset((word, feature))]] == []


def _keeps_the_laws(process: Data, data: st.DataObject, first: tuple[c.Command, ...] = ()) -> Office:
    office = Office(planned(process), AGENCIES[:2])
    for command in first:
        office.do(command)
    _work(office, process, data)
    assert fold("R", office.history) == office.case
    assert list(Laws(office.plan, CALENDARS).facts(zip(office.days, office.history, strict=True))) == []
    met.update(meetings(zip(office.plans, office.history, strict=True)))
    return office


@FEW
@given(dense_processes(grows=True), st.data())
def _tables_that_grow(process: Data, data: st.DataObject) -> None:
    _keeps_the_laws(process, data)


def _from_when_it_was_done(process: Data) -> Data:
    """The same process, in which the rounds count from when they were done."""
    process = deepcopy(process)  # others may draw the same
    for step in process["steps"].values():
        if "repeats" in step:
            every, until = step["repeats"].removeprefix("every ").split(" until ")
            step["repeats"] = f"{every} after it was done until {until}"
    return process


@FEW
@given(dense_processes(rounds=True).map(_from_when_it_was_done), st.data())
def _rounds_from_when_done(process: Data, data: st.DataObject) -> None:
    _keeps_the_laws(process, data)


@FEW
@given(dense_processes(), st.data())
def _by_another_post(process: Data, data: st.DataObject) -> None:
    _keeps_the_laws(process, data, (c.Delegate("chair", "business_manager", None, "a reason"),))


def test_work_that_another_post_does_keeps_the_laws() -> None:
    features = ("repeat", "for each", "after", "sent back", "hold", "extension", "ending", "limit", "migrate")
    all_met(_by_another_post, "another post takes over", features)


def _met_by_either(process: Data) -> Data:
    """The same process, in which something else may meet its local limits too."""
    process = deepcopy(process)
    for limit in process.get("limits", {}).values():
        others = [step for step in ("agree", "tell") if step in process["steps"] and step != limit["met_by"]]
        if "national" not in limit and others:
            limit["met_by"] = [limit["met_by"], others[-1]]
    return process


@FEW
@given(dense_processes().map(_met_by_either), st.data())
def _limits_met_by_either(process: Data, data: st.DataObject) -> None:
    _keeps_the_laws(process, data)


def test_limits_that_either_meets_keep_the_laws() -> None:
    features = ("after", "sent back", "hold", "extension", "ending", "limit", "migrate")
    all_met(_limits_met_by_either, "a limit met by either", features)


def test_rounds_from_when_they_were_done_keep_the_laws() -> None:
    features = ("repeat", "for each", "after", "sent back", "hold", "extension", "ending", "migrate")
    all_met(_rounds_from_when_done, "rounds from when it was done", features)


def _in_two_rhythms(process: Data) -> Data:
    """The same process, in which the rounds come every two days at first; where they are of lines, from when done."""
    process = deepcopy(process)
    for step in process["steps"].values():
        if "repeats" in step:
            every, until = step["repeats"].removeprefix("every ").split(" until ")
            first, least = "2 days 2 times, then", until.replace("at most 3", "at most 5")
            by_done = f"{first} {every} after it was done until {least}"
            step["repeats"] = (
                by_done if step.get("for_each") == "gather.lines" else f"{first} every {every} until {least}"
            )
    return process


@FEW
@given(dense_processes(rounds=True).map(_in_two_rhythms), st.data())
def _rounds_in_two_rhythms(process: Data, data: st.DataObject) -> None:
    _keeps_the_laws(process, data)


def test_rounds_in_two_rhythms_keep_the_laws() -> None:
    features = ("repeat", "for each", "after", "sent back", "hold", "extension", "ending", "migrate")
    all_met(_rounds_in_two_rhythms, "rounds in two rhythms", features)


def _with_a_first_contact(process: Data) -> Data:
    """The same process, in which a limit is met by the first round of the work."""
    process = deepcopy(process)
    meets = {"due": "10 days after notified", "met_by": "the first round of work"}
    process["limits"] = process.get("limits", {}) | {"first_contact": {"title": "First contact", **meets}}
    return process


@FEW
@given(dense_processes(rounds=True).map(_with_a_first_contact), st.data())
def _met_by_first_rounds(process: Data, data: st.DataObject) -> None:
    office = _keeps_the_laws(process, data)
    times_met, sent_back = 0, 0
    for event in office.history:
        times_met += isinstance(event, e.LimitMet) and event.item == "first_contact"
        sent_back += isinstance(event, e.SentBack) and "first_contact" in event.items
    assert times_met <= 1 + sent_back, "no later round meets it once more"


def test_limits_that_a_first_round_meets_keep_the_laws() -> None:
    features = ("repeat", "for each", "after", "sent back", "hold", "extension", "ending", "migrate", "join")
    all_met(_met_by_first_rounds, "a limit met by a first round", features)


def _with_a_case_after_each(process: Data) -> Data:
    """The same process, in which each round of the work leads to a case, and so does what follows each of them."""
    process = deepcopy(process)
    steps = process["steps"]
    for name, before in (("record", "work"), ("file_record", "passed")):
        if before in steps:
            each = {"for_each": steps[before]["for_each"]} if "for_each" in steps[before] else {}
            start = {"process": "cspr", "dates": {"decision": before}}
            steps[name] = {"title": "Open a case", "after": [before], "after_round": "each", "start": start, **each}
    return process


def _is_started_for_each(process: Data) -> bool:
    """Whether what follows the work goes line by line too, so that each round is one."""
    steps = process["steps"]
    return "passed" not in steps or steps["work"].get("for_each") == steps["passed"].get("for_each")


@FEW
@given(dense_processes(rounds=True).filter(_is_started_for_each).map(_with_a_case_after_each), st.data())
def _a_case_after_each_round(process: Data, data: st.DataObject) -> None:
    office = _keeps_the_laws(process, data)
    started = [event for event in office.history if isinstance(event, e.CaseStarted)]
    by_round = {(event.item, event.nth): event.reference for event in started}
    assert all(event.nth and event.of for event in started)
    assert {link_id(item, nth): reference for (item, nth), reference in by_round.items()} == office.case.links
    assert len(set(by_round.values())) == len(by_round), "each round has a case of its own"


def test_cases_after_each_round_keep_the_laws() -> None:
    features = ("repeat", "for each", "after", "sent back", "hold", "extension", "ending", "migrate", "join")
    all_met(_a_case_after_each_round, "a case after each round", features)


def _ended_by_an_answer(process: Data) -> Data:
    """The same process, in which the rounds of the work end by what is agreed beside it, or by an answer of a round."""
    process = deepcopy(process)
    steps = process["steps"]
    lasts = {"when": {"sure": "no"}}
    steps["work"]["ends_rounds"] = {"work": lasts}
    each = {key: steps["work"][key] for key in ("for_each", "owner", "after") if key in steps["work"]}
    form = {"goes_on": {"type": "yes_no", "label": "Does it go on"}}
    ends = {"work": {"when": {"goes_on": "no"}}}
    steps["halt"] = {"title": "Say whether it goes on", "form": form, "ends_rounds": ends, **each}
    return process


@FEW
@given(dense_processes(rounds=True).map(_ended_by_an_answer), st.data())
def _answers_that_end_rounds(process: Data, data: st.DataObject) -> None:
    office = _keeps_the_laws(process, data)
    for item, state in office.case.items.items():
        said = office.case.items.get(item.replace("work", "halt", 1))
        if step_of(item) == "work" and said is not None and said.status is Status.DONE:
            ended = said.answers.get("goes_on") == "no"
            assert not (ended and state.status is Status.OPEN), f"{item} is open, though an answer ended its rounds"


def test_answers_that_end_rounds_keep_the_laws() -> None:
    features = ("repeat", "for each", "after", "sent back", "hold", "extension", "ending", "migrate", "join")
    all_met(_answers_that_end_rounds, "an answer that ends rounds", features)


def _once_on_each_ground(process: Data) -> Data:
    """The same process, in which the work is sent back once on each of two grounds."""
    process = deepcopy(process)
    read = process["steps"]["read"]
    grounds = {"thin": "It is thin", "late": "It is late", "none": "Nothing is wrong"}
    options = dict(reversed(grounds.items())) if "calendar" in read else grounds  # late draws take the first
    if "calendar" in process["steps"]["work"]:
        options = {"late": grounds["late"]} | options
    read["form"] = {**read["form"], "why": {"type": "choice", "label": "What is wrong", "options": options}}
    read["reopens"] = {"work": {"when": {"not": {"why": "none"}}, "times": "1", "for_each": "why"}}
    return process


def _is_sent_back(process: Data) -> bool:
    return "reopens" in process["steps"]["read"]


used_up: Counter[str] = Counter()


@FEW
@given(dense_processes().filter(_is_sent_back).map(_once_on_each_ground), st.data())
def _grounds(process: Data, data: st.DataObject) -> None:
    office = _keeps_the_laws(process, data)
    sent_back = [event for event in office.history if isinstance(event, e.SentBack)]
    on_grounds = Counter(on for event in sent_back for on in event.grounds.items())
    assert [on for on, times in on_grounds.items() if times > 1] == [], "each ground once, of each owner"
    assert {
        item: dict.fromkeys(state.grounds.values()) for item, state in office.case.items.items() if state.grounds
    } == {item: {1: None} for item, _ in on_grounds if item in office.case.items}
    used_up.update(ground for _, ground in on_grounds)


def test_work_that_is_sent_back_once_on_each_ground_keeps_the_laws() -> None:
    features = ("for each", "after", "silence", "calendar", "hold", "extension", "ending", "migrate")
    all_met(_grounds, "sent back", features)
    for number in range(4, 8):
        if len(used_up) < 2:
            seed(number)(_grounds)()
    assert set(used_up) == {"read.why.thin", "read.why.late"}, used_up


def test_tables_that_grow_keep_the_laws() -> None:
    features = ("for each", "hold", "ending", "migrate")
    all_met(_tables_that_grow, "a table that grows", features)


def test_every_two_features_meet() -> None:
    met.clear()
    _random_cases()
    for pair in PAIRS:
        print(" and ".join(sorted(pair, key=FEATURES.index)), met[pair])
    assert [sorted(pair) for pair in PAIRS if not met[pair] and pair not in CANNOT] == []
    assert [sorted(pair) for pair in CANNOT if met[pair]] == []
    for pair in WITH_WORDS:
        print(" and ".join(sorted(pair)), met[pair])
    assert [sorted(pair) for pair in WITH_WORDS if not met[pair] and pair not in NEVER_WITH_WORDS] == []
    assert [sorted(pair) for pair in NEVER_WITH_WORDS if met[pair]] == []
