"""Quorum by attendance: who of a group came to its meeting, and what is missing where they were too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewflow.case.model.state import Answer, Answers
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.language.conditions import leaves
from reviewflow.language.model import FieldType, FormField, FormFields, RequiredWhen
from reviewflow.language.phrases import OneOfKind, Quorum
from reviewflow.text import listing

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Attendance:
    """The members of a group by their titles, those who came or sent somebody, and how many must."""

    members: Mapping[str, str]
    came: tuple[str, ...]
    quorum: Quorum

    @property
    def is_quorate(self) -> bool:
        """Whether those who came are enough, and whoever must be among them is."""
        return self.quorum.is_met(self.came, len(self.members))

    @property
    def missing(self) -> str:
        """'2 of the 8 members came, and 4 must; Safeguarding partner for health must be among them'; '' if quorate."""
        needed, absent = self.quorum.needed(len(self.members)), [*self.quorum.absent(self.came)]
        few = f"{len(self.came)} of the {len(self.members)} members came, and {needed} must"
        named = f"{listing(self._called(who) for who in absent)} must be among them"
        return "; ".join([*([few] if len(self.came) < needed else []), *([named] if absent else [])])

    def _called(self, who: str | OneOfKind) -> str:
        return (
            self.members.get(who, who) if isinstance(who, str) else who.words(lambda name: self.members.get(name, name))
        )


def attendance_of(field: FormField, answers: Answers) -> Attendance:
    """Who came by the answers to the questions that say so; members only, each once, in the order of the group."""
    named = {name for question in field.came or () for name in _names(answers.get(question))}
    return Attendance(field.options, tuple(name for name in field.options if name in named), field.quorum or Quorum())


def _names(answer: Answer | None) -> Iterator[str]:
    yield from (name for name in answer if isinstance(name, str)) if isinstance(answer, list) else ()


def counted(fields: FormFields, answers: Answers) -> dict[str, Answer]:
    """The answer, yes or no, to every question that is counted from attendance; none while it is not said who came.

    Where nobody was asked who came, because an answer to another question spared it, the quorum is not known: neither
    was it there, nor was it missing.
    """
    return {
        name: YES if attendance_of(field, answers).is_quorate else NO
        for name, field in fields.items()
        if field.type is FieldType.QUORUM and _is_said(fields, field, answers)
    }


def _is_said(fields: FormFields, field: FormField, answers: Answers) -> bool:
    """Whether somebody says who came, and every question that must say so does."""
    asked = [name for name in field.came or () if name in fields]
    complete = all(name in answers or not _must_say(fields[name], answers) for name in asked)
    return complete and any(name in answers for name in asked)


def _must_say(field: FormField, answers: Answers) -> bool:
    required = field.required
    return evaluate_answers(required.when, answers) if isinstance(required, RequiredWhen) else required


def counted_words(field: FormField, answers: Answers) -> str:
    """'Yes.', or 'No. ' with what is missing: what is counted, as whoever fills the form in reads it."""
    missing = attendance_of(field, answers).missing
    return f"No. {missing}. Nothing can be decided for the group." if missing else "Yes."


def not_the_groups(fields: FormFields, typed: Mapping[str, object], answers: Answers) -> Iterator[str]:
    """A sentence for each decision that was answered although the meeting was not quorate."""
    for name, field in fields.items():
        for quorate in _waits_for_quorum(fields, field) if name in typed else ():
            if answers.get(quorate) == NO:
                missing = attendance_of(fields[quorate], answers).missing
                yield (
                    f"{name}: the meeting was not quorate, so this cannot be recorded as the group's decision: "
                    f"{missing}. Leave it empty, and record what follows, such as the day to which it is adjourned."
                )
            elif quorate not in answers:
                came = listing(fields[quorate].came or (), last="or")
                yield f"{name}: nobody says who came ({came}), so this cannot be recorded as the group's decision."


def _waits_for_quorum(fields: FormFields, field: FormField) -> Iterator[str]:
    """The counted questions that must be answered yes before this one is asked."""
    if isinstance(field.required, RequiredWhen):
        for leaf in leaves(field.required.when):
            if leaf.field in fields and fields[leaf.field].type is FieldType.QUORUM and YES in leaf.values:
                yield leaf.field


def counted_already(fields: FormFields, typed: Mapping[str, object]) -> Iterator[str]:
    """A sentence for each answer that was given to what is only counted."""
    for name, field in fields.items():
        if field.type is FieldType.QUORUM and name in typed:
            yield f"{name}: this is counted from who came, and not answered. Leave it out."
