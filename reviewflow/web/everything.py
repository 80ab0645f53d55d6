"""The page of all that a mailbox owes, which opens with a code that goes to the mailbox."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from reviewflow.service.door.codes import Purpose
from reviewflow.service.door.opening import OpenedItem
from reviewflow.service.door.owed import OwedLine, owed_by
from reviewflow.web.codes import code_question
from reviewflow.web.drawing import draw
from reviewflow.web.office import Office, OfficeRequest, with_opened, with_posted
from reviewflow.web.reading import SentForm


def all_page(
    base: str, opened: OpenedItem, token: str, *, asked: bool, wrong: str = "", lines: Sequence[OwedLine] | None = None
) -> str:
    """The page before a code was asked for, with the question for it, and with what is owed."""
    return draw(
        "all.html",
        base=base,
        here=f"{base}/a/{token}",
        partnership=opened.context.partnership.partnership,
        errors=[{"text": wrong, "href": "#code" if asked else "#main"}] if wrong else [],
        asked=asked,
        code=code_question("The six figures in our letter", wrong),
        lines=lines,
    )


def add_everything(app: FastAPI, office: Office) -> None:
    """The addresses of the page."""

    @app.get("/a/{token}/all")
    def before(token: str) -> Response:
        return with_opened(office, SentForm(token, {}), lambda asked: HTMLResponse(_all(asked, asked_for=False)))

    @app.post("/a/{token}/all/code")
    async def code(token: str, request: Request) -> Response:
        def sent(asked: OfficeRequest) -> Response:
            wrong = office.codes.send(asked.opened, Purpose.SEE_ALL, now=asked.now)
            return HTMLResponse(_all(asked, asked_for=not wrong, wrong=wrong), 422 if wrong else 200)

        return await with_posted(office, token, request, sent)

    @app.post("/a/{token}/all")
    async def everything(token: str, request: Request) -> Response:
        def shown(asked: OfficeRequest) -> Response:
            typed = asked.form.first("code")
            wrong = office.codes.wrong(asked.opened, Purpose.SEE_ALL, typed, now=asked.now)
            if wrong:
                return HTMLResponse(_all(asked, asked_for=True, wrong=wrong), 422)
            lines = owed_by(asked.workspace, office.door, asked.opened, now=asked.now)
            return HTMLResponse(_all(asked, asked_for=True, lines=lines))

        return await with_posted(office, token, request, shown)


def _all(asked: OfficeRequest, *, asked_for: bool, wrong: str = "", lines: Sequence[OwedLine] | None = None) -> str:
    return all_page(asked.office.base, asked.opened, asked.form.token, asked=asked_for, wrong=wrong, lines=lines)
