"""The pages over HTTP. Each request opens the office anew, so that a leaver's mailbox answers nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from reviewflow.case.model.ids import step_of
from reviewflow.service.door.answering import answer, asks_for_code, more_time, question, working_on_it, wrong_person
from reviewflow.service.door.codes import Purpose
from reviewflow.service.door.facts import InCalendar, calendar_of, in_calendar
from reviewflow.service.door.opening import Stand
from reviewflow.service.door.papers import offered_file, papers_for
from reviewflow.web.answer_page import ASKS_MORE, LINES, TOLD, answer_page, broken_page, stand_page
from reviewflow.web.codes import CODE, SENT
from reviewflow.web.contact_page import contact_look, contact_sent, contact_stand_page
from reviewflow.web.everything import add_everything
from reviewflow.web.guard import Guard, Rates
from reviewflow.web.monitoring import add_monitoring
from reviewflow.web.office import Office, OfficeRequest, Show, unknown, with_opened, with_posted, word_response
from reviewflow.web.reading import SentForm, TypedAnswer, day_of, read_answer
from reviewflow.web.referring import add_referring
from reviewflow.web.verifying import add_verifying

STATIC = Path(__file__).with_name("static")
TOO_MANY_QUESTIONS = "This mailbox has asked several questions in the last hour. Please ring us"
Act = Callable[[OfficeRequest], Response | None]
"""What is done with a form that was sent: a page that asks on, or None when it was recorded."""


def make_app(office: Office, *, rates: Rates | None = None, hosts: Collection[str] = ()) -> ASGIApp:
    """The application; it answers under the name of the door's URL and these `hosts`, and under no other."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, title="answer pages")
    app.mount("/static", StaticFiles(directory=STATIC))
    _looks(app, office)
    _answers(app, office)
    add_everything(app, office)
    add_verifying(app, office)
    add_monitoring(app, office)
    add_referring(app, office)
    parts = urlsplit(office.door.url)
    return Guard(app, {parts.netloc.lower(), *hosts}, rates or Rates(), secure=parts.scheme == "https")


def _looks(app: FastAPI, office: Office) -> None:
    @app.get("/a/{token}")
    def look(token: str, told: str = "") -> Response:
        return with_opened(office, SentForm(token, {}), lambda asked: _page(asked, told), contact=contact_look)

    @app.get("/a/{token}/day.ics")
    def day(token: str) -> Response:
        return with_opened(office, SentForm(token, {}), _calendar)

    @app.get("/a/{token}/papers/{name}")
    def paper(token: str, name: str) -> Response:
        return with_opened(office, SentForm(token, {}), lambda asked: _paper(asked, name))

    @app.exception_handler(Exception)
    def broken(_: Request, __: Exception) -> Response:
        return HTMLResponse(broken_page(office.base), 503)

    @app.exception_handler(404)
    def elsewhere(_: Request, __: Exception) -> Response:
        return unknown(office)


def _answers(app: FastAPI, office: Office) -> None:
    for way, (act, told) in ACTS.items():
        by_contact = contact_sent if act is _send else None
        app.add_route(f"/a/{{token}}{way}", _posting(office, act, told, by_contact), methods=["POST"])


def _posting(office: Office, act: Act, told: str, by_contact: Act | None) -> Callable[[Request], Awaitable[Response]]:
    contact: Show | None = (lambda asked: _done(asked, by_contact)) if by_contact else None

    async def send(request: Request) -> Response:
        token = request.path_params["token"]
        return await with_posted(office, token, request, lambda asked: _done(asked, act, told), contact)

    return send


def _page(asked: OfficeRequest, told: str) -> Response:
    if asked.opened.stand is not Stand.ASKED:
        return HTMLResponse(stand_page(asked.office.base, asked.opened, asked.form.token))
    return HTMLResponse(
        answer_page(asked.office.base, asked.workspace, asked.opened, asked.form, {}, told=TOLD.get(told, ""))
    )


def _calendar(asked: OfficeRequest) -> Response:
    content = calendar_of(asked.opened, now=asked.now)
    if content is None:
        return unknown(asked.office)
    method = "CANCEL" if in_calendar(asked.opened) is InCalendar.TAKEN_OUT else "PUBLISH"
    return Response(content, media_type=f"text/calendar; method={method}")


def _paper(asked: OfficeRequest, name: str) -> Response:
    """A paper of this page; nothing once its task is done, or is somebody else's."""
    if asked.opened.stand is not Stand.ASKED:
        return unknown(asked.office)
    for paper in papers_for(asked.workspace, asked.opened):
        if paper.name == name and paper.path is not None:
            return FileResponse(paper.path, filename=name)
    step = asked.opened.context.plan.steps[step_of(asked.opened.item)]
    content = offered_file(asked.workspace, step.offers or (), name, now=asked.now)
    return unknown(asked.office) if content is None else word_response(content, name)


