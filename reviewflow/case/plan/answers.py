"""What is asked, of what silence counts, and which answers the state of a case must keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewflow.case.plan.steps import PlannedSteps
from reviewflow.language.conditions import leaves
from reviewflow.language.model import EACH, FormField, Record
from reviewflow.language.phrases import Anchor, DayRule, how_far, parse_anchor, sum_of
from reviewflow.language.structure import graph
from reviewflow.language.structure.contacts import replied_to
from reviewflow.language.structure.lists import names_who_is_out, source_of
from reviewflow.language.structure.owners import owner_in_answer, written_to_by_answer
from reviewflow.language.structure.registers import kept_for_registers, recording
from reviewflow.language.structure.standing_groups import says_whether_they_come
from reviewflow.language.templates import REASON
from reviewflow.language.templates import named as fields_named


@dataclass(frozen=True)
class PlannedAnswers(PlannedSteps):
    """What is asked of owners, and which of their answers are kept."""

    @cached_property
    def requests(self) -> Mapping[str, tuple[str, ...]]:
        """By step, the automatic steps that ask for it: about it, replied to by it, or just before it for its owner."""
        asking = [name for name, step in self.steps.items() if step.send is not None]
        return {
            name: tuple(
                other
                for other in asking
                if (self.steps[other].about == name and name not in self.ancestors[other])
                or replied_to(self.steps[other]) == name
                or (other in step.after and graph.pairs(step, self.steps[other]))
            )
            for name, step in self.steps.items()
        }

    @cached_property
    def asked_in(self) -> Mapping[str, tuple[str, ...]]:
        """The other way round: by automatic step, what it asks for, in the order in which the process says it."""
        asked: dict[str, tuple[str, ...]] = {}
        for name, requests in self.requests.items():
            for asking in requests:
                asked[asking] = (*asked.get(asking, ()), name)
        return asked

    @cached_property
    def completing(self) -> Mapping[str, tuple[str, ...]]:
        """By step, the questions whose answer is the day on which it was done."""
        return {
            name: tuple(asked for asked, field in self.form(name).items() if field.completes) for name in self.steps
        }

    @cached_property
    def verifies_for_plans(self) -> frozenset[str]:
        """The steps in which actions of other cases' plans are verified."""
        return frozenset(recording(self.definition.process, Record.VERIFIED_FOR_PLAN))

    @cached_property
    def asks_for_silence(self) -> frozenset[str]:
        """The steps whose messages ask for something of which silence counts: it, and what requests it."""
        return frozenset(asking for name in self.silence_matters for asking in (name, *self.requests[name]))

    @cached_property
    def silence_matters(self) -> frozenset[str]:
        """The steps of which silence counts, or ends the case."""
        silent = {name for name, step in self.steps.items() if step.silence is not None}
        ended = [ending.unless for ending in self.definition.process.endings.values() if ending.after is not None]
        return frozenset(silent.union(*ended))

    @cached_property
    def prints_reasons(self) -> bool:
        """Whether some letter of the process prints why something was decided: only then are reasons kept for it."""
        return any(REASON in fields_named(message.every_text) for message in self.definition.messages.values())

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """By step, the question whose answer is the reason that letters about it print."""
        forms = self.definition.step_forms.items() if self.prints_reasons else ()
        return {step: name for step, form in forms for name, field in form.items() if field.gives_reason}

    @cached_property
    def used_answers(self) -> Mapping[str, frozenset[str]]:
        """The fields of each step's form that a condition or a date refers to: what the state must keep."""
        used: dict[str, set[str]] = {name: set() for name in self.steps}
        for step, field in (*self._asked(), *self._counted(), *self._languages()):
            used[step].add(field)
        for source, field in filter(None, map(source_of, self.steps.values())):
            used[source].add(field)
        for owner in filter(None, map(owner_in_answer, self.steps.values())):
            used[owner.step].update({owner.field} - {""})
        for sending in self.steps.values():
            for named in written_to_by_answer(sending):
                used[named.step].update({named.field} - {""})
        for name, read in self.steps.items():
            used[name] |= {leaf.field for ends in (read.ends_rounds or {}).values() for leaf in leaves(ends.when)}
        for asks in filter(None, (step.asks for step in self.steps.values())):
            if isinstance(asks.in_order, str):
                source, _, field = asks.in_order.partition(".")
                used[source].add(field)
        for source, field in map(names_who_is_out, self.steps.values()):
            used.get(source, set()).add(field)
        for name, reason in self.reasons.items():
            used[name].add(reason)
        for name, tables in self.growing.items():
            used[name].update(tables)
        for name, read in self.steps.items():
            used[name] |= kept_for_registers(read, self.form(name))
            if read.invites_to is not None:
                used[name].update(says_whether_they_come(self.form(name)))
        return {name: frozenset(fields) for name, fields in used.items()}

    @cached_property
    def goes_on_by(self) -> Mapping[str, tuple[str, ...]]:
        """By step, its questions of a day: it counts as done on that, later days count from it, or it sets a date."""
        rules = (rule for step in self.steps.values() for rule in (step.due, step.not_before, step.wait) if rule)
        counted = {(anchor.name, anchor.field) for rule in rules for part in rule.parts for anchor in part.anchors}
        return {
            name: tuple(
                question
                for question, field in self.form(name).items()
                if field.completes or field.sets or (name, question) in counted
            )
            for name in self.steps
        }

    def _languages(self) -> Iterator[tuple[str, str]]:
        """The questions whose answers are the languages of letters to contacts."""
        for contact in (self.definition.process.contacts or {}).values():
            step, _, field = (contact.language or "").partition(".")
            yield from [(step, field)] if step else []

    def _asked(self) -> Iterator[tuple[str, str]]:
        process = self.definition.process
        tests = [step.when for step in process.steps.values()]
        tests += [limit.when for limit in process.limits.values()]
        tests += [ending.when for ending in process.endings.values()]
        for test in tests:
            yield from ((leaf.step, leaf.field) for leaf in leaves(test) if leaf.step not in {"", EACH}) if test else ()

    def _questions(self) -> Iterator[FormField]:
        """Every question of every form, and every column."""
        for form in self.definition.step_forms.values():
            for field in form.values():
                yield from (field, *field.columns.values())

    def _counted(self) -> Iterator[tuple[str, str]]:
        rules: list[DayRule | None] = []
        anchors: list[Anchor] = []
        for step in self.steps.values():
            rules += [step.due, step.not_before, step.wait, *step.set.values()]
            rules += [reopen.due for reopen in step.reopens.values()]
        anchors += [
            parse_anchor(text)
            for start in self._starts
            for text in (*start.dates.values(), *(start.times or {}).values())
        ]
        rules += [date.planned for date in self.dates.values()]
        rules += [document.day for document in self.definition.documents.values()]
        rules += [limit.due for limit in self.limits.values()]
        rules += [ending.after for ending in self.definition.process.endings.values()]
        rules += [rule for field in self._questions() for rule in (field.not_before, field.not_after)]
        anchors += [anchor for rule in rules if rule for part in rule.parts for anchor in part.anchors]
        bounds = [bound for field in self._questions() for bound in (field.at_least, field.at_most)]
        for bound in (bound for bound in bounds if isinstance(bound, str)):
            anchors += _named_by(bound)
        return ((anchor.name, anchor.field) for anchor in anchors if anchor.field and anchor.name != EACH)


def _named_by(bound: str) -> tuple[Anchor, ...]:
    """The answers that a bound of numbers names."""
    if (added := sum_of(bound)) is not None:
        return (Anchor(added.step, added.field),)
    far = how_far(bound)
    return far.answers if far is not None else (parse_anchor(bound),)
