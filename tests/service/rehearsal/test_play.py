"""What made-up people do in a rehearsal: in time, late, never, and with the answers that were asked for."""

import copy
import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CaseStatus, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.service.rehearsal import choose
from reviewflow.service.rehearsal.chases import wording
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.play import MOST, play
from reviewflow.service.rehearsal.played import Played, Setting
from reviewflow.service.rehearsal.preview.words import notes
from reviewflow.service.rehearsal.scenario import Given, Scenario, scenario
from reviewflow.service.rehearsal.timetables.timetable import timetable
from reviewflow.service.workspace.definition_files import DefinitionFiles
from tests.case import stage
from tests.case.test_timelines import TIMELINES
from tests.shipped import FILES as SHIPPED

TOY = DefinitionFiles(Path(__file__).parents[2] / "toy")
OPENED = date(2026, 12, 18)


def played(files: DefinitionFiles = SHIPPED, process: str = "rapid_review", **more: object) -> Played:
    plan = Plan(files.definition(process))
    asked = {"agencies": ("police", "health" if files is TOY else "education"), "today": OPENED, **more}
    dates = {"notified": OPENED} if "notified" in plan.definition.process.opening.dates else {}
    wanted = scenario(plan, files.partnership, dates=dates, **asked)  # type: ignore[arg-type]
    setting = Setting(plan, files.partnership, files.calendars)
    if files is SHIPPED and process == "rapid_review":
        wanted = replace(wanted, chosen=chosen(wanted.agencies, tuple(wanted.answers.items())))
        return play(setting, wanted)
    return rehearse(setting, wanted)


@cache
def chosen(agencies: tuple[str, ...], answers: tuple[tuple[tuple[str, str], str], ...]) -> Given:
    """What leads to the end of a rapid review: found once, whoever is late then."""
    files, plan = SHIPPED, Plan(SHIPPED.definition("rapid_review"))
    wanted = scenario(plan, files.partnership, dates={"notified": OPENED}, agencies=agencies, today=OPENED)
    setting = Setting(plan, files.partnership, files.calendars)
    return choose.choose(setting, replace(wanted, answers=dict(answers))).chosen


def test_who_is_late_changes_no_answer_that_was_found() -> None:
    late = played(TOY, "review", late={"police": None})
    assert late.scenario.chosen == played(TOY, "review").scenario.chosen


def fired(found: Played) -> list[tuple[str, str]]:
    return [(letter.name, letter.message) for letter in timetable(found).chases]


def test_in_time_nothing_is_overdue() -> None:
    found = played()
    assert found.case.status is CaseStatus.CLOSED
    assert timetable(found).missed == ()
    assert {message for _, message in fired(found)} >= {"due_today", "statutory_warning"}
    assert not {message for _, message in fired(found)} & {"overdue", "escalation", "statutory_breach"}


def test_what_would_follow_is_what_follows_when_nobody_answers() -> None:
    in_time, never = played(), played(late={"police": None})
    foretold = [each for each in timetable(in_time).would_follow if each.name == "agency_return"]
    come = [each for each in timetable(never).chases if each.name == "agency_return" and each.when > foretold[0].when]
    assert [(each.when, each.message) for each in come] == [(each.when, each.message) for each in foretold[1:]]
    for mine, theirs in zip(foretold[1:], come, strict=True):
        assert wording(in_time, mine)[0] == wording(never, theirs)[0]


def test_somebody_who_is_late_is_chased_until_the_answer_comes() -> None:
    found = played(late={"police": 2})
    returns = {item: held.done for item, held in found.case.items.items() if item.startswith("agency_return/")}
    assert returns == {"agency_return/police": date(2027, 1, 5), "agency_return/education": date(2026, 12, 31)}
    assert [letter.items for letter in timetable(found).chases if letter.message == "overdue_senior"] == [
        ("agency_return/police",)
    ]


def test_without_an_answer_the_review_goes_on_the_day_after_the_last_message() -> None:
    found = played(late={"police": None})
    assert found.case.items["agency_return/police"].status is Status.SKIPPED
    assert found.case.status is CaseStatus.CLOSED
    (row,) = (row for row in timetable(found).rows if row.keys == ("police",) and row.name == "agency_return")
    assert row.note == "no answer has come, and the review goes on without it"
    assert timetable(found).missed == ()


def test_answers_are_given_as_asked() -> None:
    found = played(answers={"agreed_outcome.outcome": "cspr", "agency_return/police.answer": "nil_return"})
    assert found.case.items["start_cspr"].status is Status.DONE
    assert found.case.items["read_return/police"].status is Status.NOT_NEEDED
    assert found.case.items["read_return/education"].status is Status.DONE


