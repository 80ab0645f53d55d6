"""Asked for by one person and confirmed by another: what stands in the office's log, and what may be confirmed."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from reviewflow.case.handlers.legal_holds import read_matter
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.language.suggestions import not_among
from reviewflow.london import london_day, stamp
from reviewflow.service.commands import legal_holds
from reviewflow.service.publishing.changes import changes
from reviewflow.service.publishing.folders import on_shelf
from reviewflow.service.publishing.release import BEGUN, PUBLISHED, SHORT
from reviewflow.service.records.disposal import refuse_to_destroy
from reviewflow.service.second_person.acts import Act, ActKind, do, read_act
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry
from reviewflow.text import folded, listing, moment_words

ASKED, WRONG, CONFIRMED, ALONE = "asked", "wrong code", "confirmed", "one person"
LASTS = timedelta(days=1)
TRIES = 5
"""Wrong codes after which a request is over."""
NOBODY = "nobody"
"""What partnership.yaml says when one person is enough."""
UNTOUCHED = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class Request:
    """One that waits, was confirmed, or is over."""

    number: int
    act: Act
    by: str
    role: str
    """The post whose mailbox got the code."""
    code: str
    """The hash of the code."""
    until: datetime
    wrong: int
    confirmed_by: str

    def over(self, now: datetime) -> str:
        """Why it cannot be confirmed any more, as a sentence; '' when it can."""
        if self.confirmed_by:
            return f"It was confirmed by {self.confirmed_by} already."
        if self.wrong >= TRIES:
            return f"A wrong code was given {self.wrong} times."
        return "" if now <= self.until else f"It could be confirmed until {moment_words(self.until)}."


def second_posts(workspace: Workspace) -> tuple[str, ...]:
    """The posts that may confirm, () when one person is enough; raises UserError when the office has not said."""
    posts = workspace.partnership.second_person
    if not posts:
        raise UserError(
            "This needs two people, and partnership.yaml does not say who the second may be. Write there\n"
            "  second_person: business_manager\n"
            "with the posts whose mailbox may get the code, or nobody where one person is enough. " + UNTOUCHED
        )
    return () if posts == (NOBODY,) else posts


def refuse_at_once(workspace: Workspace, act: Act, *, by: str, now: datetime) -> None:
    """Before anybody is troubled: raises UserError, UnknownCase or Refused for what could not be done anyway."""
    _named(by)
    match act.kind:
        case ActKind.DESTROY:
            read_reason(act.reason)
            for reference in act.cases:
                refuse_to_destroy(workspace, reference, london_day(now))
        case ActKind.LIFT:
            read_reason(act.reason)
            kept = legal_holds.matters(workspace, list(act.cases))
            if read_matter(act.matter) not in kept:
                known = listing(kept, none="nothing")
                raise UserError(f'None of these cases is kept for "{act.matter}". They are kept for: {known}.')
        case ActKind.PUBLISH:
            changes(workspace, on_shelf(workspace.folder, act.matter))
        case ActKind.LIVE:
            pass


def do_alone(workspace: Workspace, act: Act, *, by: str, now: datetime) -> str:
    """Carry it out at once, where one person is enough; the office's log says so."""
    done = do(workspace, act, by=_named(by), now=now)
    workspace.store.note(LogEntry(stamp(now), by.strip(), ALONE, json.dumps(act.stored(), ensure_ascii=False)))
    return done


def ask(workspace: Workspace, act: Act, *, role: str, code: str, by: str, now: datetime) -> Request:
    """Note that somebody asks for it; the `code` is only kept as a hash. Raises UserError for an unknown post."""
    posts = second_posts(workspace)
    if role not in posts:
        raise UserError(f"{not_among('a post that may confirm', role, posts)} Posts: {listing(posts)}. {UNTOUCHED}")
    number, until = len(workspace.store.noted(ASKED)) + 1, now + LASTS
    hashed = _hash(number, code)
    body = {"act": act.stored(), "role": role, "code": hashed, "until": stamp(until)}
    workspace.store.note(LogEntry(stamp(now), _named(by), ASKED, json.dumps(body, ensure_ascii=False)))
    return Request(number, act, by.strip(), role, hashed, until, 0, "")


