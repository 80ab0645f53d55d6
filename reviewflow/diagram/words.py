"""Rules, owners and conditions as short as a box can show them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reviewflow.language.conditions import BETWEEN, AllOf, AnyOf, Is, Many, Not, Test
from reviewflow.language.definition import Definition
from reviewflow.language.model import EACH, FieldType, FormField, Partnership, Step
from reviewflow.language.phrases import THE_SUM_OF, Anchor, AsMany, DayRule, Due, OneOf, by_words
from reviewflow.language.structure.extensions import extensions_of
from reviewflow.language.structure.outside import bodies, title_waited_for
from reviewflow.language.structure.owners import ACCEPTED, POSTS, named_agency, owner_in_answer, post_of_agency
from reviewflow.text import listing

BY_ITSELF = "By itself"
HOW_MANY = {
    Many.ONE: "",
    Many.ANY: "any of them: ",
    Many.EVERY: "every one of them: ",
    Many.ENOUGH: "enough of them: ",
    Many.AT_LEAST: "",
    Many.MORE: "more of them: ",
    Many.AS_MANY: "as many of them: ",
    Many.SUM: f"{THE_SUM_OF} ",
    Many.APART: "",
}
SHORT = 12
"""Letters; a shorter answer, such as No, is shown with its question."""
_FILLED_IN = re.compile(r"\{\w+\}[\s:,-]*")


def spaced(name: str) -> str:
    """'agency_return' as it is said."""
    return name.replace("_", " ")


def headed(name: str) -> str:
    words = spaced(name)
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Words:
    """How one definition is put into words: who is who, and what each answer means."""

    definition: Definition
    partnership: Partnership
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Of the steps, where they stand beside it: a step is then meant by its number, and else by its title."""

    @property
    def _steps(self) -> Mapping[str, Step]:
        return self.definition.process.steps

    def role(self, name: str) -> str:
        owner = self.partnership.roles.get(name) or self.partnership.agencies.get(name)
        return owner.title if owner else headed(name)

    def contact(self, name: str) -> str:
        """The title of a contact of the case."""
        known = (self.definition.process.contacts or {}).get(name)
        return known.title if known else headed(name)

    def bodies_that_extend(self, name: str) -> str:
        """Who may give a step or a limit more time, where a body outside is among them; '' elsewhere."""
        rule, outside = extensions_of(self.definition.process, name), bodies(self.definition.process, self.partnership)
        if rule is None or rule.times == 0 or outside.keys().isdisjoint(rule.by):
            return ""
        return listing((outside.get(granter) or self.role(granter) for granter in rule.by), last="or")

    def waited_for(self, step: Step) -> str:
        """Whom outside it waits for."""
        return title_waited_for(step, self.definition.process, self.partnership)

    def lane(self, step: Step) -> str:
        """Who does it, as one party."""
        match step.owner, step.for_each:
            case None, _:
                return BY_ITSELF
            case "agency", _:
                return "Each agency"
            case "each", tuple() as roles:
                return f"Each of: {_together([self.role(role) for role in roles])}"
            case "each", str() as source:
                return f"Each of the {spaced(source.partition('.')[2])}"
            case owner, _ if owner.startswith("each."):
                return f"Whoever each line names as {spaced(owner.partition('.')[2])}"
            case owner, _:
                return self._phrase(step) or self.role(owner)

    def _phrase(self, step: Step) -> str:
        """An owner that is written as a phrase."""
        if step.asks is not None:
            order = step.asks.in_order
            names = spaced(order.partition(".")[2]) if isinstance(order, str) else _together([*map(self.role, order)])
            return f"The first to accept of: {names}"
        answered = owner_in_answer(step)
        if answered and answered.kind == ACCEPTED:
            return f"Whoever accepted {spaced(answered.step)}"
        if answered:
            return f"The {answered.kind} named as {spaced(answered.field)}"
        if post := post_of_agency(step):
            return f"The {POSTS[post]} of each agency"
        agency = named_agency(step)
        return self.role(agency) if agency else ""

    def owner(self, step: Step) -> str:
        """Who does it, and for what each time."""
        lane = self.lane(step)
        match step.for_each:
            case None:
                return lane
            case "agency":
                own = step.owner == "agency" or post_of_agency(step)
                return lane if own else f"{lane}, for each agency"
            case tuple() as roles:
                return lane if step.owner == "each" else f"{lane}, for each of {len(roles)}"
            case source:
                return lane if step.owner == "each" else f"{lane}, for each of {spaced(source.partition('.')[2])}"

    def due(self, rule: DayRule) -> str:
        """'7 working days after notified'; a limit is what its flag shows."""
        if isinstance(rule, OneOf):
            parts = listing(self.due(part).removeprefix("on ") for part in rule.parts)
            return f"{rule.which} {parts}{by_words(rule)}"
        return f"{rule.counted_from(self._anchor(rule.anchor), self._says(rule))}{by_words(rule)}"

    def _says(self, rule: Due) -> str:
        """What says how long, where an answer or a line does."""
        if not isinstance(rule.span, AsMany):
            return ""
        step, field = rule.span.step, rule.span.field
        return f"the line's {spaced(field)}" if step == EACH else f"“{self._label(step, field)}”"

    def _label(self, step: str, name: str) -> str:
        asked = self.definition.recorded(step).get(name)
        return asked.label.rstrip("?") if asked else headed(name)

    def _anchor(self, anchor: Anchor) -> str:
        if anchor.day is not None:
            return str(anchor)
        if anchor.name in self.definition.process.limits:
            return f"the last day of the limit {spaced(anchor.name)}"
        if anchor.name == "each" and anchor.field:
            return f"the line's {spaced(anchor.field)}"
        if anchor.name not in self._steps or anchor.field is None:
            return self.moment(anchor.name)
        asked = self.definition.recorded(anchor.name).get(anchor.field)
        if asked is not None and asked.completes:
            return self._step(anchor.name)
        return f"“{asked.label if asked else headed(anchor.field)}” in {self._step(anchor.name)}"

    def moment(self, name: str) -> str:
        """A date of the case, or the step with which something happens."""
        return self._step(name) if name in self._steps else spaced(name)

    def _step(self, name: str) -> str:
        number = self.numbers.get(name)
        return f"step {number}" if number else f"“{self._steps[name].title}”"

    def process(self, name: str) -> str:
        """The title of a process that this one opens."""
        return self.definition.opened.get(name) or headed(name)

    def paper(self, name: str) -> str:
        """The title of a paper, without what only a case can fill in."""
        title = _FILLED_IN.sub("", self.definition.documents[name].title)
        return title[:1].upper() + title[1:]

    def condition(self, test: Test, near: Container[str], own: str = "") -> str:
        """What must have been answered; answers of the steps `near` by go without the step's title."""
        match test:
            case Is(step=step) if step == EACH:
                return self._of_line(test, own)
            case Is(far=far) if far is not None:
                return f"{far.in_words(self._end)} {_any_of(test.values)}"
            case Is():
                limit = not test.step and test.field in self.definition.process.limits
                return self._answer(test if limit else replace(test, step=test.step or own), near)
            case AllOf(parts):
                return " and ".join(self._part(part, near, own) for part in parts)
            case AnyOf(parts):
                return " or ".join(self._part(part, near, own) for part in parts)
            case Not(part):
                return f"not: {self.condition(part, near, own)}"

    def _end(self, end: Anchor) -> str:
        return f"“{self._label(end.name, end.field)}” in {self._step(end.name)}" if end.field else self.moment(end.name)

    def _part(self, test: Test, near: Container[str], own: str) -> str:
        words = self.condition(test, near, own)
        return words if isinstance(test, Is) else f"({words})"

    def _answer(self, test: Is, near: Container[str]) -> str:
        step = self._steps.get(test.step)
        of_them = f"{test.how_many} of them: " if test.many is Many.AT_LEAST else HOW_MANY[test.many]
        asked = self.definition.recorded(test.step).get(test.field) if step is not None else None
        answer = f"{of_them}{self._value(test, asked)}"
        return answer if step is None or test.step in near else f"{answer} in {self._step(test.step)}"

    def _of_line(self, test: Is, own: str) -> str:
        """What the line of a table says for which the step `own` is done."""
        return f"{self._value(test, self.definition.columns(own).get(test.field))} in its line"

    def _value(self, test: Is, asked: FormField | None) -> str:
        if test.many in BETWEEN:
            return self._against(test, asked)
        if test.many is Many.SUM:
            added = asked.columns.get(test.column, asked) if asked else None
            return f"“{added.label if added else headed(test.column or test.field)}” {_any_of(test.values)}"
        if asked is None:
            return f"{headed(test.field)}: {_any_of(spaced(value) for value in test.values)}"
        if asked.type in {FieldType.CHOICE, FieldType.CHOICES}:
            answers = [asked.options.get(value, headed(value)) for value in test.values]
            if all(len(answer) < SHORT for answer in answers):
                return f"“{asked.label}” {_any_of(answers)}"
            return _any_of(f"“{answer}”" for answer in answers)
        return f"“{asked.label}” {_any_of(test.values)}"

    def _against(self, test: Is, asked: FormField | None) -> str:
        """'“Do you agree?” yes than no': two answers that are counted against each other."""
        options, label = (asked.options, asked.label) if asked else ({}, headed(test.field))
        return f"“{label}” {f' {BETWEEN[test.many]} '.join(options.get(value, value) for value in test.values)}"


def _any_of(values: Iterable[str]) -> str:
    return listing(values, last="or")


def _together(titles: Sequence[str]) -> str:
    """'Safeguarding partner for health, the police': what they all begin with is said once."""
    first, *others = [title.split() for title in titles]
    same = 0
    while all(len(title) > same + 1 and title[same] == first[same] for title in (first, *others)):
        same += 1
    rest = [" ".join(title[same:]) for title in (first, *others)]
    return " ".join([*first[:same], ", ".join(rest)])