def _done(asked: OfficeRequest, act: Act, told: str = "") -> Response:
    """Do what was asked for, and look at the page anew; what was not recorded is shown with what is wrong."""
    if asked.opened.stand is not Stand.ASKED:
        over = contact_stand_page if asked.opened.is_contact else stand_page
        return HTMLResponse(over(asked.office.base, asked.opened), 409)
    page = act(asked)
    if page is not None:
        return page
    asked.office.after(asked.workspace, asked.opened.link.reference, asked.now)
    return RedirectResponse(f"{asked.office.base}/a/{asked.form.token}{f'?told={told}' if told else ''}", 303)


def _send(asked: OfficeRequest) -> Response | None:
    """Record the answers, or say what is wrong with them.

    Recording reads all that the form asks, so the page reads it for itself only once something was refused; or first,
    where a code would be mailed for it.
    """
    typed = read_answer(asked.opened, asked.form)
    if asked.form.wants_line:
        return _once_more(asked)
    if typed.unread_day or asks_for_code(asked.opened):
        page = _wrong(asked, typed) or _without_code(asked)
        if page is not None:
            return page
    said, now = {"on": typed.on, "vouched": typed.vouched, "lines_before": typed.lines_before}, asked.now
    done = answer(asked.workspace, asked.opened, typed.answers, **said, now=now)
    if done.asks_still:
        asked.office.after(asked.workspace, asked.opened.link.reference, now)
        return RedirectResponse(f"{asked.office.base}/a/{asked.form.token}?told={LINES}", 303)
    if done.is_recorded:
        return None
    return _wrong(asked, typed) or _once_more(asked, wrong=typed.told(done.reasons))


def _wrong(asked: OfficeRequest, typed: TypedAnswer) -> Response | None:
    """The page with what is wrong with each question, or with what is asked on; None when each can be taken."""
    if typed.asks_more:
        return _once_more(asked, told=ASKS_MORE)
    return _once_more(asked, wrong=typed.told(())) if typed.mistakes else None


def _once_more(asked: OfficeRequest, told: str = "", wrong: Mapping[str, str] | None = None) -> Response:
    """The page with what was typed still in it."""
    office, workspace, opened, form = asked
    page = answer_page(office.base, workspace, opened, form, wrong or {}, told=told)
    return HTMLResponse(page, 422 if wrong else 200)


def _without_code(asked: OfficeRequest) -> Response | None:
    """The page that asks for a code, which is sent unless one was typed; None when it was right or none counts."""
    if not asks_for_code(asked.opened):
        return None
    codes, typed = asked.office.codes, asked.form.first(CODE)
    if typed:
        return _again(asked, CODE, _some(codes.wrong(asked.opened, Purpose.ANSWER, typed, now=asked.now)))
    if wrong := codes.send(asked.opened, Purpose.ANSWER, now=asked.now):
        return _again(asked, CODE, (wrong,))
    page = answer_page(asked.office.base, asked.workspace, asked.opened, asked.form, {}, told=SENT, opens=CODE)
    return HTMLResponse(page)


def _working(asked: OfficeRequest) -> Response | None:
    return _again(asked, "", working_on_it(asked.workspace, asked.opened, now=asked.now).reasons)


def _time(asked: OfficeRequest) -> Response | None:
    until, wrong = day_of(asked.form.sent, "until")
    if wrong:
        return _again(asked, "until", (wrong,), "time")
    reasons = more_time(asked.workspace, asked.opened, until, asked.form.first("why"), now=asked.now).reasons
    about = "why" if any("identif" in reason for reason in reasons) else "until"
    return _again(asked, about, reasons, "time")


def _other(asked: OfficeRequest) -> Response | None:
    who = asked.form.first("who")
    return _again(asked, "who", wrong_person(asked.workspace, asked.opened, who, now=asked.now).reasons, "other")


def _question(asked: OfficeRequest) -> Response | None:
    typed = asked.form.first("question")
    if not asked.office.questions.may(asked.opened.link.address):
        return _again(asked, "question", (TOO_MANY_QUESTIONS,), "question")
    reasons = question(asked.workspace, asked.opened, typed, now=asked.now).reasons
    return _again(asked, "question", reasons, "question")


def _some(wrong: str) -> tuple[str, ...]:
    return (wrong,) if wrong else ()


def _again(asked: OfficeRequest, about: str, reasons: Sequence[str], opens: str = "") -> Response | None:
    """The page once more with what is wrong; None when nothing is."""
    if not reasons:
        return None
    wrong = {about: " ".join(reasons)}
    page = answer_page(asked.office.base, asked.workspace, asked.opened, asked.form, wrong, opens=opens)
    return HTMLResponse(page, 422)


ACTS: Mapping[str, tuple[Act, str]] = {
    "": (_send, ""),
    "/working": (_working, "working"),
    "/time": (_time, "time"),
    "/other": (_other, "other"),
    "/question": (_question, "question"),
}
"""What is done with a form, by the end of the address that it is sent to, and what the page says then."""