def confirm(workspace: Workspace, number: int, code: str, *, by: str, now: datetime) -> str:
    """Carry out what was asked for, when this is its code and `by` is another person; says what was done.

    Raises UserError, after noting it, for a wrong code, and for what is not there, is over or was asked by the same.
    """
    request = find_request(workspace, number)
    if why := request.over(now):
        raise UserError(f"Request {number} is over. {why} {UNTOUCHED}")
    if folded(_named(by)) == folded(request.by):
        raise UserError(f"{request.by} asked for it; somebody else confirms. {UNTOUCHED}")
    if not hmac.compare_digest(_hash(number, code), request.code):
        workspace.store.note(LogEntry(stamp(now), by.strip(), WRONG, str(number)))
        left = TRIES - request.wrong - 1
        raise UserError(f"That is not the code of request {number}. Tries left: {left}. {UNTOUCHED}")
    done = do(workspace, request.act, by=request.by, now=now)
    workspace.store.note(LogEntry(stamp(now), by.strip(), CONFIRMED, str(number)))
    return done


def find_request(workspace: Workspace, number: int) -> Request:
    """A request by its number; raises UserError when there is none."""
    asked = workspace.store.noted(ASKED)
    if not 1 <= number <= len(asked):
        raise UserError(f"There is no request {number}. {UNTOUCHED}")
    entry = asked[number - 1]
    body = json.loads(entry.body)
    wrong = sum(noted.body == str(number) for noted in workspace.store.noted(WRONG))
    confirmed = next((noted.by for noted in workspace.store.noted(CONFIRMED) if noted.body == str(number)), "")
    until = datetime.fromisoformat(body["until"])
    return Request(number, read_act(body["act"]), entry.by, body["role"], body["code"], until, wrong, confirmed)


def letter_of(workspace: Workspace, request: Request, code: str) -> tuple[str, str]:
    """Subject and text of the letter with the code, for whoever reads the mailbox of the second post."""
    office = workspace.partnership
    text = (
        f"{request.by} asks to {request.act.words}.\n\n"
        f"That needs a second person. If you agree, type within a day, under your own name:\n\n"
        f"  reviewflow confirm {request.number} --by NAME\n\n"
        f"It asks for this code: {code}\n\n"
        f"The code is of no use after {moment_words(request.until)}. If you know nothing of this, do not pass it on, "
        f"and tell {office.contact.name} ({office.contact.email})."
    )
    return f"{office.partnership}: a second person is asked for", text


def log_words(entry: LogEntry) -> str:
    """What an entry of the office's log says, for people: the kind and its words."""
    if entry.kind == ASKED:
        body = json.loads(entry.body)
        return f"asked to {read_act(body['act']).words}; the code went to {body['role']}"
    if entry.kind == ALONE:
        return f"one person was enough to {read_act(json.loads(entry.body)).words}"
    if entry.kind in {BEGUN, PUBLISHED}:
        body = json.loads(entry.body)
        return f"{entry.kind} {body['digest'][:SHORT]} in place of {body['before'][:SHORT]}: {body['what']}"
    if entry.kind in {WRONG, CONFIRMED}:
        return f"{entry.kind}: request {entry.body}"
    return f"{entry.kind}: {entry.body}"


def _named(by: str) -> str:
    if not by.strip():
        raise UserError(f"Who? Give your name and post: --by NAME. {UNTOUCHED}")
    return by.strip()


def _hash(number: int, code: str) -> str:
    """Of what was typed, whatever its capitals and gaps."""
    return hashlib.sha256(f"{number} {''.join(code.split()).replace('-', '').upper()}".encode()).hexdigest()
