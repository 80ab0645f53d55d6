"""BPMN as others read it: the standard's own schema, bpmn.io's reader and lint, and SpiffWorkflow, which runs it."""

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from bpmn_io import check
from bpmn_io.bpmn_moddle import BpmnModdle
from bpmn_io.lint import Linter
from bpmn_io.lint.resolver import NodeResolver
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.util.task import TaskState

from reviewflow.diagram.drawing.layout import Rect
from reviewflow.diagram.modelling.bpmn import SPACES, bpmn
from reviewflow.diagram.words import Words
from reviewflow.language.model import Step
from reviewflow.language.structure.stages import numbering
from tests.diagram.builders import ALL, source
from tests.diagram.drawing.test_page import overlap

FLOW_NODES = {"userTask", "sendTask", "scriptTask", "serviceTask", "callActivity", "intermediateCatchEvent"}
ON_PURPOSE = {"no-inclusive-gateway"}
"""What bpmnlint warns of and we mean: waiting for whatever may still come is what an inclusive gateway is for."""


@pytest.fixture(scope="module", params=ALL)
def process(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def text(process: str) -> str:
    return bpmn(*source(process))


def specification(text: str, name: str) -> BpmnProcessSpec:
    """SpiffWorkflow reads only what says that it can be run."""
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_str(text.replace('isExecutable="false"', 'isExecutable="true"').encode())
    return parser.get_spec(name)


def kind(step: Step) -> str:
    chosen = {"sendTask": step.send, "callActivity": step.start, "intermediateCatchEvent": step.wait}
    automatic = next((name for name, said in chosen.items() if said), "scriptTask" if step.set else "serviceTask")
    return "userTask" if step.owner else automatic


def test_it_keeps_to_the_standards_schema(process: str, text: str) -> None:
    BpmnValidator().validate(etree.fromstring(text.encode()), process)


def test_bpmn_io_reads_it_without_a_word(text: str) -> None:
    report = check(text)
    assert (report.errors, report.warnings) == ([], [])


def test_bpmnlint_finds_nothing_else(text: str) -> None:
    linter = Linter(config={"extends": "bpmnlint:recommended"}, resolver=NodeResolver())
    found = linter.lint(BpmnModdle().from_xml(text).root_element)
    assert {rule: reports for rule, reports in found.items() if rule not in ON_PURPOSE} == {}


def test_spiffworkflow_finds_every_step_in_its_lane(process: str, text: str) -> None:
    definition, partnership = source(process)
    found, words = specification(text, process).task_specs, Words(definition, partnership)
    number = numbering(definition.process)
    for name, step in definition.process.steps.items():
        task = found[f"step_{name}"]
        inner = found.get(f"step_{name} [child]", task)  # of a task that is done several times
        assert (inner.bpmn_name, inner.lane) == (f"{number[name]}. {step.title}", words.lane(step))
        assert ("MultiInstance" in type(task).__name__) == (step.for_each is not None)
        # BPMN has room for one marker: what comes again for each entry says its rhythm in its documentation.
        assert ("Loop" in type(task).__name__) == (step.repeats is not None and step.for_each is None)


def test_every_step_is_the_element_that_it_ought_to_be(process: str, text: str) -> None:
    definition, _ = source(process)
    root = ET.fromstring(text)
    elements = {each.get("id"): each.tag.rpartition("}")[2] for each in root.iter() if each.get("id")}
    for name, step in definition.process.steps.items():
        assert elements[f"step_{name}"] == kind(step)
    assert {name for name in elements.values() if name in FLOW_NODES} >= {"userTask"}


def rects(root: ET.Element) -> dict[str, Rect]:
    found = {}
    for shape in root.iter(f"{{{SPACES['bpmndi']}}}BPMNShape"):
        bounds = shape.find("dc:Bounds", SPACES)
        assert bounds is not None
        x, y, width, height = (float(bounds.get(key) or 0) for key in ("x", "y", "width", "height"))
        found[str(shape.get("bpmnElement"))] = Rect(x, y, width, height)
    return found


def test_everything_is_placed_and_nothing_overlaps(text: str) -> None:
    root = ET.fromstring(text)
    process = root.find("bpmn:process", SPACES)
    assert process is not None
    places = rects(root)
    edges = {each.get("bpmnElement") for each in root.iter(f"{{{SPACES['bpmndi']}}}BPMNEdge")}
    drawn = [str(each.get("id")) for each in process if each.get("id") and each.tag.rpartition("}")[2] != "laneSet"]
    assert {*drawn} <= {*places, *edges}
    shapes = [name for name in drawn if name in places]
    assert [(a, b) for a, b in combinations(shapes, 2) if overlap(places[a], places[b])] == []
    for number, lane in enumerate(root.iter(f"{{{SPACES['bpmn']}}}lane")):
        around = places[f"lane_{number}"]
        for node in lane.findall("bpmn:flowNodeRef", SPACES):
            place = places[str(node.text)]
            assert around.x < place.x
            assert around.y <= place.y
            assert place.bottom <= around.bottom + 1


def finished(answers: dict[str, dict[str, str]]) -> list[str]:
    """The toy review as SpiffWorkflow runs it, conditions and all; the steps done, in order."""
    text = re.sub(r'(\w+)\.(\w+) = (".*?")', r'\1["\2"] == \3', bpmn(*source("review")))
    text = re.sub(r"<bpmn:multiInstanceLoop.*?</bpmn:multiInstanceLoopCharacteristics>", "", text, flags=re.DOTALL)
    text = re.sub(
        r'bpmn:callActivity id="(\w+)" name="([^"]*)" calledElement="\w+"', r'bpmn:manualTask id="\1" name="\2"', text
    )
    text = text.replace("bpmn:callActivity", "bpmn:manualTask")
    workflow = BpmnWorkflow(specification(text, "review"), script_engine=PythonScriptEngine())
    done: list[str] = []
    workflow.do_engine_steps()
    while ready := workflow.get_tasks(state=TaskState.READY, manual=True):
        name = ready[0].task_spec.name.removeprefix("step_")
        done.append(name)
        ready[0].data[name] = answers.get(name, {})
        if name == "read" and done.count("read") > 1:
            ready[0].data[name] = {"enough": "yes"}
        ready[0].run()
        workflow.do_engine_steps()
    assert workflow.is_completed()
    return done


def test_another_engine_runs_it_the_same_way() -> None:
    done = finished({"read": {"enough": "no"}, "meeting": {"learning": "yes"}})
    assert done == ["agency_return", "read", "agency_return", "read", "meeting", "submit", "follow_up"]
    assert finished({"read": {"enough": "yes"}, "meeting": {"learning": "no"}})[-1] == "submit"


def test_the_same_definition_gives_the_same_bytes() -> None:
    assert bpmn(*source("rich")) == bpmn(*source("rich"))
