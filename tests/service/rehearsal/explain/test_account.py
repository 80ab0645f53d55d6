"""A process told in sentences, what a problem's code means, and what people will read."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewflow.diagram.chart import chart
from reviewflow.language.structure.stages import numbering
from reviewflow.service.rehearsal.explain.account import account
from tests.case import stage
from tests.case.stage import FOLDER, built
from tests.case.timeline import load_timeline
from tests.shipped import FILES as SHIPPED

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[4]
PROCESSES = sorted(SHIPPED.processes())


@pytest.mark.parametrize("process", PROCESSES)
def test_every_process_can_be_told(reviewflow: Run, process: str) -> None:
    status, page, _ = reviewflow("explain", process, "--json")
    assert status == 0
    told = json.loads(page)
    steps = {section["step"]: section for section in told["sections"] if section["step"]}
    definition = SHIPPED.definition(process)
    assert list(steps) == list(numbering(definition.process))
    every_word = " ".join(sentence for section in told["sections"] for sentence in section["sentences"])
    assert not re.findall(r"PT\d|\bSpan\b|Status\.|<|\{", every_word)
    for limit in definition.process.limits:
        assert definition.limit_title(limit) in every_word


def test_a_step_is_told_with_all_that_belongs_to_it(reviewflow: Run) -> None:
    told = json.loads(reviewflow("explain", "rapid_review", "--json")[1])
    (read,) = [" ".join(each["sentences"]) for each in told["sections"] if each["step"] == "read_return"]
    for words in (
        "Partnership business manager: once for each agency.",
        "It begins after “Agency summary and chronology” of the same one.",
        "only needed when “What is the answer?” in “Agency summary and chronology” is answered “A summary and a chr",
        "It is due 1 working day after “Agency summary and chronology” is done. The day is local.",
        "is sent back when “Is it enough to work with?” is answered “No, more is needed”.",
        "Reminders as long as it is not done: 2 working days before, on the day,",
    ):
        assert words in read


def test_on_the_screen_it_fits_80_columns(reviewflow: Run) -> None:
    page = reviewflow("explain", "serious_incident_notification")[1]
    assert max(map(len, page.splitlines())) <= 80
    assert reviewflow("explain", "serious_incident_notification", "--markdown")[1].startswith("# Serious incident")


def test_a_problem_is_told_as_the_document_tells_it(reviewflow: Run) -> None:
    status, page, _ = reviewflow("explain", "pd012")
    assert status == 0
    assert page.strip() in (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert page.startswith("## PD012 ")
    assert reviewflow("explain", "PD999")[0] == 1


def test_the_document_of_problems_travels_with_the_program() -> None:
    """So that the installed command reads the one text that there is."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert wheel["wheel"]["force-include"]["docs/problems.md"] == "reviewflow/data/docs/problems.md"


def test_a_message_is_shown_as_it_arrives(reviewflow: Run) -> None:
    status, page, _ = reviewflow(
        "messages", "preview", "escalation", "--process", "rapid_review", "--now", "2026-05-05"
    )
    assert status == 0
    assert "Subject: [Northmoor SCP] For decision: RR-2026-001, was due Thu 14 May 2026" in page
    assert "To: Northmoor Children's Social Care (safeguarding partner); " in page
    assert "{" not in page


@pytest.mark.slow
def test_every_message_has_a_sample(reviewflow: Run) -> None:
    found = json.loads(reviewflow("messages", "preview", "--json")[1])
    assert {each["message"] for each in found} == set(SHIPPED.library.messages)
    assert not [each["message"] for each in found if re.search(r"[{}]", each["subject"] + each["text"])]
    status, _, said = reviewflow("messages", "preview", "esclation")
    assert (status, 'Did you mean "escalation"?' in said) == (1, True)


def test_each_limit_says_in_which_calendar_it_counts_and_where_that_stands() -> None:
    told = account(SHIPPED.definition("rapid_review"), SHIPPED.partnership)
    (limits,) = [section.sentences for section in told.sections if section.title == "Time limits"]
    assert any("those of England" in words and words.count("as the guidance says") == 1 for words in limits)


@pytest.mark.parametrize(("timeline", "moves"), [("stands_still", False), ("stands_still_by_months", True)])
def test_a_clock_of_months_that_stands_still_moves_on_by_as_many_days(timeline: str, *, moves: bool) -> None:
    office = built(load_timeline(FOLDER / f"{timeline}.yaml").definitions, "review")
    told = " ".join(
        line for part in account(office.plan.definition, office.partnership).sections for line in part.sentences
    )
    assert "both days included, no day counts for" in told
    assert ("moves on by as many days" in told) is moves


def told(timeline: str, step: str) -> str:
    """What the account of a timeline's process says of one step."""
    stage = built(load_timeline(FOLDER / f"{timeline}.yaml").definitions, "review")
    (section,) = (each for each in account(stage.plan.definition, stage.partnership).sections if each.step == step)
    return " ".join(section.sentences)


