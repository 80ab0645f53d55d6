"""The page on which a mailbox verifies many actions at once; it opens with a code that goes to the mailbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from reviewflow.service.door.codes import Purpose
from reviewflow.service.door.opening import Stand
from reviewflow.service.door.typed import Sent, first, typed_day
from reviewflow.service.door.verifying import to_verify, verifies, verify_all
from reviewflow.service.verifying.verdicts import ActionVerdict, VerifiedAs
from reviewflow.service.verifying.waiting import Waiting
from reviewflow.text import day_words
from reviewflow.web.answer_page import message_page, stand_page
from reviewflow.web.codes import CODE, code_question
from reviewflow.web.drawing import draw, question_drawer
from reviewflow.web.office import Office, OfficeRequest, unknown, with_opened, with_posted
from reviewflow.web.questions import LABEL_CLASS, date_parts
from reviewflow.web.reading import SentForm

WORDS = {
    VerifiedAs.EVIDENCED: "Verified as evidenced",
    VerifiedAs.PARTLY: "In part: not opened again, and what is missing has a day",
    VerifiedAs.NOT: "Not verified: it is opened again",
    VerifiedAs.LATER: "Not now",
}
Wrong = Mapping[str, str]
"""What is wrong, by the number of the action; '' for what is about none."""


def add_verifying(app: FastAPI, office: Office) -> None:
    """The addresses of the page."""

    @app.get("/a/{token}/verify")
    def before(token: str) -> Response:
        return with_opened(office, SentForm(token, {}), lambda asked: _gate(asked, ""))

    @app.post("/a/{token}/verify/code")
    async def code(token: str, request: Request) -> Response:
        return await with_posted(office, token, request, lambda asked: _around(asked, _send_code))

    @app.post("/a/{token}/verify")
    async def verify(token: str, request: Request) -> Response:
        return await with_posted(office, token, request, lambda asked: _around(asked, _verify))


def _around(asked: OfficeRequest, act: Callable[[OfficeRequest], Response]) -> Response:
    refused = _refusal(asked)
    return refused if refused is not None else act(asked)


def _refusal(asked: OfficeRequest) -> Response | None:
    """What is shown where there is nothing to verify: this page's task is another, or done."""
    if asked.opened.stand is not Stand.ASKED:
        return HTMLResponse(stand_page(asked.office.base, asked.opened), 409)
    return None if verifies(asked.opened) else unknown(asked.office, asked.workspace)


def _gate(asked: OfficeRequest, wrong: str, *, sent: bool = False) -> Response:
    """The page before the code."""
    page = draw(
        "verify_code.html",
        base=asked.office.base,
        here=f"{asked.office.base}/a/{asked.form.token}",
        partnership=asked.opened.context.partnership.partnership,
        errors=[{"text": wrong, "href": "#code" if sent else "#main"}] if wrong else [],
        asked=sent,
        code=code_question("The six figures in our letter", wrong),
    )
    return _refusal(asked) or HTMLResponse(page, 422 if wrong else 200)


def _send_code(asked: OfficeRequest) -> Response:
    wrong = asked.office.codes.send(asked.opened, Purpose.VERIFY, now=asked.now)
    if asked.form.first("actions"):
        return _form(asked, {"": wrong} if wrong else {}, "" if wrong else "A new code has gone to the mailbox.")
    return _gate(asked, wrong, sent=not wrong)


def _verify(asked: OfficeRequest) -> Response:
    wrong = asked.office.codes.wrong(asked.opened, Purpose.VERIFY, asked.form.first(CODE), now=asked.now)
    if not asked.form.first("actions"):
        return _gate(asked, wrong, sent=True) if wrong else _form(asked, {})
    if wrong:
        return _form(asked, {CODE: wrong}, status=422)
    lines = [_line(name, asked.form.sent) for name in asked.form.sent.get("actions", ())]
    recorded, reasons = verify_all(asked.workspace, asked.opened, lines, now=asked.now)
    if recorded is None:
        return _form(asked, dict(_by_action(lines, reasons)), status=422)
    for result in recorded.results:
        asked.office.after(asked.workspace, result.case.reference, asked.now)
    partnership = asked.opened.context.partnership
    return HTMLResponse(message_page(asked.office.base, partnership, "Thank you, it is recorded", list(recorded.words)))


