"""The words for what a definition says in short: conditions, people, days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewflow.calendar import Month, NamedDay
from reviewflow.language.conditions import BETWEEN, Is, Many, Test
from reviewflow.language.definition import Definition
from reviewflow.language.model import (
    EACH,
    OF_THE_STEP,
    OUTSIDE,
    AfterRound,
    FieldType,
    FormField,
    Ladder,
    Partnership,
    Rung,
    Until,
)
from reviewflow.language.phrases import THE_SUM_OF, Anchor, AsMany, DayRule, Due, OneOf, Quorum, by_words
from reviewflow.language.phrases.comparisons import comparison_of
from reviewflow.language.said_conditions import said
from reviewflow.language.structure.extensions import asked_in, extensions_of
from reviewflow.language.structure.outside import bodies
from reviewflow.language.structure.owners import ACCEPTED, OwnerFromAnswer, agency_in, answered_in
from reviewflow.service.wording.asked import value_words
from reviewflow.service.wording.calendars import calendar_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.text import clock_words, listing, times_words

AGENCY_POSTS = {
    "owner": "whoever owes it",
    "contributors": "the agencies that contribute",
    OUTSIDE: "the body outside that is waited for",
    "deputy": "the agency's deputy",
    "senior": "whoever is senior to them",
    "partner": "the safeguarding partner of its sector",
    "designated": "the designated professional who helps it",
}


@dataclass(frozen=True, slots=True)
class Teller:
    """What is told, and who is who."""

    definition: Definition
    partnership: Partnership

    def title(self, name: str) -> str:
        """The title of a step, a limit or an ending, in quotation marks."""
        return f"“{self.definition.title(name)}”"

    def role(self, name: str) -> str:
        """The title of a role."""
        return recipient_title(self.partnership, f"role:{name}")

    def granter(self, name: str) -> str:
        """The title of a post that may give more time, or of a body outside that may."""
        return bodies(self.definition.process, self.partnership).get(name) or self.role(name)

    def agency(self, name: str) -> str:
        """The title of an agency."""
        return recipient_title(self.partnership, f"agency:{name}")

    def contact(self, name: str) -> str:
        """The title of a contact of the case, in quotation marks."""
        known = (self.definition.process.contacts or {}).get(name)
        return f"“{known.title if known else name.replace('_', ' ')}”"

    def contacts(self, names: Sequence[str]) -> str:
        """Those to whom a letter goes: “The mother”, then “The father”; one after the other."""
        return ", then ".join(map(self.contact, names))

    def process(self, name: str) -> str:
        """The name of another process, with spaces."""
        return name.replace("_", " ")

    def people(self, names: Iterable[str]) -> str:
        """'the chair and whoever owes it', from the names of a ladder."""
        return listing(self._recipient(name) for name in names)

    def _recipient(self, name: str) -> str:
        if answered := answered_in(name):
            return self.named_in(answered)
        if agency := agency_in(name):
            return self.agency(agency)
        if step := asked_in(name):
            return f"everybody who was asked in {self.title(step)}"
        return AGENCY_POSTS.get(name) or self.role(name)

    def named_in(self, answered: OwnerFromAnswer) -> str:
        """'the agency that the answer to “Which agency refers” in “Take it in” names'; 'whoever accepted “Find”'."""
        if answered.kind == ACCEPTED:
            return f"whoever accepted {self.title(answered.step)}"
        question = self.definition.step_forms.get(answered.step, {}).get(answered.field)
        label = question.label.rstrip("?.") if question else answered.field
        return f"the {answered.kind} that the answer to “{label}” in {self.title(answered.step)} names"

    def quorum(self, quorum: Quorum) -> str:
        """'two thirds must agree, the police among them'."""
        return f"{quorum.how_many} must agree{quorum.named(self._holder)}"

    def holders(self, names: Iterable[str], *, last: str = "and") -> str:
        """'the chair or the police', of roles and agencies."""
        return listing((self._holder(name) for name in names), last=last)

    def _holder(self, name: str) -> str:
        return self.agency(name) if name in self.partnership.agencies else self.role(name)

    def message(self, name: str) -> str:
        """The name of a message, in quotation marks."""
        return f"the message “{name}”"

    def rule(self, rule: DayRule, of: str = "") -> str:
        """'7 working days after notified', 'on the day given in ...', 'the earlier of ...', of the step `of`."""
        if isinstance(rule, OneOf):
            parts = listing(self.rule(part, of).removeprefix("on ") for part in rule.parts)
            return f"{rule.which} {parts}{by_words(rule)}"
        return f"{self._counted(rule, of)}{_by(rule)}"

    def _counted(self, rule: Due, of: str) -> str:
        """How it counts, and from what; a month is that in which a step is done."""
        anchor = self.anchor(rule.anchor, of)
        done = rule.anchor.name in self.definition.process.steps and rule.anchor.field is None
        match rule.span:
            case NamedDay(month=Month.SAME) if done:
                return f"{rule.span} in which {anchor}"
            case NamedDay(month=Month.NEXT) if done:
                return f"{rule.span} after that in which {anchor}"
            case NamedDay(group=group) if group in self.partnership.groups:
                return rule.counted_from(anchor).replace(group, self.partnership.groups[group].title, 1)
            case AsMany(step=step, field=field) if step == EACH:
                return rule.counted_from(anchor, f"the line's column “{field}”")
            case AsMany(step=step, field=field):
                return rule.counted_from(anchor, f"the answer to {self.question(step, field)}")
            case span:
                return rule.counted_from(f"the day {anchor}" if done and span is None else anchor)

    def rounds_first(self, name: str) -> Iterator[str]:
        """'It may not be done before “Visit” was done twice at least.', of what ends such rounds."""
        for other, step in self.definition.process.steps.items():
            if step.repeats is not None and step.repeats.until == name and step.repeats.at_least:
                fewest = times_words(step.repeats.at_least)
                yield f"It may not be done before {self.title(other)} was done {fewest} at least."

    def question(self, step: str, name: str) -> str:
        """'“How many months” in “Agree the plan”'."""
        asked = self.definition.step_forms[step].get(name)
        return f"“{asked.label.rstrip('?') if asked else name}” in {self.title(step)}"

    def extensions(self, name: str) -> str:
        """'It may be extended by the chair, twice, until 40 working days after ...'; '' without a rule."""
        rule = extensions_of(self.definition.process, name)
        if rule is None or rule.times == 0:
            return "It may not be extended." if rule else ""
        told = f" Then {self.message(rule.send)} goes to {self.people(rule.told)}." if rule.send else ""
        by = f"by {listing((self.granter(role) for role in rule.by), last='or')}" if rule.by else ""
        until = f"until {self.rule(rule.until)} at the latest" if rule.until else ""
        parts = filter(None, (by, f"{times_words(rule.times)} at most" if rule.times else "", until))
        extended = ", ".join(parts)
        return f"It may be extended{f' {extended}' if extended else ''}.{told}"

    def anchor(self, anchor: Anchor, of: str = "") -> str:
        """What days are counted from, of the step `of` where that matters: 'the last day of “…”'."""
        process = self.definition.process
        if anchor.name == "each":
            return f"the day in the line's column “{anchor.field}”"
        if anchor.name in process.steps and anchor.field:
            field = self.definition.step_forms[anchor.name].get(anchor.field)
            given = "time" if field is not None and field.type is FieldType.TIME else "day"
            return f"the {given} given for “{field.label if field else anchor.field}” in {self.title(anchor.name)}"
        if anchor.name in process.steps:
            over = self._follows_the_last_round(of, anchor.name)
            return f"the rounds of {self.title(anchor.name)} are over" if over else f"{self.title(anchor.name)} is done"
        if anchor.name in process.limits:
            return f"the last day of {self.title(anchor.name)}"
        if anchor.name in process.dates:
            return f"the day of “{process.dates[anchor.name].title}”"
        return "the opening" if anchor.name == "opened" else str(anchor).replace("_", " ")

    def _follows_the_last_round(self, step: str, other: str) -> bool:
        steps = self.definition.process.steps
        return step in steps and steps[step].after_round is AfterRound.LAST and steps[other].repeats is not None

    def condition(self, test: Test, own: str = "") -> str:
        """In words; `own` is the step whose own form is meant where a condition names none."""
        return said(test, lambda leaf: self._answered(leaf, own))

    def _answered(self, test: Is, own: str) -> str:
        if not test.step and test.field in self.definition.process.limits:
            return f"the limit {self.title(test.field)} was {listing(test.values, last='or')}"
        step = test.step or own
        form = self.definition.recorded(step) if step in self.definition.process.steps else {}
        field = self.definition.columns(own).get(test.field) if step == EACH else form.get(test.field)
        answers = " or ".join(value_words(field, value) for value in test.values)
        where = " in its line" if step == EACH else f" in {self.title(step)}" if test.step and test.step != own else ""
        question = f"“{field.label if field else test.field.replace('_', ' ')}”{where}"
        match test.many:
            case Many.ONE if all(map(comparison_of, test.values)):
                return f"{question} is {answers}"
            case Many.ONE:
                return f"{question} is answered {answers}"
            case Many.AT_LEAST:
                return f"{test.how_many} answer {question} with {answers}"
            case Many.ANY:
                return f"anybody answers {question} with {answers}"
            case Many.EVERY:
                return f"everybody answers {question} with {answers}"
            case Many.MORE | Many.AS_MANY:
                against = f" {BETWEEN[test.many]} ".join(value_words(field, value) for value in test.values)
                return f"{test.how_many} answer {question} with {against}"
            case Many.SUM:
                return f"{self._sum(test, field)} is {listing(test.values, last='or')}"
            case Many.APART:
                return f"{self._apart(test)} is {listing(test.values, last='or')}"
            case Many.ENOUGH:
                return f"as many as the quorum asks for answer {question} with {answers}"

    def _apart(self, test: Is) -> str:
        """'the difference of “How much” in “Estimate” and “How much” in “Final account”'."""
        return test.far.in_words(self._end) if test.far else ""

    def _end(self, end: Anchor) -> str:
        return self.question(end.name, end.field) if end.field else self.anchor(end)

    def _sum(self, test: Is, field: FormField | None) -> str:
        """'the sum of “Amount” in “Costs” in “Register”', or of what all who do a step answer."""
        label = field.label if field else test.field.replace("_", " ")
        if not test.column:
            return f"{THE_SUM_OF} “{label}” of all who do {self.title(test.step)}"
        column = field.columns.get(test.column) if field else None
        return f"{THE_SUM_OF} “{column.label if column else test.column}” in “{label}” in {self.title(test.step)}"


def _by(rule: Due) -> str:
    """', by 17:00': apart from what it counts from, which may be many words."""
    return f", by {clock_words(rule.by)}" if rule.by is not None else ""


def one_of_words(rule: OneOf) -> str:
    """What counts while one of the days is not known."""
    if rule.later:
        return "The later counts once all are known; until then there is no due day."
    return "The earlier of those that are known counts; a day that becomes known later may bring it forward."


def rungs(teller: Teller, ladder: Ladder) -> list[str]:
    """One line for each rung: when, which message, to whom; and the thanks."""
    lines = [
        f"{_moment(rung)}{_again(rung)}: {teller.message(rung.message)} to {teller.people(rung.to)}."
        for rung in ladder.rungs
    ]
    thanks = f"As soon as it is there: {teller.message(ladder.thanks)} to whoever owed it." if ladder.thanks else ""
    return [*_counted_in(ladder), *lines, *filter(None, [thanks])]


def _counted_in(ladder: Ladder) -> Iterator[str]:
    """In whose days the rungs are counted, where the ladder says so."""
    if ladder.calendar == OF_THE_STEP:
        yield "Its days are those in which the work itself is counted, as far as the office works too."
    elif ladder.calendar is not None:
        yield f"Its days are those of {calendar_words(ladder.calendar)}, as far as the office works too."


def _again(rung: Rung) -> str:
    """', then every 2 working days, until somebody says that it arrived'."""
    again = f", then {rung.repeat}" if rung.repeat else ""
    return f"{again}, until somebody says that it arrived" if rung.until is Until.ACKNOWLEDGED else again


def moments(ladder: Ladder) -> str:
    """'2 working days before, on the day and 1 working day after'."""
    return listing(_moment(rung) for rung in ladder.rungs)


def moments_outside(ladder: Ladder) -> tuple[str, str]:
    """When a ladder writes to the body outside that is waited for, and when to others alone; '' for never."""
    outside = [rung for rung in ladder.rungs if OUTSIDE in rung.to]
    others = [rung for rung in ladder.rungs if OUTSIDE not in rung.to]
    return listing(map(_moment, outside), none=""), listing(map(_moment, others), none="")


def _moment(rung: Rung) -> str:
    return f"{rung.when} at {clock_words(rung.at)}" if rung.at else str(rung.when)
