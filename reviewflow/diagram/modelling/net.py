"""A process as BPMN has it: tasks, events and gateways, and the flows between them.

What is not needed here simply gets no token there: a step's condition stands on the flow into it, and whatever waits
for several steps stands behind an inclusive gateway, which waits for all that may still come, and for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from reviewflow.diagram.chart import asked_by
from reviewflow.diagram.modelling.feel import feel
from reviewflow.diagram.shapes import OPENING, ending
from reviewflow.diagram.words import Words
from reviewflow.language.conditions import Test
from reviewflow.language.model import Step


class NodeKind(StrEnum):
    START = "startEvent"
    END = "endEvent"
    PERSON = "userTask"
    SEND = "sendTask"
    SET = "scriptTask"
    SERVICE = "serviceTask"
    CALL = "callActivity"
    WAIT = "intermediateCatchEvent"
    ONE_OF = "exclusiveGateway"
    SOME_OF = "inclusiveGateway"
    ALL_OF = "parallelGateway"
    NOTE = "textAnnotation"


GATEWAYS = {NodeKind.ONE_OF, NodeKind.SOME_OF, NodeKind.ALL_OF}
EVENTS = {NodeKind.START, NodeKind.END, NodeKind.WAIT}
NOT_NEEDED = "Not needed"
WANTED = "When somebody opens it"


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: NodeKind
    name: str
    lane: str
    step: str = ""
    """The step that it is; "" for what only leads the way."""
    terminates: bool = False
    calls: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    source: str
    target: str
    name: str = ""
    condition: str = ""
    default: bool = False
    back: bool = False

    @property
    def id(self) -> str:
        return f"flow_{self.source}_{self.target}"


@dataclass(slots=True)
class Net:
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def add(self, node: Node) -> str:
        self.nodes[node.id] = node
        return node.id

    def flow(self, flow: Flow) -> None:
        self.flows.append(flow)


def net(words: Words) -> Net:
    making = _Making(words, Net())
    making.make()
    return making.net


def step_id(name: str) -> str:
    return "start" if name == OPENING else f"step_{name}"


@dataclass(frozen=True, slots=True)
class _Branch:
    """A way out of a step."""

    target: str
    name: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class _Making:
    words: Words
    net: Net

    def make(self) -> None:
        process = self.words.definition.process
        steps, opened = process.steps, f"The {process.own_word} is opened"
        first = next(iter(steps.values()))
        self.net.add(Node(step_id(OPENING), NodeKind.START, opened, self.words.lane(first)))
        entries = {name: self._entry(name, step) for name, step in steps.items()}
        for name in (OPENING, *steps):
            here = step_id(name)
            if name != OPENING:
                here = self._sent_back(name, steps[name], here)
            self._onward(name, here, [*self._branches(name, entries), *self._ways_out(name)])

    def _lane(self, name: str) -> str:
        steps = self.words.definition.process.steps
        return self.words.lane(steps[name] if name != OPENING else next(iter(steps.values())))

    def _entry(self, name: str, step: Step) -> str:
        """The step with what stands before it; where the flows into it arrive."""
        lane = self.words.lane(step)
        first = self.net.add(_task(name, step, lane))
        if any(name in other.reopens for other in self.words.definition.process.steps.values()):
            # Work that is sent back comes in before the step itself, behind its conditions.
            before = self.net.add(Node(f"again_{name}", NodeKind.ONE_OF, "", lane))
            self.net.flow(Flow(before, first))
            first = before
        if len(self.words.definition.comes_after(name)) > 1:
            first = self._joined(name, step, lane, first)
        return first

    def _joined(self, name: str, step: Step, lane: str, first: str) -> str:
        words, condition = self._if(name, step)
        if condition:
            choice = self.net.add(Node(f"if_{name}", NodeKind.ONE_OF, "Needed?", lane))
            nothing = self.net.add(Node(f"none_{name}", NodeKind.END, NOT_NEEDED, lane))
            self.net.flow(Flow(choice, first, words, condition))
            self.net.flow(Flow(choice, nothing, default=True))
            first = choice
        join = self.net.add(Node(f"join_{name}", NodeKind.SOME_OF, "", lane))
        self.net.flow(Flow(join, first))
        return join

    def _if(self, name: str, step: Step) -> tuple[str, str]:
        """A step's condition in words and in FEEL; nothing when it is always done."""
        if step.when:
            return self.words.condition(step.when, {*step.after}, name), feel(step.when, self.words.definition, name)
        return (WANTED, "opened_by_somebody") if step.optional else ("", "")

    def _branches(self, name: str, entries: dict[str, str]) -> Iterator[_Branch]:
        for other, step in self.words.definition.process.steps.items():
            after = self.words.definition.comes_after(other)
            if name in (after or (OPENING,)):
                branch = ("", "") if len(after) > 1 else self._if(other, step)
                yield _Branch(entries[other], *branch)

    def _ways_out(self, name: str) -> Iterator[_Branch]:
        for key, way_out in self.words.definition.process.endings.items():
            if way_out.when is None or name not in asked_by(way_out.when):
                continue
            lane, gone = self._lane(name), ending(key).replace(":", "_")
            last = self.net.add(Node(f"{gone}_{name}", NodeKind.END, way_out.title, lane, terminates=True))
            if way_out.start:
                title = f"Goes on as {self.words.process(way_out.start.process)}"
                call = Node(f"call_{gone}_{name}", NodeKind.CALL, title, lane, calls=way_out.start.process)
                self.net.flow(Flow(self.net.add(call), last))
                last = call.id
            yield _Branch(last, way_out.title, self._feel(way_out.when))

    def _feel(self, test: Test) -> str:
        return feel(test, self.words.definition)

    def _sent_back(self, name: str, step: Step, here: str) -> str:
        if not step.reopens:
            return here
        choice = self.net.add(Node(f"back_{name}", NodeKind.ONE_OF, "Sent back?", self.words.lane(step)))
        self.net.flow(Flow(here, choice))
        for other, reopen in step.reopens.items():
            words = self.words.condition(reopen.when, {name}, name)
            self.net.flow(
                Flow(choice, f"again_{other}", words, feel(reopen.when, self.words.definition, name), back=True)
            )
        return choice

    def _onward(self, name: str, here: str, branches: list[_Branch]) -> None:
        always = [branch for branch in branches if not branch.condition]
        sometimes = [branch for branch in branches if branch.condition]
        lane = self._lane(name)
        if not branches:
            self._go(here, [_Branch(self.net.add(Node(f"end_{name}", NodeKind.END, "Done", lane)))])
            return
        if len(always) + bool(sometimes) > 1:
            split = self.net.add(Node(f"split_{name}", NodeKind.ALL_OF, "", lane))
            self._go(here, [_Branch(split)])
            here = split
        self._go(here, always)
        if sometimes:
            kind = NodeKind.SOME_OF if len(sometimes) > 1 else NodeKind.ONE_OF
            choice = self.net.add(Node(f"choice_{name}", kind, "What follows?", lane))
            nothing = self.net.add(Node(f"rest_{name}", NodeKind.END, NOT_NEEDED, lane))
            self._go(here, [_Branch(choice)])
            self._go(choice, sometimes)
            self.net.flow(Flow(choice, nothing, default=True))

    def _go(self, here: str, branches: list[_Branch]) -> None:
        """Flows from here on; behind the question whether it is sent back, the way on is the usual one."""
        usual = here.startswith("back_")
        for branch in branches:
            self.net.flow(Flow(here, branch.target, branch.name, branch.condition, default=usual))


def _task(name: str, step: Step, lane: str) -> Node:
    calls = step.start.process if step.start else ""
    return Node(step_id(name), _kind(step), step.title, lane, step=name, calls=calls)


def _kind(step: Step) -> NodeKind:
    if step.owner:
        return NodeKind.PERSON
    if step.send:
        return NodeKind.SEND
    if step.start:
        return NodeKind.CALL
    if step.wait:
        return NodeKind.WAIT
    return NodeKind.SET if step.set else NodeKind.SERVICE
