"""The page of a contact of a case, such as a family: the one thing that a released letter asks, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi.responses import HTMLResponse, Response

from reviewflow.case.model.ids import step_of
from reviewflow.service.door.answering import answer
from reviewflow.service.door.opening import OpenedItem, Stand
from reviewflow.service.door.typed import conditional
from reviewflow.text import day_words
from reviewflow.web.answer_page import message_page
from reviewflow.web.drawing import draw, question_drawer
from reviewflow.web.office import OfficeRequest
from reviewflow.web.questions import drawn
from reviewflow.web.reading import PREFIX, SentForm, read_answer

ONE_MORE = "There is one more question, because of what you chose. Nothing has been sent yet."


def contact_look(asked: OfficeRequest) -> Response:
    """The page with its questions, or why it asks nothing any more."""
    if asked.opened.stand is not Stand.ASKED:
        return HTMLResponse(contact_stand_page(asked.office.base, asked.opened))
    return HTMLResponse(contact_page(asked.office.base, asked.opened, asked.form, {}))


def contact_sent(asked: OfficeRequest) -> Response | None:
    """Record what was chosen; the page once more where something is missing, None when it is recorded."""
    office, workspace, opened, form = asked
    typed = read_answer(opened, form)
    if typed.asks_more:
        return HTMLResponse(contact_page(office.base, opened, form, {}, told=ONE_MORE))
    if typed.mistakes:
        return HTMLResponse(contact_page(office.base, opened, form, typed.told(())), 422)
    done = answer(workspace, opened, typed.answers, now=asked.now)
    if done.is_recorded:
        return None
    return HTMLResponse(contact_page(office.base, opened, form, typed.told(done.reasons)), 422)


def contact_page(base: str, opened: OpenedItem, form: SentForm, wrong: Mapping[str, str], *, told: str = "") -> str:
    """The page, in words for somebody who knows nothing of reviews: no process, no post, no time limit, no other work.

    `wrong` says what is wrong, by the name of the question; '' is about none.
    """
    context, fields = opened.context, opened.questions
    own = {name.removeprefix(PREFIX): words for name, words in wrong.items() if name.startswith(PREFIX)}
    questions = drawn(fields, form.sent, own, {}, PREFIX)
    names = {question["name"] for question in questions}
    return draw(
        "contact.html",
        base=base,
        here=f"{base}/a/{form.token}",
        partnership=context.partnership.partnership,
        contact=context.partnership.contact,
        task=context.plan.definition.title(step_of(opened.item)),
        reference=opened.link.reference,
        due=_due_words(opened),
        until=day_words(opened.until),
        told=told,
        errors=[{"text": words, "href": f"#{name or 'answer'}"} for name, words in wrong.items()],
        question=question_drawer(is_blank=not form.sent and not wrong),
        questions=questions,
        shown=[name for name in conditional(fields) if f"{PREFIX}{name}" in names],
    )


def _due_words(opened: OpenedItem) -> str:
    """By when an answer helps; nobody is told that they are late."""
    due = opened.state.due
    if due is None or due < opened.context.today:
        return ""
    return f"It helps us to hear from you by {day_words(due)}. Later is better than not at all."


def contact_stand_page(base: str, opened: OpenedItem) -> str:
    """Why nothing is asked at this address any more, kindly."""
    heading, *lines = _stand_words(opened.stand)
    return message_page(base, opened.context.partnership, heading, lines)


def _stand_words(stand: Stand) -> Sequence[str]:
    match stand:
        case Stand.ANSWERED:
            return (
                "Thank you, we have your answer",
                "You need do nothing more. No letter follows by itself: each letter to you is read by one of us first.",
                "Would you like to change something, or talk about it? Please ring us.",
            )
        case Stand.ANEW:
            return (
                "We have written to you again",
                "Our newest letter has the address of the page that is open now. Or ring us.",
            )
        case _:
            return (
                "This page is closed",
                "You need do nothing. If there is something that you would like to tell us, please ring us.",
            )
