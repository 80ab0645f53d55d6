"""A process in a minute: by stage, with every step named at least by its number."""

import re
from collections.abc import Callable

import pytest

from reviewflow.language.structure.stages import numbering
from reviewflow.service.rehearsal.explain.summary import summary
from tests.case import stage
from tests.shipped import FILES as SHIPPED

Run = Callable[..., tuple[int, str, str]]
MOST_WORDS = 480


LARGE = ("rapid_review", "learning_event", "joint_child_adult", "action_plan", "single_unified_safeguarding_review")


@pytest.mark.parametrize("process", LARGE)
def test_what_is_printed_can_be_read_in_a_minute(reviewflow: Run, process: str) -> None:
    """With its headings, and the line that says how to read the whole."""
    assert len(reviewflow("explain", process)[1].split()) < MOST_WORDS


@pytest.mark.parametrize("process", LARGE)
def test_it_leaves_no_step_out(process: str) -> None:
    told = summary(SHIPPED.definition(process), SHIPPED.partnership)
    by_stage = [section.sentences for section in told.sections if re.search(r"\(steps? \d", section.title)]
    numbers = [number for sentences in by_stage for number in named(sentences)]
    assert sorted(numbers) == list(numbering(SHIPPED.definition(process).process).values())


def named(sentences: tuple[str, ...]) -> list[int]:
    """The steps that the sentences of a stage are about."""
    found: list[int] = []
    for sentence in sentences:
        if match := re.match(r"(\d+)\. ", sentence):
            found.append(int(match[1]))
            continue
        for first, last in re.findall(r"(\d+)(?:-(\d+))?", sentence.partition(": ")[2]):
            found += range(int(first), int(last or first) + 1)
    return found


def test_a_stage_says_who_and_by_when() -> None:
    told = summary(SHIPPED.definition("rapid_review"), SHIPPED.partnership)
    (gathering,) = [section for section in told.sections if section.title.startswith("Gathering")]
    assert gathering.title == "Gathering (steps 10-29)"
    assert "17. Agency summary and chronology: each agency, 7 working days after notified." in gathering.sentences


def test_what_comes_again_is_not_told_as_if_it_came_once() -> None:
    monthly = {"due": "1 month after notified", "repeats": "every 1 month until close"}
    steps = {
        "look": {"title": "Look", "owner": "chair", **monthly},
        "close": {"title": "Close", "owner": "chair", "due": "12 months after notified"},
    }
    built = stage.built(stage.office() | {"process.review": stage.process("review", steps)}, "review")
    told = summary(built.plan.definition, built.partnership)
    sentences = [sentence for section in told.sections for sentence in section.sentences]
    assert any(sentence.endswith("and again every 1 month.") for sentence in sentences), sentences


def test_the_command_says_how_to_read_the_whole(reviewflow: Run) -> None:
    short, whole = reviewflow("explain", "rapid_review")[1], reviewflow("explain", "rapid_review", "--all")[1]
    assert short.endswith("reviewflow explain rapid_review --all\n")
    assert "Asked: " in whole
    assert "Asked: " not in short
    assert len(whole) > 5 * len(short)


def test_what_a_plan_may_have_said_already_is_not_told_as_always_asked() -> None:
    told = summary(SHIPPED.definition("action_plan"), SHIPPED.partnership)
    [doing] = [section.sentences for section in told.sections if section.title.startswith("Doing the actions")]
    assert "Not always: 7." in " ".join(doing)


def test_what_only_follows_a_step_that_is_not_always_needed_says_so_too() -> None:
    steps = {
        "look": {"title": "Look", "owner": "chair", "form": {"ours": {"type": "yes_no", "label": "Is it ours"}}},
        "plan": {"title": "Plan", "owner": "chair", "after": "look", "when": {"look.ours": "yes"}},
        "act": {"title": "Act", "owner": "chair", "after": "plan"},
        "pass_on": {"title": "Pass on", "owner": "chair", "after": "look", "when": {"look.ours": "no"}},
        "file_it": {"title": "File it", "owner": "chair", "after": ["act", "pass_on"]},
    }
    built = stage.built(stage.office() | {"process.review": stage.process("review", steps)}, "review")
    told = summary(built.plan.definition, built.partnership)
    [sentences] = [section.sentences for section in told.sections if section.title.startswith("What is done")]
    certain = [sentence.partition(".")[0] for sentence in sentences if "only after certain answers" in sentence]
    not_always = [sentence for sentence in sentences if sentence.startswith("Not always")]
    assert (certain, not_always) == ([], ["Not always: 2-4."])


def test_what_only_follows_a_step_that_somebody_opens_is_not_told_as_always_done() -> None:
    steps = {
        "begin": {"title": "Begin", "owner": "chair"},
        "gives_notice": {"title": "The carer gives notice", "owner": "chair", "optional": "yes"},
        "look": {"title": "Look at the notice", "owner": "chair", "after": "gives_notice"},
        "tell": {"title": "Tell of it", "owner": "chair", "after": "look"},
        "close": {"title": "Close", "owner": "chair", "after": ["begin", "tell"]},
    }
    built = stage.built(stage.office() | {"process.review": stage.process("review", steps)}, "review")
    [sentences] = [
        section.sentences
        for section in summary(built.plan.definition, built.partnership).sections
        if section.title.startswith("What is done")
    ]
    told = [sentence.partition(":")[0] for sentence in sentences if sentence[0].isdigit()]
    assert (told, sentences[-1]) == (["1. Begin", "5. Close"], "When somebody opens it: 2-4.")
