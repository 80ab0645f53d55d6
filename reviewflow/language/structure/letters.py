"""What a letter may say of the step that it is about: what is known from the definition, and not from its words."""

from __future__ import annotations

from collections.abc import Mapping

from reviewflow.language.model import FieldType, FormFields, Step
from reviewflow.language.structure import graph

NIL_RETURN = "nil_return"
"""The option by which somebody answers that nothing is known."""


def nil_return_of(form: FormFields) -> str:
    """The label of the option nil_return, up to its explanation; '' where the form has none."""
    labels = (field.options.get(NIL_RETURN, "") for field in form.values() if field.type is FieldType.CHOICE)
    return next(filter(None, labels), "").partition(" - ")[0]


def takes_nil_return(form: FormFields) -> bool:
    """Whether "nothing is known" is an answer."""
    return bool(nil_return_of(form))


def asking_of(steps: Mapping[str, Step], name: str) -> tuple[str, ...]:
    """The automatic steps that ask for a step: about it and before it, or just before it for the same owner."""
    step = steps[name]
    return tuple(
        other
        for other, asking in steps.items()
        if asking.send is not None and (asking.about == name or (other in step.after and graph.pairs(step, asking)))
    )


def made_beside(steps: Mapping[str, Step], name: str) -> tuple[str, ...]:
    """The documents made for whoever owes a step, beside or before the request for it."""
    step = steps[name]
    requests = {*step.after, *(before for asking in asking_of(steps, name) for before in steps[asking].after)}
    return tuple(
        made.make
        for made in steps.values()
        if made.make is not None
        and made.for_each == step.for_each
        and name not in made.after
        and (made.about == name or requests & {*made.after} or not made.after)
    )
