"""What each request begins with: the office, and what the address that was asked for opens in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from reviewflow.service.door.key import Door
from reviewflow.service.door.opening import OpenedItem, open_address
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.web.answer_page import message_page
from reviewflow.web.codes import Codes
from reviewflow.web.rates import Counter
from reviewflow.web.reading import SentForm

UNKNOWN = "This address opens nothing"
UNKNOWN_LINES = (
    "It may have ended, been withdrawn, or not have been copied whole: it has 26 letters and figures after /a/.",
    "If a newer letter about the same has come, it has the address that works. If none has, please ask us.",
    "It may be that nothing is asked any more. If you have answered, thank you: your answer has reached us.",
)
MOST_FIELDS = 5_000
"""Of a form: a hundred lines of a table with its columns."""


Recorded = Callable[[Workspace, str, datetime], None]
"""What follows once something was recorded in the case of this reference."""


def nothing_more(_workspace: Workspace, _reference: str, _now: datetime) -> None:
    """Nothing follows."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the pages are made from."""

    open: Callable[[], AbstractContextManager[Workspace]]
    door: Door
    clock: Callable[[], datetime]
    codes: Codes
    after: Recorded = nothing_more
    questions: Counter = field(default_factory=lambda: Counter("5/hour"))
    """Of one mailbox, each of which becomes a letter."""

    @property
    def base(self) -> str:
        """The path below which the pages stand, '' mostly."""
        return urlsplit(self.door.url).path.rstrip("/")


class OfficeRequest(NamedTuple):
    """A request whose address opens something."""

    office: Office
    workspace: Workspace
    opened: OpenedItem
    form: SentForm

    @property
    def now(self) -> datetime:
        return self.office.clock()


Show = Callable[[OfficeRequest], Response]


def with_opened(office: Office, form: SentForm, show: Show, contact: Show | None = None) -> Response:
    """What is shown of what an address opens; the one kind page where it opens nothing.

    An address of a contact of the case opens only what is shown to a `contact`.
    """
    with office.open() as workspace:
        opened = open_address(workspace, office.door, form.token, now=office.clock())
        shown = contact if opened is not None and opened.is_contact else show
        if opened is None or shown is None:
            return unknown(office, workspace)
        return shown(OfficeRequest(office, workspace, opened, form))


async def with_posted(
    office: Office, token: str, request: Request, show: Show, contact: Show | None = None
) -> Response:
    """The same for a form that was sent, in a thread of its own, since the store waits."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        sent = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return Response("This is too long.", 413, media_type="text/plain")
    return await run_in_threadpool(with_opened, office, SentForm(token, sent), show, contact)


WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_response(content: bytes, name: str) -> Response:
    """A Word file to be kept under this name, which holds letters, figures and underscores alone."""
    return Response(content, media_type=WORD_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def unknown(office: Office, workspace: Workspace | None = None) -> Response:
    """One page for whatever opens nothing, so that nobody learns which addresses there are."""
    if workspace is None:
        with office.open() as opened:
            return unknown(office, opened)
    return HTMLResponse(message_page(office.base, workspace.partnership, UNKNOWN, UNKNOWN_LINES), 404)
