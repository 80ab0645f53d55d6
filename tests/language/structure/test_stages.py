"""Steps stand under their stages, and have one number wherever they are named."""

import re

import pytest

from reviewflow.diagram.chart import chart
from reviewflow.diagram.mermaid import mermaid
from reviewflow.diagram.modelling.bpmn import bpmn
from reviewflow.language.definition import Definition, define
from reviewflow.language.model import Partnership
from reviewflow.language.structure.stages import numbering, stages_of
from reviewflow.service.rehearsal.explain.account import account
from tests.language.definitions import PLACE, library

STAGED = """
language: 1
process: toy
version: 1
title: Toy
reference: TY-{year}-{number}
stages: {gather: Gathering, decide: Deciding}
opening:
  dates:
    notified: When was it sent?
groups:
  reading: {after: ask, stage: gather}
steps:
  tell: {title: Tell them, after: decide, stage: decide, owner: chair}
  decide: {title: Decide, after: reading, stage: decide, owner: chair}
  ask: {title: Ask for it, stage: gather, owner: chair}
"""
TITLES = ["1. Ask for it", "2. Read the report", "3. Decide", "4. Tell them"]


def defined(text: str) -> tuple[Definition, Partnership]:
    read = library({PLACE: text.encode()})
    assert read.partnership is not None
    return define(read, "toy"), read.partnership.model


def test_steps_stand_by_stage_and_in_their_order() -> None:
    process = defined(STAGED)[0].process
    stages = [(stage.title, stage.steps) for stage in stages_of(process)]
    assert stages == [("Gathering", ("ask", "read_report")), ("Deciding", ("decide", "tell"))]
    assert list(numbering(process).items()) == [("ask", 1), ("read_report", 2), ("decide", 3), ("tell", 4)]


def test_a_process_without_stages_is_one_list() -> None:
    text = re.sub(r",? ?stages?: (\w+|\{.*\})", "", STAGED)
    (stage,) = stages_of(defined(text)[0].process)
    assert (stage.title, stage.steps) == ("", ("ask", "read_report", "decide", "tell"))


def test_a_group_says_another_stage_of_one_of_its_steps() -> None:
    process = defined(STAGED + "  read_report: {stage: decide}\n")[0].process
    assert [stage.steps for stage in stages_of(process)] == [("ask",), ("read_report", "decide", "tell")]


@pytest.mark.parametrize("number", range(4))
def test_explain_the_drawing_and_bpmn_have_the_same_number(number: int) -> None:
    definition, partnership = defined(STAGED)
    title = TITLES[number]
    assert title in {section.title for section in account(definition, partnership).sections}
    assert f"<b>{title}</b>" in mermaid(chart(definition, partnership))
    assert f'name="{title}"' in bpmn(definition, partnership)


def test_mermaid_draws_a_frame_round_each_stage() -> None:
    frames = re.findall(r'subgraph \w+\["(\w+)"\]\n(.*?)\n  end', mermaid(chart(*defined(STAGED))), re.DOTALL)
    assert [(title, re.findall(r"s_\w+", inside)) for title, inside in frames] == [
        ("Gathering", ["s_ask", "s_read_report"]),
        ("Deciding", ["s_decide", "s_tell"]),
    ]


def test_what_has_no_stages_keeps_its_hash() -> None:
    """No byte about stages is in the definition of a process that has none."""
    text = re.sub(r",? ?stages?: (\w+|\{.*\})", "", STAGED)
    assert "stage" not in defined(text)[0].body