def test_work_that_is_sent_back_is_done_again_once() -> None:
    found = played(answers={"read_return/police.result": "more"})
    assert found.case.status is CaseStatus.CLOSED
    assert sum(isinstance(event, e.SentBack) for each in found.happenings for event in each.events) == 1
    assert found.case.items["agency_return/police"].round == 2
    assert ("agency_return", "more_is_needed") in fired(found)


def test_a_way_with_a_setback_too_many_is_not_played_to_its_end() -> None:
    whole = played(answers={"read_return/police.result": "more"})
    cut = play(whole.setting, whole.scenario, most_setbacks=0)
    assert cut.happenings == whole.happenings[: len(cut.happenings)]
    assert [each.setbacks for each in cut.happenings if each.setbacks] == [1]
    assert cut.happenings[-1].setbacks == 1
    assert play(whole.setting, whole.scenario, most_setbacks=1) == whole


@pytest.mark.parametrize("process", ["action_plan", "learning_event", "thematic_review"])
def test_the_answers_are_those_that_are_found_when_every_way_is_played_to_its_end(
    process: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = played(process=process, agencies=()).scenario.chosen
    monkeypatch.setattr(choose, "_most_setbacks", lambda _: MOST)
    assert played(process=process, agencies=()).scenario.chosen == chosen


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"agencies": ("polise",)}, 'Did you mean "police"?'),
        ({"late": {"polise": 3}}, 'Did you mean "police"?'),
        ({"answers": {"agreed_outcme.outcome": "cspr"}}, 'Did you mean "agreed_outcome"?'),
        ({"answers": {"agreed_outcome.outcme": "cspr"}}, 'Did you mean "outcome"?'),
        ({"answers": {"agreed_outcome.outcome": "cspt"}}, 'Did you mean "cspr"?'),
    ],
)
def test_slips_are_told(asked: dict[str, object], said: str) -> None:
    with pytest.raises(Refused) as refused:
        played(**asked)
    assert said in str(refused.value)


def test_the_way_unasked_takes_the_most_steps_and_the_shortest_the_fewest() -> None:
    plan = Plan(SHIPPED.definition("rapid_review"))
    wanted = scenario(plan, SHIPPED.partnership, dates={"notified": OPENED}, today=OPENED)
    setting = Setting(plan, SHIPPED.partnership, SHIPPED.calendars)
    longest, shortest = rehearse(setting, wanted), rehearse(setting, replace(wanted, shortest=True))
    assert longest.scenario.answer("agreed_outcome", "outcome") == "other_method"
    assert shortest.scenario.answer("agreed_outcome", "outcome") == "no_review"
    for way in (longest, shortest):
        assert way.scenario.answer("read_return", "result") == "enough"


def test_the_toy_comes_to_its_end() -> None:
    case = played(TOY, "review").case
    assert case.status is CaseStatus.CLOSED
    assert {state.status for state in case.items.values()} == {Status.DONE}


def test_what_was_assumed_is_said_as_it_would_be_given_and_what_was_given_is_not() -> None:
    assumed = timetable(played()).assumed_answers
    assert "agreed_outcome.outcome=other_method" in assumed
    given = timetable(played(answers={"agreed_outcome.outcome": "no_review"}))
    assert not [each for each in given.assumed_answers if each.startswith("agreed_outcome.")]


def test_somebody_who_is_to_be_late_and_owes_nothing_on_this_way_is_named() -> None:
    asked = {"late": {"partner_local_authority": 3, "police": 2}}
    assert timetable(played(**asked)).late_in_vain == ()
    ends_early = {"late": {"lead_police": 3}, "answers": {"executive_huddle.result": "agreed"}}
    assert timetable(played(**ends_early)).late_in_vain == (SHIPPED.partnership.roles["lead_police"].title,)


def test_somebody_who_never_answers_what_is_still_open_at_the_end_owes_it() -> None:
    found = played(TOY, "review", late={"police": None})
    still_open = replace(found, happenings=found.happenings[:1])
    assert timetable(still_open).late_in_vain == ()


def test_of_somebody_whose_turn_does_not_come_is_said_what_would_be_owed_first() -> None:
    """It was said that nothing is owed by it."""
    late = {"chair": 3}
    found = played(TOY, "review", late=late)
    assert timetable(found).late_later == ()
    before = timetable(replace(found, happenings=found.happenings[:1]))
    assert before.late_in_vain == ()
    [(who, first)] = before.late_later
    said = f"That {who} is late changes nothing: the turn of “{first}”, the first thing that it would owe"
    assert [note for note in notes(before) if note.startswith(said)]


