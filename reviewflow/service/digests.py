"""Summaries that go out by themselves: made once for each post and period, and not when there is nothing to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reviewflow.calendar import Calendar
from reviewflow.case.advance import london_day
from reviewflow.case.hours import LONDON
from reviewflow.case.plan import OFFICE
from reviewflow.case.standing import Standing
from reviewflow.case.words import day_words
from reviewflow.language.model import Digest, HowOften, Tells
from reviewflow.language.problem import unknown
from reviewflow.service.delivery import LEASE
from reviewflow.service.effects import stamp
from reviewflow.service.errors import UserError
from reviewflow.service.figures.drawing import as_words
from reviewflow.service.figures.reporting import make_report
from reviewflow.service.figures.sheets import Wanted
from reviewflow.service.mailboxes import mailbox
from reviewflow.service.office import Office
from reviewflow.service.outbox import reached_nobody
from reviewflow.service.overview import Line, due_lines
from reviewflow.service.retention import time_is_over
from reviewflow.store import records

AHEAD = {HowOften.WORKING_DAY: 7, HowOften.WEEK: 14, HowOften.QUARTER: 90}
"""How many days a summary of the work looks ahead."""
BACK = {HowOften.WORKING_DAY: 4, HowOften.WEEK: 7, HowOften.QUARTER: 92}
"""How many days it looks back for what reached nobody; a day's over a long weekend."""
LATE = {Standing.OVERDUE, Standing.NOT_COME}


@dataclass(frozen=True, slots=True)
class Period:
    """What a summary is for: its name, which never comes twice, and its first and last day."""

    name: str
    since: date
    until: date


def period(every: HowOften, today: date) -> Period:
    """The day, the week that has begun, or the quarter that is over."""
    match every:
        case HowOften.WORKING_DAY:
            return Period(today.isoformat(), today, today)
        case HowOften.WEEK:
            year, week, weekday = today.isocalendar()
            monday = today - timedelta(days=weekday - 1)
            return Period(f"{year}-W{week:02d}", monday, monday + timedelta(days=6))
        case HowOften.QUARTER:
            begins = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
            until = begins - timedelta(days=1)
            since = date(until.year, until.month - 2, 1)
            return Period(f"{since.year}-Q{until.month // 3}", since, until)


def digests_for(office: Office, role: str, *, now: datetime) -> list[records.Digest]:
    """What this role would get now; raises UserError for a role that gets none."""
    known = office.partnership.digests
    posts = list(dict.fromkeys(post for each in known.values() for post in each.to))
    if role not in posts:
        raise UserError(unknown("a role that gets a digest (partnership.yaml, digests)", role, posts, "Roles"))
    found = (_written(office, name, each, role, now) for name, each in known.items() if role in each.to)
    return [each for each in found if each is not None]


def make_digests(office: Office, *, now: datetime) -> int:
    """Keep what is due to be sent now; how many. Made twice in one period it is kept once."""
    if not _may_go(office, office.calendars[OFFICE], now):
        return 0
    kept = {each.key for each in office.store.digests()}
    made = 0
    for name, each in office.partnership.digests.items():
        for role in each.to:
            if key_of(name, role, each, now) not in kept:
                written = _written(office, name, each, role, now)
                made += keep(office, [written] if written else [])
    return made


def keep(office: Office, written: Iterable[records.Digest]) -> int:
    """Put into the outbox what is not there yet; how many those are."""
    known = {each.key for each in office.store.digests()}
    fresh = [each for each in written if each.key not in known]
    for each in fresh:
        office.store.put_digest(each)
    return len(fresh)


def key_of(name: str, role: str, digest: Digest, now: datetime) -> str:
    return f"{name}/{role}/{period(digest.every, london_day(now)).name}"


def ready_digests(office: Office, *, now: datetime) -> Iterator[tuple[records.Digest, str]]:
    """Claim one after another, each with the mailbox it goes to. One for nobody ends here, visibly."""
    while digest := office.store.claim_digest(stamp(now), stamp(now + LEASE)):
        address = mailbox(office.partnership, digest.recipient)
        if address is None:
            refuse(office, digest, f"Nobody is named for {digest.recipient} in partnership.yaml.", now=now)
        else:
            yield digest, address


def refuse(office: Office, digest: records.Digest, why: str, *, now: datetime) -> None:
    """It reaches nobody: written into the office's log, for whoever looks."""
    office.store.settle_digest(digest, "undeliverable", detail=why)
    note_lost(office, digest, why, now=now)


def note_lost(office: Office, digest: records.Digest, why: str, *, now: datetime) -> None:
    """In the office's log: a digest is of no case."""
    office.store.note(records.Entry(stamp(now), "the outbox", "digest", f"{digest.key} reached nobody. {why}"))


def _may_go(office: Office, calendar: Calendar, now: datetime) -> bool:
    here, quiet = now.astimezone(LONDON), office.partnership.quiet
    awake = quiet is None or quiet.ends <= here.time() < quiet.begins
    return awake and calendar.is_working_day(here.date())


def _written(office: Office, name: str, digest: Digest, role: str, now: datetime) -> records.Digest | None:
    when = period(digest.every, london_day(now))
    text = _work(office, digest, now) if digest.tells is Tells.WORK else _figures(office, when, now)
    if not text:
        return None
    about = day_words(when.since) if when.since == when.until else f"{day_words(when.since)} to {day_words(when.until)}"
    subject = f"[{office.partnership.partnership}] {digest.title}: {about}"
    words = f"{text}\n{_foot(office)}"
    return records.Digest(key_of(name, role, digest, now), f"role:{role}", subject, words, created_at=stamp(now))


def _work(office: Office, digest: Digest, now: datetime) -> str:
    lines = due_lines(office, now=now, days=AHEAD[digest.every])
    late = [each for each in lines if each[1].standing in LATE]
    coming = [each for each in lines if each[1].standing not in LATE]
    parts = [_list("Late", late), _list(f"Due in the next {AHEAD[digest.every]} days", coming)]
    since = london_day(now) - timedelta(days=BACK[digest.every])
    parts += [
        f"{each}\n" for each in (*reached_nobody(office, since=since), *time_is_over(office, since, london_day(now)))
    ]
    return "\n".join(part for part in parts if part)


def _list(title: str, lines: Sequence[tuple[str, Line]]) -> str:
    said = [
        f"- {reference}: {line.step}{f', {line.owner}' if line.owner else ''}, {_when(line)}"
        for reference, line in lines
    ]
    return "\n".join([f"{title} ({len(said)})", *said, ""]) if said else ""


def _when(line: Line) -> str:
    day = f"due {day_words(line.due)}" if line.due else "no day"
    return f"{day} ({line.days})" if line.days else day


def _figures(office: Office, when: Period, now: datetime) -> str:
    report = make_report(office, Wanted(since=when.since, until=when.until), now=now)
    sheets = [sheet for sheet in report.sheets if sheet.rows]
    parts = [
        "\n".join([sheet.title, " | ".join(sheet.columns), *(" | ".join(map(as_words, row)) for row in sheet.rows), ""])
        for sheet in sheets
    ]
    return "\n".join([report.says, "", *parts]) if parts else ""


def _foot(office: Office) -> str:
    contact, link = office.partnership.contact, office.partnership.link
    signing_in = f"Sign in: {link}\n" if link else ""
    return f"{signing_in}Ask {contact.name}, {contact.phone}, {contact.email}.\n"