@pytest.mark.parametrize(
    ("timeline", "step", "words"),
    [
        ("reopened_within", "decide", "It may be reopened by hand within 5 working days of the ending."),
        (
            "reopened_within",
            "ask",
            "twice at most, within 2 working days of the day on which it was done; no answer sends it back after that.",
        ),
        ("takes_no_part", "vote", "Of them two thirds must agree; when they have, it is settled. Whoever is named in"),
        ("after_in_linked", "decide", "“Hear it” is done in each, and its day counts from then at the earliest."),
        ("optional_at_most", "complain", "nothing waits for it until then. It may be opened twice at most."),
        ("takes_no_part", "papers", "takes no part: nothing goes to them."),
        ("quorum_by_kinds", "sign", "Of them at least 2 must agree, two of the governors among them"),
        ("casting_vote", "casting", "as many answer “Do you agree?” in “Vote on the summary” with “Yes” as “No”"),
        (
            "lines_that_say_so",
            "act",
            "It is only needed when “Is it ours” in its line is answered “yes” and it is not so",
        ),
        ("lines_that_say_so", "act", "as many working days after “Plan” is done as the line's column “days” says"),
        (
            "told_of_a_new_day",
            "reply",
            "the message “new_day” goes to Chair of the review group, everybody who was asked in “Serve the notice”",
        ),
        ("released_by_a_post", "tell", "until Chair of the review group or Safeguarding partner, police releases it."),
        ("after_each_round", "summary", "After “Review” means: from the day on which the rounds are over."),
        (
            "after_each_round",
            "minutes",
            "It begins after each round of “Review”. It is due 5 working days after “Review”",
        ),
        ("an_answer_ends_rounds", "review", "“Visit” comes no more when “Is the child at home?” is answered “yes”."),
        (
            "a_case_after_each_round",
            "record",
            "is taken from “Seen on”). It begins after each round of “Visit the placement”.",
        ),
        ("answers_that_forbid", "decide", "“Nothing” cannot be the answer when “Are the criteria met?” is answered"),
    ],
)
def test_who_decides_and_what_others_forbid_is_told(timeline: str, step: str, words: str) -> None:
    assert words in told(timeline, step)


def test_the_language_of_letters_to_a_contact_is_told() -> None:
    stage = built(load_timeline(FOLDER / "in_their_language.yaml").definitions, "review")
    sections = account(stage.plan.definition, stage.partnership).sections
    [people] = [" ".join(section.sentences) for section in sections if section.title.startswith("People of a case")]
    asked = "the language that the answer to “In which language” in “Ask how best to write” names"
    assert f"Letters to “The family” are in {asked}, where they have words in it; else in English." in people


def test_it_is_said_when_a_body_outside_is_written_to() -> None:
    timeline = load_timeline(FOLDER / "waiting_for_a_body.yaml")
    made = built(timeline.definitions, timeline.process)
    told = account(made.plan.definition, made.partnership)
    [reply] = [" ".join(section.sentences) for section in told.sections if section.step == "reply"]
    assert "The national Panel is written to as long as nothing has come: " in reply
    assert "; others here are told " in reply
    boxes = chart(made.plan.definition, made.partnership).boxes
    assert any(line.startswith("Written to: ") for line in boxes["reply"].lines)


def test_what_an_ending_opens_says_so() -> None:
    steps = {
        "look": {"title": "Look", "owner": "chair"},
        "tell": {"title": "Tell", "owner": "chair", "optional": "yes", "due": "1 working day after the ending"},
    }
    endings = {"dropped": {"title": "It is dropped", "keeps": "tell"}, "moved": {"title": "It moved", "keeps": "tell"}}
    process = stage.process("review", steps, endings=endings)
    told = built(stage.office() | {"process.review": process}, "review")
    sentences = [
        sentence
        for section in account(told.plan.definition, told.partnership).sections
        if section.step == "tell"
        for sentence in section.sentences
    ]
    assert any("or the case ends so: “It is dropped” or “It moved”; nothing waits" in each for each in sentences)
    assert any("It is due 1 working day after the ending." in each for each in sentences)


def test_rounds_that_count_from_when_they_were_done_are_told_so() -> None:
    timeline = load_timeline(FOLDER / "rounds_after_done.yaml")
    made = built(timeline.definitions, "review")
    told = account(made.plan.definition, made.partnership)
    words = " ".join(sentence for section in told.sections for sentence in section.sentences)
    assert "It comes again 6 weeks after it was done, until “Close it” is done." in words


def test_the_agencies_that_must_take_part_are_called_as_partnership_yaml_calls_them() -> None:
    stage = built(load_timeline(FOLDER / "agencies_among.yaml").definitions, "review")
    agencies = {name: agency.title for name, agency in stage.partnership.agencies.items()}
    told = " ".join(
        line for part in account(stage.plan.definition, stage.partnership).sections for line in part.sentences
    )
    named = f"{agencies['police']} and one of {agencies['hospital']} or {agencies['probation']} among them"
    assert f"The agencies that take part, at least 2, {named}." in told


@pytest.mark.parametrize(
    ("timeline", "told"),
    [
        ("rounds_in_two_rhythms", "once after 3 months, then every 6 months, until “Close it” is done."),
        ("rounds_in_two_rhythms", "3 times every 2 weeks, then every 1 month, until “Close it” is done."),
        ("rounds_after_done_at_first", "once 2 weeks after it was done, then 6 weeks after it was done, until"),
        ("rounds_after_done_at_first", "twice 1 week after it was done, then 1 month after it was done, until"),
    ],
)
def test_rounds_that_come_in_another_way_at_first_are_told_so(timeline: str, told: str) -> None:
    made = built(load_timeline(FOLDER / f"{timeline}.yaml").definitions, "review")
    sections = account(made.plan.definition, made.partnership).sections
    words = " ".join(sentence for section in sections for sentence in section.sentences)
    assert f"It comes again {told}" in words


def test_a_limit_that_a_first_round_meets_is_told_so() -> None:
    made = built(load_timeline(FOLDER / "met_by_the_first_round.yaml").definitions, "review")
    sections = account(made.plan.definition, made.partnership).sections
    words = " ".join(sentence for section in sections for sentence in section.sentences)
    assert "It is met when the first round of “Visit” is done; it never stops the work." in words
    assert "It is met when the first round of “Ring” or “Write” is done, whichever comes first;" in words
    flags = [flag.text for box in chart(made.plan.definition, made.partnership).boxes.values() for flag in box.flags]
    assert any("met here by the first round" in flag for flag in flags)