def test_a_step_that_is_to_be_late_is_told_who_owes_it() -> None:
    with pytest.raises(Refused, match=r'"partner_decision" is a step. Say who is late with it: '):
        played(late={"partner_decision": 3})


def test_an_agency_that_takes_no_part_cannot_be_late() -> None:
    with pytest.raises(Refused, match="does not take part in this rehearsal"):
        played(late={"housing": 3})


BOUNDED = """\
language: 1
process: bounded
version: 1
title: A hearing
reference: BND-{year}-{number}
opening:
  dates: {notified: When it was notified}
steps:
  hear:
    title: Hear it
    owner: chair
    due: 10 working days after notified
    form:
      held_on: {type: date, label: Held on, completes: true, not_before: 12 working days after notified}
      told_on: {type: date, label: Told on, not_after: 3 working days after notified}
      plan: {type: rows, label: Plan, columns: {by: {type: date, label: By, not_after: 40 working days after notified}}}
"""


def test_the_days_that_are_made_up_are_days_that_the_questions_take(tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(Path(__file__).parents[2] / "toy", folder)
    (folder / "processes/bounded.yaml").write_text(BOUNDED)
    found = played(DefinitionFiles(folder), "bounded", agencies=())
    [(when, given)] = [
        (happening.now, happening.command.answers)
        for happening in found.happenings
        if isinstance(happening.command, c.Complete)
    ]
    assert when.date() == date(2027, 1, 8)
    assert given["held_on"] == "2027-01-08"
    assert given["told_on"] == "2026-12-23"
    assert given["plan"] == [{"by": "2027-02-17"}, {"by": "2027-02-17"}]
    assert found.case.status is CaseStatus.CLOSED


ADJOURNED = """\
language: 1
process: adjourned
version: 1
title: A hearing that may be adjourned
reference: ADJ-{year}-{number}
opening:
  dates: {notified: When it was notified}
dates:
  hearing: {title: The hearing, planned: 10 working days after notified}
steps:
  hear:
    title: Hear it
    owner: chair
    due: on hearing
    form:
      ended: {type: choice, label: How did it end, options: {heard: Heard, adjourned: Adjourned}}
      moved_to: {type: date, label: To which day, sets: hearing, required: {when: {ended: adjourned}}}
  record: {title: Record it, after: hear, owner: chair, due: on hearing}
"""


@pytest.mark.parametrize(("ended", "recorded"), [("heard", date(2027, 1, 6)), ("adjourned", date(2027, 1, 20))])
def test_a_day_that_only_another_answer_asks_for_moves_no_date(tmp_path: Path, ended: str, recorded: date) -> None:
    folder = shutil.copytree(TOY.folder, tmp_path / "definitions")
    (folder / "processes/adjourned.yaml").write_text(ADJOURNED)
    found = played(DefinitionFiles(folder), "adjourned", agencies=(), answers={"hear.ended": ended})
    assert found.case.items["record"].due == recorded


TOLD = """\
language: 1
process: told
version: 1
title: The family is told
reference: TLD-{year}-{number}
contacts:
  family: {title: The family}
opening:
  dates: {notified: On which day did it come?}
  agencies: at least 1
steps:
  tell: {title: Tell the family, send: told, to: contact family, due: 5 working days after notified}
  meet: {title: Meet the family, after: tell, owner: business_support, due: 3 working days after tell}
"""


def test_a_letter_to_a_contact_goes_on_its_due_day_and_what_follows_counts_from_then(tmp_path: Path) -> None:
    folder = shutil.copytree(TOY.folder, tmp_path / "definitions")
    (folder / "processes" / "told.yaml").write_text(TOLD)
    message = "language: 1\nmessage: told\nsubject: About our work\ntext: Dear {addressed}, we have begun.\n"
    (folder / "messages" / "told.yaml").write_text(message)
    found = played(DefinitionFiles(folder), "told", agencies=("police",))
    rows = {row.name: (row.due, row.done) for row in timetable(found).rows}
    assert rows["tell"] == (date(2026, 12, 29), date(2026, 12, 29))
    assert rows["meet"] == (date(2027, 1, 4), date(2027, 1, 4))


def test_made_up_people_give_no_answer_that_another_forbids() -> None:
    timeline = TIMELINES["answers_that_forbid"]
    built = stage.built(timeline.definitions, "review")
    asked = scenario(built.plan, TOY.partnership, dates={"notified": OPENED}, today=OPENED)
    found = rehearse(Setting(built.plan, TOY.partnership, TOY.calendars), asked)
    answers = [each.command.answers for each in found.happenings if isinstance(each.command, c.Complete)]
    assert found.case.status is CaseStatus.CLOSED
    assert [(given["met"], given["decision"], given["tell"]) for given in answers] == [("yes", "review", "yes")]
    assert _with(asked, found, met="no") == ("learning", "yes")


def _with(asked: Scenario, found: Played, **answers: str) -> tuple[object, object]:
    """What is decided and whether it is told, in a rehearsal with these answers to the step that decides."""
    given = {("decide", question): answer for question, answer in answers.items()}
    again = rehearse(found.setting, replace(asked, answers=given))
    (done,) = (each.command for each in again.happenings if isinstance(each.command, c.Complete))
    return done.answers["decision"], done.answers["tell"]


def test_made_up_people_give_a_number_that_a_sum_allows_also_where_that_is_nothing() -> None:
    much = {"type": "number", "label": "How much", "at_most": "0"}
    steps = {
        "log": {
            "title": "Log",
            "owner": "chair",
            "form": {"costs": {"type": "rows", "label": "Costs", "columns": {"amount": much}}},
        },
        "pay": {
            "title": "Pay",
            "owner": "chair",
            "after": "log",
            "form": {"paid": much | {"at_most": "the sum of log.costs.amount"}},
        },
    }
    built = stage.built(stage.office() | {"process.review": stage.process("review", steps)}, "review")
    asked = scenario(built.plan, TOY.partnership, dates={"notified": OPENED}, today=OPENED)
    found = rehearse(Setting(built.plan, TOY.partnership, TOY.calendars), asked)
    answers = [each.command.answers for each in found.happenings if isinstance(each.command, c.Complete)]
    assert found.case.status is CaseStatus.CLOSED
    assert answers[-1] == {"paid": "0"}


@pytest.mark.parametrize("shortest", [False, True])
def test_of_a_question_with_several_answers_so_many_are_given_as_it_takes(shortest: bool) -> None:
    built = stage.built(TIMELINES["so_many_answers"].definitions, "review")
    asked = scenario(built.plan, TOY.partnership, dates={"notified": OPENED}, today=OPENED)
    found = rehearse(Setting(built.plan, TOY.partnership, TOY.calendars), replace(asked, shortest=shortest))
    answers = [each.command.answers for each in found.happenings if isinstance(each.command, c.Complete)]
    assert found.case.status is CaseStatus.CLOSED
    assert str(answers[0]["needs"]) in {"home,school", "['home', 'school']"}


def test_a_case_that_an_answer_at_its_end_sends_round_in_a_circle_is_played_to_its_end() -> None:
    """The answer that sends back is looked at first: else the case ended with the first answer of all."""
    yes_no = {"type": "yes_no", "label": "Is it so"}
    begin = {"title": "Begin", "owner": "chair", "form": {"goes_on": yes_no}}
    work = {"title": "Work", "owner": "chair", "after": "begin"}
    look = {"title": "Look again", "owner": "chair", "after": "work", "form": {"back": yes_no}}
    steps = {"begin": begin, "work": work, "look": look | {"reopens": {"work": {"when": {"back": "yes"}}}}}
    ending = {"endings": {"not_for_us": {"title": "Not for us", "when": {"begin.goes_on": "no"}}}}
    built = stage.built(stage.office() | {"process.review": stage.process("review", steps) | ending}, "review")
    asked = scenario(built.plan, TOY.partnership, dates={"notified": OPENED}, today=OPENED)
    found = rehearse(Setting(built.plan, TOY.partnership, TOY.calendars), asked)
    assert found.case.status is CaseStatus.CLOSED
    assert found.scenario.chosen == {("begin", "goes_on"): "yes", ("look", "back"): "no"}


def test_of_the_members_of_a_group_so_many_are_named_as_the_question_takes() -> None:
    definitions = copy.deepcopy(TIMELINES["meeting_of_a_group"].definitions)
    definitions["process.review"]["steps"]["book"]["form"]["members"]["at_most"] = "2"
    built = stage.built(definitions, "review")
    asked = scenario(built.plan, TOY.partnership, dates={"notified": OPENED}, today=OPENED)
    found = rehearse(Setting(built.plan, TOY.partnership, TOY.calendars), asked)
    booked = next(each.command for each in found.happenings if isinstance(each.command, c.Complete))
    assert booked.answers["members"] == ["chair", "partner_health"]
    assert found.case.status is CaseStatus.CLOSED
