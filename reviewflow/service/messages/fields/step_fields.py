"""What a message may say of the step that it asks for, and says only where that is so."""

from __future__ import annotations

from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Until
from reviewflow.language.structure.letters import made_beside, nil_return_of
from reviewflow.service.messages.fields.day_fields import asked_of
from reviewflow.service.messages.fields.on_demand import Words
from reviewflow.text import listing


def asked_step(plan: Plan, item: str, about: str) -> str:
    """The step that somebody owes, of the message of an item that is about another, or about itself."""
    asked = asked_of(plan, item)
    return step_of(about if about != item or not asked else asked[0])


def said_of_the_step(plan: Plan, name: str) -> Words:
    """The fields nil_return, papers and acknowledge; '' where the step has no such thing, or is none."""
    if name not in plan.steps:
        return {"nil_return": "", "papers": "", "acknowledge": ""}
    return {
        "nil_return": lambda: _nil_return(plan, name),
        "papers": lambda: _papers(plan, name),
        "acknowledge": lambda: _acknowledge(plan, name),
    }


def _nil_return(plan: Plan, name: str) -> str:
    said = nil_return_of(plan.form(name))
    return f"Nothing in your records? That is an answer too: say “{said}”." if said else ""


def _papers(plan: Plan, name: str) -> str:
    titles = [plan.definition.documents[document].title for document in made_beside(plan.steps, name)]
    return f"With it come: {listing(titles)}." if titles else ""


def _acknowledge(plan: Plan, name: str) -> str:
    ladder = plan.ladder(name)
    if ladder is None or not any(rung.until is Until.ACKNOWLEDGED for rung in ladder.rungs):
        return ""
    return (
        "Tell us that this has reached you: by a quick call, or by one press where a page for your "
        "answer is named below. Then we need not ask."
    )
