"""Words: messages use known fields only, and nothing asks for or carries what could identify a child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.language.checks.forms.questions import form_problems
from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library
from reviewflow.language.model import FieldType, FormFields
from reviewflow.language.problem import Mark, Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Node, Path, Text, entries_of
from reviewflow.language.suggestions import suggestion
from reviewflow.language.templates import FIELDS, REASON, named, slots, stray_braces
from reviewflow.privacy.questions import About, identifying_question
from reviewflow.text import listing

_REMEDY = "reviewflow holds references, dates, roles and choices; point to the paper in the secure store instead."

_MAY_SAY: Mapping[FieldType, tuple[About, ...]] = {
    **dict.fromkeys(FieldType, (About.LIFE,)),
    **dict.fromkeys((FieldType.YES_NO, FieldType.CONFIRM, FieldType.QUORUM), tuple(About)),
    **dict.fromkeys((FieldType.AGENCY, FieldType.AGENCIES), tuple(About)),
    **dict.fromkeys((FieldType.DATE, FieldType.TIME), (About.PLACE, About.FAMILY)),
    **dict.fromkeys((FieldType.CHOICE, FieldType.CHOICES), (About.FAMILY, About.LIFE)),
}
"""What questions may speak of whose answer is a yes, a day, an agency of the case, or an option that the file gives.

A day may tell when a parent was told or a school closed; of a birth or a death it would be what identifies.
"""


def check_process(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        if isinstance(step.form, dict):
            yield from questions_problems(subject.source, step.form, ("steps", name, "form"))


def check_library(library: Library) -> Iterator[Problem]:
    for form in library.forms.values():
        yield from form_problems(form.source, form.model.fields, ("fields",))
        yield from questions_problems(form.source, form.model.fields, ("fields",))
    for message in library.messages.values():
        for path, words in message.model.wordings.items():
            yield from template_problems(message.source, (*path, "subject"), words.subject, FIELDS, "messages")
            if REASON in named(words.subject):
                said = "A subject travels in plain text and says no reason. Write {reason} into the text."
                yield message.source.value_problem((*path, "subject"), "PD428", said)
            yield from template_problems(message.source, (*path, "text"), words.text, FIELDS, "messages")


def questions_problems(source: Source, fields: FormFields, path: Path) -> Iterator[Problem]:
    """Questions that ask for what could identify a child."""
    for name, field in fields.items():
        may_say = _MAY_SAY.get(field.type, ())
        asked = identifying_question(name, may_say) or identifying_question(field.label, may_say)
        if asked:
            message = f'This question asks for "{asked}", which could identify a child.\n{_REMEDY}'
            yield source.key_problem((*path, name), "PD070", message)
        yield from questions_problems(source, field.columns, (*path, name, "columns"))


def template_problems(
    source: Source, key: Path, template: str, fields: Mapping[str, str], what: str
) -> Iterator[Problem]:
    """Fields that there are none of, and braces that stand alone."""
    for line, column, name in slots(template):
        if name not in fields:
            message = f'"{{{name}}}" is not a field of {what}.{suggestion(name, fields)}\nFields: {listing(fields)}.'
            yield source.problem(_within(source, key, line, column, len(name) + 2), "PD060", message)
    for line, column in stray_braces(template):
        message = "A brace stands alone here. A field is written {reference}; braces are not used for anything else."
        yield source.problem(_within(source, key, line, column, 1), "PD060", message)


def _within(source: Source, key: Path, line: int, column: int, length: int) -> Mark:
    """Where a part of a text stands: in a block (|) each line is the file's, elsewhere the whole value is shown."""
    mark = source.value_mark(key)
    node = _value(source, key)
    if node is None or not node.block:
        return mark
    number = mark.line + 1 + line
    shown = source.lines[number - 1] if number <= len(source.lines) else ""
    indent = (
        len(source.lines[mark.line]) - len(source.lines[mark.line].lstrip(" ")) if mark.line < len(source.lines) else 0
    )
    return Mark(number, min(column + indent, max(0, len(shown) - 1)) + 1, length)


def _value(source: Source, key: Path) -> Text | None:
    node: Node | None = source.root
    for name in key:
        node = entries_of(node).get(str(name))
    return node if isinstance(node, Text) else None
