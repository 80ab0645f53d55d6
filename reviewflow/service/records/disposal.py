"""The destruction of a case's file, by a named person, of which a certificate and the figures stay."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date, datetime

from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import read_screened_reason
from reviewflow.language.built_in_messages import OF_ENDED_WORK
from reviewflow.london import london_day, stamp
from reviewflow.markdown import plain
from reviewflow.service.commands.carry_out import find
from reviewflow.service.messages.heard import was_heard_of
from reviewflow.service.records.retention import RetainedCase, kept_as
from reviewflow.service.reports.facts import facts_of
from reviewflow.service.reports.figures.remains import as_remains
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.cases.chain import verify_chain
from reviewflow.store.records import CaseRow, Destroyed
from reviewflow.text import day_words, listing

UNTOUCHED = "Nothing was destroyed."
NOT_COVERED = (
    "Not covered by this certificate: papers in the secure store, mailboxes, copies that were handed over, backups of "
    "the database, and what Prefect still shows of the case until its own clean-up."
)
FIGURES = (
    "What stays here: this certificate; and, so that the figures of past years do not change, which agency or post "
    "owed what by which day and when it was done, without a word that anybody wrote."
)


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


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with who destroyed the case, and when."""

    certificate: Certificate
    at: str
    by: str
    key: str
    """Of who, which stays when the name is erased."""

    @property
    def seal(self) -> str:
        """The hash over all that it says, with the key in place of the name: the same for ever."""
        body = json.dumps([asdict(self.certificate), self.at, self.key], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()


def destroy(workspace: Workspace, reference: str, reason: str, *, by: str, now: datetime) -> Issued:
    """Take a case out for good, with its messages and documents; raises UnknownCase, Refused or UserError."""
    row = find(workspace, reference)
    if not any(destroyed.reference == reference for destroyed in workspace.store.destroyed()):
        _mark(workspace, row, read_screened_reason(reason), by=by, now=now)
    papers = workspace.papers / row.reference
    if papers.is_dir():
        shutil.rmtree(papers)
    workspace.store.destroy(row)
    return issued(workspace, reference)


def _mark(workspace: Workspace, row: CaseRow, reason: str, *, by: str, now: datetime) -> None:
    """From here on it is to be gone: said again after a failure, the rest is done."""
    kept = kept_as(workspace, row)
    _may_be_destroyed(kept, london_day(now))
    _everybody_has_heard(workspace, row)
    events = list(workspace.store.events(row.reference))
    if verify_chain(row, events) is not None:
        raise UserError(f"The history of {row.reference} is not whole. Run: reviewflow audit. {UNTOUCHED}")
    papers = workspace.papers / row.reference
    certificate = Certificate(
        case=row.reference,
        title=kept.title,
        kind=kept.kind,
        keep=kept.keep,
        over=str(kept.over),
        destroy_after=str(kept.destroy_after),
        reason=reason,
        events=len(events),
        messages=len(workspace.store.notices(row.reference)),
        documents=sum(path.is_file() for path in papers.glob("*")) if papers.is_dir() else 0,
        head=row.head,
    )
    content = {**asdict(certificate), "figures": as_remains(workspace.plan(row.definition), facts_of(workspace, row))}
    body = json.dumps(content, ensure_ascii=False, sort_keys=True)
    if not workspace.store.mark_destroyed(row, Destroyed(row.reference, stamp(now), by, body)):
        raise UserError(f"Somebody recorded something in {row.reference} at the same moment. {UNTOUCHED}")


def issued(workspace: Workspace, reference: str) -> Issued:
    """The certificate of a case that was destroyed; raises UserError when there is none."""
    of_case = next((entry for entry in certificates(workspace) if entry.certificate.case == reference), None)
    if of_case is None:
        raise UserError(f'No case "{reference}" was destroyed. See those that were: reviewflow retention destroyed')
    return of_case


def certificates(workspace: Workspace) -> list[Issued]:
    """Every certificate, in the order of the references."""
    return [_issued(destroyed) for destroyed in workspace.store.destroyed()]


def _issued(destroyed: Destroyed) -> Issued:
    body = json.loads(destroyed.certificate)
    body.pop("figures", None)
    return Issued(Certificate(**body), destroyed.at, destroyed.by, destroyed.key)


def refuse_to_destroy(workspace: Workspace, reference: str, today: date) -> None:
    """Raises UserError when this case may not be destroyed on this day, UnknownCase when there is none."""
    row = find(workspace, reference)
    if not any(destroyed.reference == reference for destroyed in workspace.store.destroyed()):
        _may_be_destroyed(kept_as(workspace, row), today)
        _everybody_has_heard(workspace, row)


def _everybody_has_heard(workspace: Workspace, row: CaseRow) -> None:
    """Raises UserError while a letter still waits that tells somebody to stop: with the case it would be gone too."""
    plan, written = workspace.plan(row.definition), workspace.store.notices(row.reference)
    waiting = [
        notice.recipient
        for notice in written
        if notice.status == "queued" and notice.message in OF_ENDED_WORK and was_heard_of(plan, notice.item, written)
    ]
    if waiting:
        whom = listing((recipient_title(workspace.partnership, to) for to in dict.fromkeys(waiting)), last="and")
        raise UserError(
            f"A letter of {row.reference} has not left, so that {whom} would not hear that something is not needed any "
            f"more. See what keeps it: reviewflow outbox {row.reference}. {UNTOUCHED}"
        )


def _may_be_destroyed(kept: RetainedCase, today: date) -> None:
    if kept.legal_hold:
        raise UserError(f"{kept.case} is under a legal hold: {plain_text(kept.legal_hold)}. {UNTOUCHED}")
    if kept.over is None:
        raise UserError(f"{kept.case} is still open. {UNTOUCHED}")
    if kept.destroy_after is None:
        how = "is kept permanently" if kept.keep else "has no retention in its process"
        raise UserError(f"{kept.case} {how}. {UNTOUCHED}")
    if not kept.may_be_destroyed(today):
        day = day_words(kept.destroy_after)
        raise UserError(f"{kept.case} is kept until {day} ({kept.keep}). {UNTOUCHED}")


def certificate_words(issued: Issued) -> str:
    """The certificate in Markdown, for the records of the office."""
    certificate, moment = issued.certificate, datetime.fromisoformat(issued.at)
    return (
        f"# Certificate of destruction: {plain(certificate.case)}\n\n"
        f"On {day_words(london_day(moment))} {plain(issued.by)} destroyed the file of {certificate.case}"
        f" ({plain(certificate.title)}), because {plain(certificate.reason.rstrip('. '))}.\n\n"
        f"- Class of record: {plain(certificate.kind or 'none given')}, kept for {plain(certificate.keep)}\n"
        f"- The case was over on {certificate.over}; it was to be kept until {certificate.destroy_after}\n"
        f"- Destroyed: {certificate.events} facts of its history, {certificate.messages} messages,"
        f" {certificate.documents} documents\n"
        f"- Recorded (UTC): {issued.at}\n"
        f"- Hash of its last fact: {certificate.head}\n"
        f"- Hash of this certificate: {issued.seal}\n\n"
        f"{FIGURES}\n\n{NOT_COVERED}\n"
    )
