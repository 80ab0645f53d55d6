"""Digests: summaries made once for each post and period, and not when there is nothing to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import assert_never

from reviewflow.calendar import OFFICE, Unit
from reviewflow.case.model.ids import key_of as item_key
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.rules.standing import Standing
from reviewflow.language.model import Digest, HowOften, Partnership, Tells
from reviewflow.language.suggestions import unknown
from reviewflow.london import LONDON, london_day, stamp
from reviewflow.service.contacts.letters import waiting_words
from reviewflow.service.delivery.contents.handover import HANDOVER
from reviewflow.service.delivery.outbox import reached_nobody
from reviewflow.service.delivery.restoration import unsettled_words
from reviewflow.service.messages.answer_places import PAGE, Place
from reviewflow.service.messages.mailboxes import is_contact, mailbox
from reviewflow.service.messages.quiet_hours import may_go, opens
from reviewflow.service.records.retention import time_is_over
from reviewflow.service.reports.figures.drawing import as_words
from reviewflow.service.reports.figures.reporting import make_report, nothing_to_report
from reviewflow.service.reports.sheets import ReportScope
from reviewflow.service.sweep.digest_periods import DigestPeriod, has_its_turn, period
from reviewflow.service.sweep.seldom.heads import head_words
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.trouble.words import trouble_lines
from reviewflow.service.views.case_page.due import Shown, due_lines, looks_overdue
from reviewflow.service.wording.titles import told_words
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import records
from reviewflow.text import day_words, listing

AHEAD = {HowOften.WORKING_DAY: 7, HowOften.WEEK: 14, HowOften.QUARTER: 90}
"""How many days a digest of the work looks ahead."""
BACK = {HowOften.WORKING_DAY: 4, HowOften.WEEK: 7, HowOften.QUARTER: 92}
"""How many days it looks back for messages that reached nobody; a daily one over a long weekend."""
FROM_OTHERS = {Standing.EXPECTED, Standing.NOT_COME}
"""How what somebody outside is to answer looks: the day is a hope, and nobody is late."""


def _period(digest: Digest, now: datetime) -> DigestPeriod:
    return period(digest.every, london_day(now), digest.on)


def digests_for(workspace: Workspace, role: str, *, now: datetime) -> list[records.StoredDigest]:
    """The digests that this role would get now; raises UserError for a role that gets none."""
    kinds = workspace.partnership.digests
    posts = list(dict.fromkeys(post for kind in kinds.values() for post in kind.to))
    if role not in posts:
        raise UserError(unknown("a role that gets a digest (partnership.yaml, digests)", role, posts, "Roles"))
    written_each = (_written(workspace, name, kind, [role], now) for name, kind in kinds.items() if role in kind.to)
    return [digest for written in written_each for digest in written]


def make_digests(workspace: Workspace, *, now: datetime) -> int:
    """Queue the digests of the present periods that are not queued yet; returns how many.

    One of a period that is over and still waits is withdrawn, because the new one tells what still stands.
    """
    boundary, kinds = Boundary(workspace, "digests", now), workspace.partnership.digests
    workspace.aside = boundary.case
    _withdraw_others(
        workspace, [key_of(name, role, kind, now) for name, kind in kinds.items() for role in kind.to], now
    )
    keys, made = workspace.store.digest_keys(), 0
    for name, kind in kinds.items():
        roles = [role for role in kind.to if _has_its_turn(workspace, name, role, kind, keys, now)]
        if roles and boundary.may_try("digest", name):
            with boundary.around("digest", name):
                made += keep(workspace, _written(workspace, name, kind, roles, now))
    boundary.end("case", "digest")
    return made


def _has_its_turn(
    workspace: Workspace, name: str, role: str, digest: Digest, keys: Collection[str], now: datetime
) -> bool:
    if key_of(name, role, digest, now) in keys:
        return False
    before = [key.removeprefix(f"{name}/{role}/") for key in keys if key.startswith(f"{name}/{role}/")]
    is_weekly = digest.every is HowOften.WEEK
    return not is_weekly or has_its_turn(_period(digest, now), before, london_day(now), workspace.calendars[OFFICE])


def _withdraw_others(workspace: Workspace, keys: Iterable[str], now: datetime) -> None:
    kept = {*keys}
    waiting = [queued.digest for queued in workspace.store.waiting(stamp(now)) if queued.digest]
    old = [key for key in waiting if key not in kept and step_of(key) != HANDOVER]
    for digest in workspace.store.claim_digests(old, stamp(now), stamp(now)):
        workspace.store.record_digest_delivery(
            digest, "withdrawn", now=stamp(now), detail="a newer one goes in its place"
        )


def keep(workspace: Workspace, written: Iterable[records.StoredDigest]) -> int:
    """Queue the digests that are not there yet; returns how many."""
    keys = workspace.store.digest_keys()
    fresh = [digest for digest in written if digest.key not in keys]
    for digest in fresh:
        workspace.store.put_digest(digest)
    return len(fresh)


def key_of(name: str, role: str, digest: Digest, now: datetime) -> str:
    """The key under which a digest is queued: 'morning/business_support/2026-05-12'."""
    return f"{name}/{role}/{_period(digest, now).name}"


def _written(
    workspace: Workspace, name: str, digest: Digest, roles: Iterable[str], now: datetime
) -> list[records.StoredDigest]:
    """The digest for each of these roles, all told the same; none when there is nothing to tell."""
    when = _period(digest, now)
    text = _told(workspace, digest, when, now)
    if not text:
        return []
    about = day_words(when.since) if when.since == when.until else f"{day_words(when.since)} to {day_words(when.until)}"
    subject = f"[{workspace.partnership.partnership}] {digest.title}: {about}"
    return [
        records.StoredDigest(
            key_of(name, role, digest, now),
            role_recipient(role),
            subject,
            f"{text}\n{''.join(_foot(workspace.partnership, role))}",
            created_at=stamp(now),
        )
        for role in roles
    ]


def _told(workspace: Workspace, digest: Digest, when: DigestPeriod, now: datetime) -> str:
    match digest.tells:
        case Tells.WORK:
            return _work(workspace, digest, now)
        case Tells.FIGURES:
            return _figures(workspace, when, now)
        case Tells.HEAD:
            return head_words(workspace)
        case _:
            assert_never(digest.tells)


def _days_ahead(digest: Digest) -> int:
    if digest.ahead is None:
        return AHEAD[digest.every]
    return digest.ahead.amount * (7 if digest.ahead.unit is Unit.WEEKS else 1)


_Told = tuple[str, Shown]
_HEADINGS = {Standing.OVERDUE: "Late", Standing.NOT_COME: "Not come yet from others"}


def _work(workspace: Workspace, digest: Digest, now: datetime) -> str:
    ahead = _days_ahead(digest)
    lines = due_lines(workspace, now=now, days=ahead, of=digest.of)
    coming = f"Due in the next {ahead} days"
    lists = {"Late": list[_Told](), "Not come yet from others": list[_Told](), coming: list[_Told]()}
    for line in lines:
        lists[_HEADINGS.get(line[1].standing, coming)].append(line)
    shown = {"", *workspace.partnership.roles, *workspace.partnership.agencies}
    parts = [_list(title, told, shown) for title, told in lists.items()]
    parts += [] if digest.of else _of_the_office(workspace, digest, now)
    return "\n".join(part for part in parts if part)


def _of_the_office(workspace: Workspace, digest: Digest, now: datetime) -> list[str]:
    """What a summary of all work tells besides: what waits, reached nobody or went wrong."""
    since = london_day(now) - timedelta(days=BACK[digest.every])
    return [
        f"{sentence}\n"
        for sentence in (
            *unsettled_words(workspace),
            *waiting_words(workspace),
            *reached_nobody(workspace, since=since),
            *trouble_lines(workspace),
            *time_is_over(workspace, since, london_day(now)),
        )
    ]


def _list(title: str, lines: Sequence[_Told], shown: Collection[str]) -> str:
    """A line for each thing, with all who owe it alike; the number is that of the answers that are owed.

    What its reader owes gets the address of its page as the letter leaves. `shown` are the keys of items that may stand
    in a letter: no entry of a list, which somebody has typed.
    """
    alike: dict[tuple[str, str, str], list[Shown]] = {}
    for reference, line in lines:
        alike.setdefault((reference, _what(line, shown), _when(line)), []).append(line)
    entries = [
        f"- {reference}: {_owed_by(what, together)}, {when}{_pages(reference, together, shown)}"
        for (reference, what, when), together in alike.items()
    ]
    return "\n".join([f"{title} ({len(lines)})", *entries, ""]) if entries else ""


def _owed_by(what: str, lines: Sequence[Shown]) -> str:
    """'Say whether you come, Chair and Police lead'; what one owes several times is counted."""
    owners = dict.fromkeys(line.owner for line in lines if line.owner)
    times = f" ({len(lines)})" if len(lines) > max(len(owners), 1) else ""
    return ", ".join(filter(None, (f"{what}{times}", listing(owners, none=""))))


def _pages(reference: str, lines: Iterable[Shown], shown: Collection[str]) -> str:
    """A mark for each page; of those of others nothing is left as the letter leaves."""
    mine = [line for line in lines if item_key(line.item) in shown]
    return "".join(str(Place(PAGE, f"{reference}/{line.item}/{line.round}")) for line in mine)


def _what(line: Shown, shown: Collection[str]) -> str:
    return told_words(line.step, line.title, item_key(line.item), line.owner, shown)


def _when(line: Shown) -> str:
    hoped = "hoped for by" if line.standing in FROM_OTHERS else "due"
    day = f"{hoped} {day_words(line.due)}" if line.due else "no day"
    return f"{day} ({line.days})" if line.days else day


def _figures(workspace: Workspace, when: DigestPeriod, now: datetime) -> str:
    if nothing_to_report(workspace, when.until):  # asked again each day, as nothing is queued
        return ""
    scope, looks = ReportScope(since=when.since, until=when.until), looks_overdue(workspace, now=now)
    report = make_report(workspace, scope, now=now, looks_overdue=looks)
    sheets = [sheet for sheet in report.sheets if sheet.rows]
    parts = [
        "\n".join([sheet.title, " | ".join(sheet.columns), *(" | ".join(map(as_words, row)) for row in sheet.rows), ""])
        for sheet in sheets
    ]
    return "\n".join([report.says, "", *parts]) if parts else ""


def _foot(partnership: Partnership, role: str) -> Iterator[str]:
    """Where to answer, and whom to ask: nobody is told to ask the mailbox in which they read it."""
    contact, link = partnership.contact, partnership.link
    if link:
        yield f"To answer: {link}\n"
    if not is_contact(partnership, mailbox(partnership, role_recipient(role))):
        yield f"Ask {contact.name}, {contact.phone}, {contact.email}.\n"


def make_due_digests(workspace: Workspace, *, now: datetime, waits: bool = True) -> int:
    """Queue the digests that are due, before the day's letters are sent, so that they go in them; returns how many.

    Done by the first sweep of an office day that may send letters, and by the next after one in which something failed.
    With `waits` false the quiet hours do not count.
    """
    today, calendar = now.astimezone(LONDON).date(), workspace.calendars[OFFICE]
    if not calendar.is_working_day(today) or (waits and not may_go(workspace.partnership, calendar, now)):
        return 0
    begins = opens(workspace.partnership, today) if waits else datetime.combine(today, time(), LONDON)
    last = workspace.store.last_sweep()
    again = Boundary(workspace, "digests", now).waiting("digest")
    if last is not None and last.started >= stamp(begins) and not last.failed and not again:
        return 0
    return make_digests(workspace, now=now)
