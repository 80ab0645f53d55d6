"""The page of one item, drawn; and the pages that say a thing and ask nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reviewflow.case.rules.timing.meeting_days import meeting_of
from reviewflow.language.model import DONE_ON, NOT_IDENTIFYING, FormFields, Partnership
from reviewflow.service.door.answering import asks_for_day, other_posts
from reviewflow.service.door.facts import PageFacts, facts_of, in_calendar
from reviewflow.service.door.opening import OpenedItem, Stand
from reviewflow.service.door.typed import Sent, conditional, first
from reviewflow.service.door.verifying import verifies
from reviewflow.service.messages.naming import owner_title, step_title
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words
from reviewflow.web.codes import CODE, SENT, code_question
from reviewflow.web.drawing import draw, question_drawer
from reviewflow.web.questions import LABEL_CLASS, LEGEND_CLASS, date_parts, drawn
from reviewflow.web.reading import PREFIX, SentForm

LINES = "lines"
TOLD: Mapping[str, str] = {
    LINES: "Your lines are recorded. Add more here whenever they come; say it when no more are to come.",
    "working": "You told us that you have it and are working on it.",
    "time": "You asked for more time. The office decides, and you get a letter.",
    "other": "You told us who should have it. The office puts it right.",
    "question": "We have your question, and the office answers it by telephone or mail. What we asked for stays open.",
}
"""What was told last, by the end of the address that it was sent to."""
ASKS_MORE = (
    "Your answer leads to one more question. Answer it below, and send the form once more: nothing is recorded yet."
)
NAMELESS = "no names, and nothing that says who anybody is"
NO_LINKS: Mapping[str, str] = {}
NIL = ("nil_return", "nil", "nothing_known")


def answer_page(
    base: str,
    workspace: Workspace,
    opened: OpenedItem,
    form: SentForm,
    wrong: Mapping[str, str],
    *,
    told: str = "",
    opens: str = "",
) -> str:
    """The page with its form. `wrong` says what is wrong, by the name of the question; '' is about none."""
    facts, fields = facts_of(workspace, opened), opened.questions
    own = {name.removeprefix(PREFIX): words for name, words in wrong.items() if name.startswith(PREFIX)}
    agencies = {
        name: workspace.partnership.agencies[name].title
        for name in opened.context.case.agencies
        if name in workspace.partnership.agencies
    }
    questions = drawn(fields, form.sent, own, agencies, PREFIX)
    names = {question["name"] for question in questions}
    return draw(
        "answer.html",
        base=base,
        here=f"{base}/a/{form.token}",
        calendar=in_calendar(opened),
        partnership=facts.partnership,
        facts=facts,
        told=told,
        open=opens,
        errors=[{"text": words, "href": f"#{name or 'answer'}"} for name, words in wrong.items()],
        question=question_drawer(is_blank=not form.sent and not wrong),
        questions=questions,
        shown=[name for name in conditional(fields) if f"{PREFIX}{name}" in names],
        lines=opened.lines,
        may_follow=any(f"{PREFIX}{name}" not in names for name in conditional(fields)),
        one_more=told in {SENT, ASKS_MORE},
        papers=facts.papers,
        many=verifies(opened),
        nil=_nil(fields),
        **_own_questions(opened, facts, form.sent, wrong, opens),
    )


def _own_questions(
    opened: OpenedItem, facts: PageFacts, sent: Sent, wrong: Mapping[str, str], opens: str
) -> dict[str, Any]:
    """The questions that every page asks besides those of its step."""
    day = _date(DONE_ON, "On which day was it done?", "Leave this empty for today.", sent, wrong)
    identifying = NOT_IDENTIFYING in wrong or first(sent, NOT_IDENTIFYING) or _was_refused(wrong, opens)
    posts = [{"value": name, "text": title} for name, title in other_posts(opened)]
    legend = {"legend": {"text": "Who should have it?", "classes": LEGEND_CLASS}}
    hint = {"text": f"Posts of {facts.asked_of}. Not on the list? Ring us."}
    wants_code = CODE in (opens, *wrong) or bool(first(sent, CODE))
    return {
        "code": code_question("The six figures in our letter", wrong.get(CODE, "")) if wants_code else None,
        "day": day if asks_for_day(opened) else None,
        "vouch": _line(NOT_IDENTIFYING, "Can the text that was refused identify nobody? Say why", sent, wrong)
        if identifying
        else None,
        "until": _date(
            "until", "Until which day?", "For example, 27 11 2026. Leave it empty if you cannot say yet.", sent, wrong
        ),
        "why": _line("why", f"Why? One line: {NAMELESS}", sent, wrong),
        "ask": _line("question", f"Your question, in a line or two: {NAMELESS}", sent, wrong),
        "who": {"idPrefix": "who", "name": "who", "fieldset": legend, "hint": hint, "items": posts}
        | _error("who", wrong),
    }


def _was_refused(wrong: Mapping[str, str], opens: str) -> bool:
    """Whether a text of the answer was refused because it could identify a child, which a person may answer for.

    What is told in another form of the page, which `opens` names, is in nobody's way: it can be said otherwise.
    """
    return opens in {"", CODE} and any("identif" in words for words in wrong.values())


def _date(name: str, label: str, hint: str, sent: Sent, wrong: Mapping[str, str]) -> dict[str, Any]:
    fieldset = {"legend": {"text": label, "classes": LEGEND_CLASS}}
    return {
        "id": f"{name}-date",
        "fieldset": fieldset,
        "hint": {"text": hint},
        "items": date_parts(name, sent, wrong=name in wrong),
    } | _error(name, wrong)


def _line(name: str, label: str, sent: Sent, wrong: Mapping[str, str]) -> dict[str, Any]:
    words = {"text": label, "classes": LABEL_CLASS}
    return {"id": name, "name": name, "label": words, "value": first(sent, name)} | _error(name, wrong)


def _error(name: str, wrong: Mapping[str, str]) -> dict[str, Any]:
    return {"errorMessage": {"text": wrong[name]}} if name in wrong else {}


def _nil(fields: FormFields) -> dict[str, str] | None:
    """Where the form itself takes it that nothing is known."""
    for name, field in fields.items():
        for option in NIL:
            if option in field.options:
                return {"name": f"{PREFIX}{name}", "text": field.options[option]}
    return None


def message_page(
    base: str,
    partnership: Partnership,
    heading: str,
    lines: Sequence[str],
    *,
    caption: str = "",
    links: Mapping[str, str] = NO_LINKS,
) -> str:
    """A page that says a thing, and whom to ask; `links` are words by where they lead to."""
    return draw(
        "message.html",
        base=base,
        partnership=partnership.partnership,
        heading=heading,
        caption=caption,
        lines=lines,
        links=links,
        contact=partnership.contact,
        errors=[],
    )


def broken_page(base: str) -> str:
    """What is said when the office cannot be reached: nobody knows then whether something was recorded."""
    lines = (
        "It is not you. Please open the address in our letter again in a few minutes.",
        "If the page still asks for your answer, send it once more: the same answer counts once.",
    )
    return draw(
        "message.html", base=base, partnership="Answer pages", heading="We cannot be reached", lines=lines, errors=[]
    )


def stand_page(base: str, opened: OpenedItem, token: str = "") -> str:
    """Why nothing is asked at this address any more, kindly; of an invitation with the entry for the calendar."""
    context = opened.context
    in_it = in_calendar(opened) if token and meeting_of(context.plan, opened.item) else None
    links = {f"{base}/a/{token}/day.ics": f"{in_it} (calendar file)"} if in_it else NO_LINKS
    heading, *lines = _stand_words(opened)
    caption = f"{context.case.reference}: {step_title(context, opened.item)}"
    return message_page(base, context.partnership, heading, lines, caption=caption, links=links)


def _stand_words(opened: OpenedItem) -> Sequence[str]:
    match opened.stand:
        case Stand.ANSWERED:
            done = opened.state.done
            when = f", on {day_words(done)}" if done else ""
            return (
                "Thank you, this is answered",
                f"We have the answer{when}. Nothing more is needed, and a letter to the mailbox confirms it.",
                "Was something wrong in it? Ring us, and we put it right together.",
            )
        case Stand.ANEW:
            return (
                "This is asked anew",
                "It was answered, and then something more was needed. Our newest letter about it has the new address.",
            )
        case Stand.ELSEWHERE:
            return (
                "This is with somebody else now",
                f"It is with {owner_title(opened.context, opened.item)} now, and nothing is needed from you.",
            )
        case _:
            return (
                "Nothing more is needed",
                "This is not asked any more. If you have worked on it, thank you, and please ring us.",
            )
