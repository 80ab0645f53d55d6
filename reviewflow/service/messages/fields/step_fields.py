"""What a message may say of the step that it asks for, and says only where that is so."""

from __future__ import annotations

from collections.abc import Mapping

from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Until
from reviewflow.language.structure.letters import made_beside, nil_return_of
from reviewflow.service.messages.fields.day_fields import asked_of
from reviewflow.text import listing


def asked_step(plan: Plan, item: str, about: str) -> str:
    """The step that somebody owes, of the message of an item that is about another, or about itself."""
    asked = asked_of(plan, item)
    return step_of(about if about != item or not asked else asked[0])


def said_of_the_step(plan: Plan, name: str) -> Mapping[str, str]:
    """The fields nil_return, papers and acknowledge; '' where the step has no such thing, or is none."""
    step = plan.steps.get(name)
    if step is None:
        return {"nil_return": "", "papers": "", "acknowledge": ""}
    nil_return, ladder = nil_return_of(plan.form(name)), plan.ladder(name)
    titles = [plan.definition.documents[document].title for document in made_beside(plan.steps, name)]
    heard = ladder is not None and any(rung.until is Until.ACKNOWLEDGED for rung in ladder.rungs)
    return {
        "nil_return": f"Nothing in your records? That is an answer too: say “{nil_return}”." if nil_return else "",
        "papers": f"With it come: {listing(titles)}." if titles else "",
        "acknowledge": "Tell us that this has reached you: by a quick call, or by one press where a page for your "
        "answer is named below. Then we need not ask."
        if heard
        else "",
    }
