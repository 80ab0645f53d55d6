"""The page of an agency's standing link, on which it opens a case by a form, such as a referral."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from reviewflow.language.model import NOT_IDENTIFYING
from reviewflow.service.door.papers import offered, offered_file
from reviewflow.service.door.standing import StandingLink, open_by_agency, open_standing
from reviewflow.service.door.typed import Sent, answers_in, first, mistake_of, mistakes_in
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.web.answer_page import message_page
from reviewflow.web.drawing import draw, question_drawer
from reviewflow.web.office import MOST_FIELDS, Office, unknown, word_response
from reviewflow.web.questions import LABEL_CLASS, LEGEND_CLASS, drawn
from reviewflow.web.reading import PREFIX, SHOWN, told_by_question

ONCE, OTHERS = "once", "others"
ASKS_MORE = (
    "Your answers lead to more questions. Answer them below, and send the form once more: nothing is recorded yet."
)


class ReferralPage(NamedTuple):
    """The page with what was typed on it."""

    office: Office
    workspace: Workspace
    standing: StandingLink
    token: str
    sent: Sent

    @property
    def known(self) -> Sent:
        """What was typed, with the answers that are not asked for."""
        known = {f"{PREFIX}{name}": [answer] for name, answer in self.standing.known.items()}
        return {**self.sent, **known}

    @property
    def others(self) -> Sequence[str]:
        """The other agencies that the page was told of, as far as they are any."""
        agencies = self.workspace.partnership.agencies
        return [name for name in self.sent.get(OTHERS, ()) if name in agencies]

    @property
    def taking_part(self) -> Sequence[str]:
        return [self.standing.agency, *self.others]


def add_referring(app: FastAPI, office: Office) -> None:
    """The addresses of the page."""

    @app.get("/r/{token}")
    def look(token: str) -> Response:
        return _with_page(office, token, {}, lambda page: HTMLResponse(_page(page, {})))

    @app.get("/r/{token}/papers/{name}")
    def paper(token: str, name: str) -> Response:
        return _with_page(office, token, {}, lambda page: _paper(page, name))

    @app.post("/r/{token}")
    async def send(token: str, request: Request) -> Response:
        body = (await request.body()).decode("utf-8", "replace")
        try:
            sent = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return Response("This is too long.", 413, media_type="text/plain")
        return await run_in_threadpool(_with_page, office, token, sent, _send)


def _with_page(office: Office, token: str, sent: Sent, show: Callable[[ReferralPage], Response]) -> Response:
    with office.open() as workspace:
        standing = open_standing(workspace, office.door, token)
        if standing is None:
            return unknown(office, workspace)
        return show(ReferralPage(office, workspace, standing, token, sent))


def _paper(page: ReferralPage, name: str) -> Response:
    content = offered_file(page.workspace, page.standing.offers, name, now=page.office.clock())
    return unknown(page.office, page.workspace) if content is None else word_response(content, name)


def _send(page: ReferralPage) -> Response:
    fields, answers = page.standing.fields, answers_in(page.standing.fields, page.known, PREFIX)
    vouched = first(page.sent, NOT_IDENTIFYING).strip()
    if first(page.sent, "more"):
        return HTMLResponse(_page(page, {}))
    wrong = mistakes_in(fields, answers, page.taking_part, vouched=bool(vouched))
    if wrong:
        shown = page.sent.get(SHOWN, ())
        if all(mistake.name and mistake.name not in shown for mistake in wrong):
            return HTMLResponse(_page(page, {}, told=ASKS_MORE))
        return HTMLResponse(_page(page, told_by_question(fields, wrong, page.known)), 422)
    now, once = page.office.clock(), first(page.sent, ONCE)[:64]
    reference, refused = open_by_agency(
        page.workspace, page.standing, page.others, answers, once=once, vouched=vouched, now=now
    )
    if refused:
        mistakes = [mistake_of(fields, reason) for reason in refused]
        return HTMLResponse(_page(page, told_by_question(fields, mistakes, page.known)), 422)
    page.office.after(page.workspace, reference, now)
    return HTMLResponse(_thanks(page, reference))


def _thanks(page: ReferralPage, reference: str) -> str:
    lines = (
        f"Its reference is {reference}. Give it when you ring us, and on the paper that you send by the secure route.",
        "A letter to your mailbox confirms it and says what happens next.",
        "A child who is at risk now is referred through the usual route. If you have not, do that first.",
    )
    return message_page(
        page.office.base, page.workspace.partnership, "Thank you, it has come", lines, caption=page.standing.heading
    )


def _page(page: ReferralPage, wrong: Mapping[str, str], *, told: str = "") -> str:
    standing, partnership = page.standing, page.workspace.partnership
    known = {f"{PREFIX}{name}" for name in standing.known}
    own = {name.removeprefix(PREFIX): words for name, words in wrong.items() if name.startswith(PREFIX)}
    titles = {name: agency.title for name, agency in partnership.agencies.items()}
    questions = [
        asked
        for asked in drawn(standing.fields, page.known, own, titles, PREFIX, standing.known)
        if asked["name"] not in known
    ]
    is_refused = any("identif" in words for words in wrong.values())
    vouches = is_refused or NOT_IDENTIFYING in wrong or bool(first(page.sent, NOT_IDENTIFYING))
    return draw(
        "refer.html",
        base=page.office.base,
        here=f"{page.office.base}/r/{page.token}",
        partnership=partnership.partnership,
        standing=standing,
        contact=partnership.contact,
        papers=offered(page.workspace, standing.offers),
        told=told,
        errors=[{"text": words, "href": f"#{name or 'answer'}"} for name, words in wrong.items()],
        question=question_drawer(is_blank=not page.sent),
        questions=questions,
        shown=[asked["name"].removeprefix(PREFIX) for asked in questions],
        others=_others(page, titles),
        vouch=_vouch(page, wrong) if vouches else None,
        once=first(page.sent, ONCE)[:64] or secrets.token_hex(16),
    )


def _others(page: ReferralPage, titles: Mapping[str, str]) -> Mapping[str, object]:
    items = [
        {"value": name, "text": title, "checked": name in page.others}
        for name, title in titles.items()
        if name != page.standing.agency
    ]
    legend = {"legend": {"text": "Which other agencies know the child, as far as you know?", "classes": LEGEND_CLASS}}
    return {"idPrefix": OTHERS, "name": OTHERS, "fieldset": legend, "items": items}


def _vouch(page: ReferralPage, wrong: Mapping[str, str]) -> Mapping[str, object]:
    label = {"text": "Can the text that was refused identify nobody? Say why", "classes": LABEL_CLASS}
    error = {"errorMessage": {"text": wrong[NOT_IDENTIFYING]}} if NOT_IDENTIFYING in wrong else {}
    value = first(page.sent, NOT_IDENTIFYING)
    return {"id": NOT_IDENTIFYING, "name": NOT_IDENTIFYING, "label": label, "value": value} | error
