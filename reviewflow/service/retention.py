"""How long a case is kept after it is over, what keeps it longer, and its destruction, of which a certificate stays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from reviewflow.calendar import Span, Unit, shift
from reviewflow.case import events as e
from reviewflow.case.advance import london_day
from reviewflow.case.answers import plain_text
from reviewflow.case.plan import OFFICE
from reviewflow.case.plausible import read_reason
from reviewflow.case.state import CaseStatus
from reviewflow.case.words import day_words
from reviewflow.language.model import Retention
from reviewflow.service.cases import find
from reviewflow.service.effects import stamp
from reviewflow.service.errors import UserError
from reviewflow.service.office import Office
from reviewflow.store.chain import verify_chain
from reviewflow.store.records import CaseRow, Destroyed, Entry

HELD, LIFTED = "legal_hold", "legal_hold_lifted"
"""What the office's own log tells of the keeping of cases."""
_OVER = (e.CaseClosed, e.CaseWithdrawn, e.CaseEnded)


@dataclass(frozen=True, slots=True)
class Kept:
    """One case as the retention schedule sees it."""

    case: str
    title: str
    status: str
    kind: str
    keep: str
    """'25 years', 'permanently', or '' where the process does not say."""
    over: date | None
    destroy_after: date | None
    legal_hold: str
    """Why it is kept whatever the day; '' when it is not."""

    def may_be_destroyed(self, today: date) -> bool:
        return not self.legal_hold and self.destroy_after is not None and self.destroy_after < today


def kept(office: Office) -> list[Kept]:
    """Every case; first those whose day comes first."""
    holds = legal_holds(office)
    found = [_kept(office, row, holds) for row in office.store.cases(None)]
    return sorted(found, key=lambda each: (each.destroy_after or date.max, each.case))


def _kept(office: Office, row: CaseRow, holds: Mapping[str, str]) -> Kept:
    pinned = office.plan(row.definition).definition.process
    rule = _rule(office, row) or pinned.retention
    over = _over(office, row)
    after = None
    if over is not None and rule is not None and rule.keep.years is not None:
        after = shift(over, Span(12 * rule.keep.years, Unit.MONTHS), office.calendars[OFFICE])
    return Kept(
        case=row.reference,
        title=pinned.title,
        status=row.status,
        kind=rule.kind or "" if rule else "",
        keep=str(rule.keep) if rule else "",
        over=over,
        destroy_after=after,
        legal_hold=holds.get(row.reference, ""),
    )


def _rule(office: Office, row: CaseRow) -> Retention | None:
    """The schedule of today: a change of it counts for cases that were opened before."""
    known = office.processes()
    return known[row.process].retention if row.process in known else None


def _over(office: Office, row: CaseRow) -> date | None:
    """The day on which the case was last over."""
    if row.status == CaseStatus.OPEN:
        return None
    ends = [each.on for each in office.store.events(row.reference) if each.kind in {kind.__name__ for kind in _OVER}]
    return date.fromisoformat(ends[-1]) if ends else None


def legal_holds(office: Office) -> dict[str, str]:
    """The cases that are under a legal hold, each with why."""
    held: dict[str, str] = {}
    for entry in office.store.noted():
        if entry.kind in {HELD, LIFTED}:
            said = json.loads(entry.body)
            held.pop(said["case"], None)
            held |= {said["case"]: said["reason"]} if entry.kind == HELD else {}
    return held


def hold(office: Office, reference: str, reason: str, *, by: str, now: datetime) -> None:
    """Keep a case whatever its day; raises UnknownCase or Refused."""
    find(office, reference)
    _note(office, HELD, {"case": reference, "reason": read_reason(reason)}, by=by, now=now)


def lift(office: Office, reference: str, reason: str, *, by: str, now: datetime) -> None:
    find(office, reference)
    if reference not in legal_holds(office):
        raise UserError(f"{reference} is under no legal hold.")
    _note(office, LIFTED, {"case": reference, "reason": read_reason(reason)}, by=by, now=now)


def _note(office: Office, kind: str, said: Mapping[str, object], *, by: str, now: datetime) -> None:
    office.store.note(Entry(stamp(now), by, kind, json.dumps(said, ensure_ascii=False, sort_keys=True)))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stays of a case that was destroyed: that it was, when, why, by whom, and how much there was."""

    case: str
    title: str
    kind: str
    keep: str
    over: str
    destroy_after: str
    reason: str
    events: int
    messages: int
    documents: int
    head: str
    """The hash of its last event: a copy that somebody kept can still be told for true or false."""


def destroy(office: Office, reference: str, reason: str, *, by: str, now: datetime) -> Certificate:
    """Take a case out for good, with its messages and documents; raises UnknownCase, Refused or UserError."""
    row = find(office, reference)
    begun = next((each for each in office.store.destroyed() if each.reference == reference), None)
    if begun is not None:
        return _take_out(office, row, Certificate(**json.loads(begun.certificate)), begun)
    found = _kept(office, row, legal_holds(office))
    _may_be_destroyed(found, london_day(now))
    events = list(office.store.events(reference))
    if verify_chain(row, events) is not None:
        raise UserError(f"The history of {reference} is not whole. Run: reviewflow audit. Nothing was destroyed.")
    papers = office.papers / reference
    certificate = Certificate(
        case=reference,
        title=found.title,
        kind=found.kind,
        keep=found.keep,
        over=str(found.over),
        destroy_after=str(found.destroy_after),
        reason=read_reason(reason),
        events=len(events),
        messages=len(office.store.notices(reference)),
        documents=sum(path.is_file() for path in papers.glob("*")) if papers.is_dir() else 0,
        head=row.head,
    )
    body = json.dumps(asdict(certificate), ensure_ascii=False, sort_keys=True)
    return _take_out(office, row, certificate, Destroyed(reference, stamp(now), by, body))


def _take_out(office: Office, row: CaseRow, certificate: Certificate, destroyed: Destroyed) -> Certificate:
    papers = office.papers / row.reference
    if papers.is_dir():
        shutil.rmtree(papers)
    office.store.destroy(row, destroyed)
    return certificate


def _may_be_destroyed(found: Kept, today: date) -> None:
    if found.legal_hold:
        raise UserError(f"{found.case} is under a legal hold ({plain_text(found.legal_hold)}). Nothing was destroyed.")
    if found.over is None:
        raise UserError(f"{found.case} is still open. Nothing was destroyed.")
    if found.destroy_after is None:
        how = "is kept permanently" if found.keep else "has no retention in its process"
        raise UserError(f"{found.case} {how}. Nothing was destroyed.")
    if not found.may_be_destroyed(today):
        day = day_words(found.destroy_after)
        raise UserError(f"{found.case} is kept until {day} ({found.keep}). Nothing was destroyed.")


def certificate_words(certificate: Certificate, *, by: str, now: datetime) -> str:
    return (
        f"# Certificate of destruction: {certificate.case}\n\n"
        f"On {day_words(london_day(now))} {by} destroyed the file of {certificate.case} ({certificate.title}), because "
        f"{certificate.reason.rstrip('. ')}.\n\n"
        f"- Class of record: {certificate.kind or 'none given'}, kept for {certificate.keep}\n"
        f"- The case was over on {certificate.over}; it was to be kept until {certificate.destroy_after}\n"
        f"- Destroyed: {certificate.events} facts of its history, {certificate.messages} messages, "
        f"{certificate.documents} documents\n"
        f"- Hash of its last fact: {certificate.head}\n\n"
        "Copies outside this system (the secure store, mailboxes, backups) are not covered by this certificate.\n"
    )
