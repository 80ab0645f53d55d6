"""The process as BPMN 2.0 with its diagram, for modelling tools. It describes; reviewflow itself runs the YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from reviewflow.diagram.chart import chart
from reviewflow.diagram.drawing.layout import Point, Rect
from reviewflow.diagram.modelling.feel import LANGUAGE, needed
from reviewflow.diagram.modelling.net import GATEWAYS, Flow, Net, Node, NodeKind, net
from reviewflow.diagram.modelling.pool import placed
from reviewflow.diagram.shapes import Box, Chart, numbered
from reviewflow.diagram.words import Words
from reviewflow.language.definition import Definition
from reviewflow.language.model import Partnership, Step
from reviewflow.language.phrases import Quorum

SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
OURS = "urn:reviewflow:process"
FORMAL = {f"{{{SPACES['xsi']}}}type": "bpmn:tFormalExpression"}


def bpmn(definition: Definition, partnership: Partnership) -> str:
    """The text of a BPMN file; the same definition always gives the same text."""
    words = Words(definition, partnership)
    shown, flowing = chart(definition, partnership), net(words)
    notes = _with_notes(flowing, shown)
    for prefix, uri in SPACES.items():
        ET.register_namespace(prefix, uri)
    root = ET.Element(_q("bpmn:definitions"), {"id": "definitions", "targetNamespace": OURS})
    root.set("expressionLanguage", LANGUAGE)
    _Writing(root, words, shown, flowing, notes).write()
    ET.indent(root, "  ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _with_notes(flowing: Net, shown: Chart) -> dict[str, str]:
    """The time limits as notes beside the steps that meet them: the node of each note."""
    notes = {}
    for node in [*flowing.nodes.values()]:
        for number, flag in enumerate(shown.boxes[node.step].flags if node.step else ()):
            note = flowing.add(Node(f"limit_{number}_{node.step}", NodeKind.NOTE, flag.text, node.lane))
            notes[note] = node.id
    return notes


class _Writing:
    """One file while it is being written."""

    def __init__(self, root: ET.Element, words: Words, shown: Chart, flowing: Net, notes: Mapping[str, str]) -> None:
        self.root = root
        self.words, self.shown, self.net, self.notes = words, shown, flowing, notes
        self.pool = placed(flowing, notes)

    def write(self) -> None:
        title = self.shown.title
        cooperation = _sub(self.root, "bpmn:collaboration", id="collaboration")
        name = self.words.definition.process.process
        _sub(cooperation, "bpmn:participant", id="pool", name=title, processRef=name)
        process = _sub(self.root, "bpmn:process", id=name, name=title, isExecutable="false")
        texts = (self.words.definition.process.summary or "", *self.shown.particulars, *self.shown.notes)
        _documentation(process, [text.strip() for text in texts if text])
        self._lanes(process)
        for node in self.net.nodes.values():
            if node.kind is not NodeKind.NOTE:
                self._node(process, node)
        for flow in self.net.flows:
            _flow(process, flow)
        self._artifacts(process)
        self._diagram()

    def _lanes(self, process: ET.Element) -> None:
        lanes = _sub(process, "bpmn:laneSet", id="lanes")
        for number, name in enumerate(self.pool.lanes):
            lane = _sub(lanes, "bpmn:lane", id=f"lane_{number}", name=name)
            for node in self.net.nodes.values():
                if node.lane == name and node.kind is not NodeKind.NOTE:
                    _sub(lane, "bpmn:flowNodeRef").text = node.id

    def _node(self, process: ET.Element, node: Node) -> None:
        name = numbered(self.shown.boxes[node.step]) if node.step else node.name
        element = _sub(process, f"bpmn:{node.kind}", id=node.id, **({"name": name} if name else {}))
        if node.calls:
            element.set("calledElement", node.calls)
        into = [flow for flow in self.net.flows if flow.target == node.id]
        out = [flow for flow in self.net.flows if flow.source == node.id]
        for flow in out:
            if flow.default and node.kind in GATEWAYS:
                element.set("default", flow.id)
        if node.step:
            _documentation(element, _texts_of(self.shown.boxes[node.step], self.words, node.step))
        for flow in into:
            _sub(element, "bpmn:incoming").text = flow.id
        for flow in out:
            _sub(element, "bpmn:outgoing").text = flow.id
        if node.kind in GATEWAYS:
            element.set("gatewayDirection", "Diverging" if len(out) > 1 else "Converging")
        if node.terminates:
            _sub(element, "bpmn:terminateEventDefinition", id=f"{node.id}_all")
        if node.step:
            self._particulars(element, node)

    def _particulars(self, element: ET.Element, node: Node) -> None:
        step = self.words.definition.process.steps[node.step]
        if step.wait:
            timer = _sub(element, "bpmn:timerEventDefinition", id=f"{node.id}_timer")
            _sub(timer, "bpmn:timeDate", **FORMAL).text = str(step.wait)
        elif step.for_each:
            _many(element, step, self.words.definition.quorum(node.step))
        elif step.repeats:
            loop = _sub(element, "bpmn:standardLoopCharacteristics", testBefore="false")
            if step.repeats.at_most:
                loop.set("loopMaximum", str(step.repeats.at_most))
            _sub(loop, "bpmn:loopCondition", **FORMAL).text = f"not({step.repeats.until}.done)"
        if step.set:
            rules = [f"{name} = {rule}" for name, rule in step.set.items()]
            _sub(element, "bpmn:script").text = "\n".join(rules)

    def _artifacts(self, process: ET.Element) -> None:
        for note in self.notes:
            _sub(_sub(process, "bpmn:textAnnotation", id=note), "bpmn:text").text = self.net.nodes[note].name
        for note, node in self.notes.items():
            _sub(process, "bpmn:association", id=f"to_{note}", sourceRef=node, targetRef=note)

    def _diagram(self) -> None:
        diagram = _sub(self.root, "bpmndi:BPMNDiagram", id="diagram", name=self.shown.title)
        plane = _sub(diagram, "bpmndi:BPMNPlane", id="plane", bpmnElement="collaboration")
        _shape(plane, "pool", self.pool.frame, isHorizontal="true")
        for number, place in enumerate(self.pool.lanes.values()):
            _shape(plane, f"lane_{number}", place, isHorizontal="true")
        for name, place in self.pool.places.items():
            _shape(plane, name, place)
        names = [*(flow.id for flow in self.net.flows), *(f"to_{note}" for note in self.notes)]
        for name, way, label in zip(names, self.pool.ways, self.pool.labels, strict=True):
            _edge(plane, name, way, label)


def _texts_of(box: Box, words: Words, name: str) -> list[str]:
    help_ = words.definition.process.steps[name].help
    stage = [f"Stage: {box.stage}"] if box.stage else []
    return [*stage, *([box.only_if] if box.only_if else []), *box.lines, *([help_.strip()] if help_ else [])]


def _many(element: ET.Element, step: Step, quorum: Quorum | None) -> None:
    """One for each: agency, role or entry of a list."""
    loop = _sub(element, "bpmn:multiInstanceLoopCharacteristics", isSequential="false")
    how_many = str(len(step.for_each)) if isinstance(step.for_each, tuple) else f"count({step.for_each})"
    _sub(loop, "bpmn:loopCardinality", **FORMAL).text = how_many
    if quorum and not quorum.is_all:
        named = "".join(f' and list contains(agreeing, "{name}")' for name in quorum.among)
        for kind in quorum.kinds:
            names = ", ".join(f'"{name}"' for name in kind.names)
            named += f" and count(agreeing[list contains([{names}], item)]) >= {kind.number}"
        asked = step.for_each or ""
        least = needed(quorum, asked) if isinstance(asked, str) else quorum.needed(len(asked))
        _sub(loop, "bpmn:completionCondition", **FORMAL).text = f"agreed >= {least}{named}"


def _flow(process: ET.Element, flow: Flow) -> None:
    element = _sub(process, "bpmn:sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    if flow.name:
        element.set("name", flow.name)
    if flow.condition:
        _sub(element, "bpmn:conditionExpression", **FORMAL).text = flow.condition


def _shape(plane: ET.Element, element: str, at: Rect, **more: str) -> None:
    shape = _sub(plane, "bpmndi:BPMNShape", id=f"{element}_di", bpmnElement=element, **more)
    _bounds(shape, at)


def _edge(plane: ET.Element, element: str, way: Sequence[Point], label: Rect | None) -> None:
    edge = _sub(plane, "bpmndi:BPMNEdge", id=f"{element}_di", bpmnElement=element)
    for point in way:
        _sub(edge, "di:waypoint", x=_n(point.x), y=_n(point.y))
    if label:
        _bounds(_sub(edge, "bpmndi:BPMNLabel"), label)


def _bounds(parent: ET.Element, at: Rect) -> None:
    _sub(parent, "dc:Bounds", x=_n(at.x), y=_n(at.y), width=_n(at.width), height=_n(at.height))


def _documentation(parent: ET.Element, texts: Sequence[str]) -> None:
    if texts:
        _sub(parent, "bpmn:documentation").text = "\n".join(texts)


def _sub(parent: ET.Element, tag: str, /, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _q(tag), attributes)


def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def _n(number: float) -> str:
    return f"{number:.1f}"