def _line(name: str, sent: Sent) -> ActionVerdict:
    chosen = first(sent, f"v.{name}")
    verdict = next((verdict for verdict in VerifiedAs if verdict.name == chosen), VerifiedAs.LATER)
    why, needed = first(sent, f"why.{name}").strip(), first(sent, f"needed.{name}").strip()
    return ActionVerdict(name, verdict, why, needed, typed_day(sent, f"by.{name}"))


def _by_action(lines: Sequence[ActionVerdict], reasons: Sequence[str]) -> Iterator[tuple[str, str]]:
    names = [line.name for line in lines]
    for name in names:
        if about := [reason.removeprefix(f"{name}: ") for reason in reasons if reason.startswith(f"{name}: ")]:
            yield name, " ".join(f"{words[:1].upper()}{words[1:]}" for words in about)
    if others := [reason for reason in reasons if reason.partition(": ")[0] not in names]:
        yield "", " ".join(others)


def _form(asked: OfficeRequest, wrong: Wrong, told: str = "", *, status: int = 200) -> Response:
    found = to_verify(asked.workspace, asked.opened, now=asked.now)
    sent = asked.form.sent
    errors = [
        {"text": f"{name}: {words}" if name not in {"", CODE} else words, "href": f"#{_place(name)}"}
        for name, words in wrong.items()
    ]
    page = draw(
        "verify.html",
        base=asked.office.base,
        here=f"{asked.office.base}/a/{asked.form.token}",
        partnership=asked.opened.context.partnership.partnership,
        errors=errors,
        told=told,
        actions=[_drawn(action, sent, wrong.get(action.name, "")) for action in found],
        question=question_drawer(is_blank=False),
        code={**code_question("The six figures in our letter", wrong.get(CODE, "")), "value": first(sent, CODE)},
    )
    return HTMLResponse(page, status)


def _place(name: str) -> str:
    return name if name == CODE else f"v.{name}" if name else "main"


def _drawn(action: Waiting, sent: Sent, wrong: str) -> dict[str, Any]:
    """One action with its questions."""
    name, done = action.name, f"done on {day_words(action.done)}" if action.done else "not reported as done"
    chosen = first(sent, f"v.{name}") or (VerifiedAs.EVIDENCED if action.evidence else VerifiedAs.LATER).name
    items = [
        {"value": verdict.name, "text": words, "checked": verdict.name == chosen}
        for verdict, words in WORDS.items()
        if action.evidence or verdict is not VerifiedAs.EVIDENCED
    ]
    evidence = f"Evidence: {action.evidence}." if action.evidence else "No evidence was named."
    radios: dict[str, Any] = {
        "idPrefix": f"v.{name}",
        "name": f"v.{name}",
        "fieldset": {"legend": {"text": f"{name}: {action.words}", "classes": "govuk-fieldset__legend--s"}},
        "hint": {"text": f"{action.lead or 'Nobody named'}, {done}. {evidence}"},
        "classes": "govuk-radios--small",
        "items": items,
    }
    legend = {"legend": {"text": "By when?", "classes": LABEL_CLASS}}
    day = {"id": f"by.{name}-date", "fieldset": legend, "items": date_parts(f"by.{name}", sent, wrong=bool(wrong))}
    return {
        "name": name,
        "radios": radios | ({"errorMessage": {"text": wrong}} if wrong else {}),
        "why": _text(f"why.{name}", "Why is it not verified, or only in part?", sent),
        "needed": _text(f"needed.{name}", "What is still needed?", sent),
        "day": day,
        "open": bool(wrong) or chosen in {VerifiedAs.PARTLY.name, VerifiedAs.NOT.name},
    }


def _text(name: str, label: str, sent: Sent) -> dict[str, Any]:
    words = {"text": label, "classes": LABEL_CLASS}
    return {"id": name, "name": name, "label": words, "value": first(sent, name)}
