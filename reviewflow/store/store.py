"""The store: cases, their events, what is owed, what is to be sent."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ClauseElement, make_url
from sqlalchemy.exc import ArgumentError

from reviewflow.store import statements as sql
from reviewflow.store.changes import appending, opening
from reviewflow.store.driver import Driver, Row
from reviewflow.store.errors import (
    AlreadyRecorded,
    CaseConflict,
    Duplicate,
    Gone,
    NotAnAddress,
    NotSetUp,
)
from reviewflow.store.people import Keys, People
from reviewflow.store.records import (
    Attempt,
    CaseRow,
    Change,
    Destroyed,
    Digest,
    EventRow,
    ItemRow,
    Job,
    JobKind,
    LogEntry,
    NewCase,
    Notice,
    QueuedNotice,
    StoredLetter,
    Sweep,
)
from reviewflow.store.statements import Step, Value, compiled, insert, matching
from reviewflow.store.tables import DEFINITIONS, DIGESTS, ENCLOSURES, LETTERS, OFFICE, SWEEPS

LOOKS_LIKE = "it looks like sqlite:///var/reviewflow.db or postgresql://user@host/database"
SCHEMA = "0007"  # the newest migration
_PAGE = 200
_ENDLESS = 2**31 - 1


def open_store(url: str) -> "Store":
    """'sqlite:///var/reviewflow.db' or 'postgresql://user@host/db'. `Store.migrate` sets the database up."""
    try:
        found = make_url(url)
    except ArgumentError:
        raise NotAnAddress(f"The database address is not understood; {LOOKS_LIKE}.") from None  # it may hold a password
    if found.get_backend_name() == "sqlite" and found.database:
        from reviewflow.store.sqlite import SqliteDriver

        return Store(SqliteDriver(Path(found.database)))
    if found.get_backend_name() == "postgresql":
        from reviewflow.store.postgresql import PostgresqlDriver

        return Store(PostgresqlDriver(found))
    raise NotAnAddress(f"The database address {found.render_as_string()} is not understood; {LOOKS_LIKE}.")


class Store:
    """Every method is one transaction. Times are text as `stamp` writes it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.people = People(driver)

    def migrate(self) -> None:
        """Set up an empty database, bring an older one up to date; quick when there is nothing to do."""
        try:
            found = self.driver.rows("SELECT version_num FROM alembic_version")
        except NotSetUp:
            found = []
        if found != [(SCHEMA,)]:
            from reviewflow.store.schema import upgrade  # Alembic is slow to import and seldom needed

            upgrade(self.driver)

    def close(self) -> None:
        self.driver.close()

    # definitions

    def put_definition(self, digest: str, process: str, version: int, body: str, *, stored_at: str) -> None:
        row = (digest, process, version, stored_at, body)
        self.driver.commit([insert(self.driver.dialect, DEFINITIONS, [row])])

    def definition(self, digest: str) -> str | None:
        found = self._rows(sql.DEFINITION, hash=digest)
        return found[0][0] if found else None

    def definitions(self, process: str, version: int) -> list[str]:
        """Every text that cases were opened with under this version's number."""
        return [row[0] for row in self._rows(sql.BODIES, process=process, version=version)]

    # cases

    def create(self, new: NewCase, build: Callable[[str], Change]) -> CaseRow:
        """Open a case under the next free number; of a race, the loser takes the number after.

        `build` is given the reference and answers what opening does. A key that was used before answers the case
        that it opened.
        """
        taken = 0
        while True:
            [(opened, last, last_id)] = self._rows(sql.NEXT_CASE, key=new.key, series=new.prefix)
            if opened is not None:
                return self._opened(opened)
            serial = max(last or 0, taken) + 1
            reference = new.prefix.replace("{number}", f"{serial:03d}")
            case = CaseRow((last_id or 0) + 1, reference, new.process, new.definition, "", 0, reference, "")
            change = build(reference)
            try:
                [after] = self.people.commit([change], partial(opening, self.driver.dialect, case, new, serial))
            except Duplicate:
                taken = serial
            else:
                return after

    def load(self, reference: str) -> CaseRow | None:
        found = self._rows(sql.LOAD, reference=reference)
        return CaseRow(*found[0]) if found else None

    def load_these(self, references: Collection[str]) -> list[CaseRow]:
        """Those of these cases that there are, in the order in which they were opened."""
        named = {f"reference_{place}": reference for place, reference in enumerate(references)}
        return [CaseRow(*row) for row in self._rows(sql.load_these(len(named)), **named)]

    def append(self, change: Change) -> CaseRow:
        """Commit what a command decided; raises `CaseConflict` or `AlreadyRecorded` and then changes nothing."""
        try:
            [after] = self.people.commit([change], partial(appending, self.driver.dialect))
        except Duplicate as lost:
            reference = change.case.reference
            if lost.of_key:
                raise AlreadyRecorded(f"{reference}: this was recorded before") from lost
            raise CaseConflict(f"{reference}: somebody else recorded something at the same moment") from lost
        except Gone as lost:
            raise CaseConflict(f"{change.case.reference}: it was destroyed at the same moment") from lost
        return after

    def append_together(self, changes: Sequence[Change]) -> bool:
        """Commit changes of different cases at once. False when one of them is lost to somebody else: none is made.

        They come in the order of `load_these`, so that nobody who does the same waits for us while we wait for them.
        """
        try:
            self.people.commit(changes, partial(appending, self.driver.dialect))
        except (Duplicate, Gone):
            return False
        return True

    def recorded(self, case: CaseRow, key: str) -> int | None:
        """The number of the event that a command with this key recorded."""
        found = self._rows(sql.RECORDED, case_id=case.id, key=key)
        return found[0][0] if found else None

    def cases(self, status: str | None = "open") -> list[CaseRow]:
        return [CaseRow(*row) for row in self._matching(sql.CASE_ROWS, (sql.C.status, status))]

    def events(self, reference: str, after: int = 0, upto: int = _ENDLESS) -> Iterator[EventRow]:
        return (EventRow(*row) for row in self._rows(sql.EVENT_ROWS, reference=reference, after=after, upto=upto))

    def items(self, reference: str | None = None, status: str | None = "open") -> list[tuple[str, ItemRow]]:
        rows = self._matching(sql.ITEM_ROWS, (sql.C.reference, reference), (sql.I.status, status))
        return [(row[0], ItemRow(*row[1:])) for row in rows]

    # chasing

    def due_items(self, now: str, limit: int) -> list[tuple[str, str]]:
        """References and items whose next chase has come, oldest first."""
        return [(row[0], row[1]) for row in self._rows(sql.DUE_ITEMS, now=now, limit=limit)]

    def due_jobs(self, now: str, limit: int) -> list[Job]:
        return [_job(*row) for row in self._rows(sql.DUE_JOBS, now=now, limit=limit)]

    def retry_job(self, job: int, *, next_try: str, error: str) -> None:
        self._commit(self._step(sql.RETRY_JOB, job=job, later=next_try, reason=error))

    def finish_job(self, job: int) -> None:
        self._commit(self._step(sql.FINISH_JOB, job=job))

    def waiting(self, now: str) -> list[QueuedNotice]:
        """Every notice and every digest that is due to go, the longest waiting first."""
        digests = self._rows(sql.WAITING_DIGESTS, now=now)
        return [
            *(_waiting(row) for row in self._rows(sql.WAITING, now=now)),
            *(QueuedNotice(0, f"digest/{key}", to, False, letter, day, key) for key, to, letter, day in digests),  # noqa: FBT003
        ]

    def claim(self, notices: Sequence[int], now: str, lease_until: str) -> list[Notice]:
        """Take those of these notices that are still due; nobody else gets them before the lease ends."""
        if not notices:
            return []
        found = self._rows(sql.claim_these(len(notices)), now=now, lease=lease_until, **_numbered(notices))
        return sorted((_notice(row) for row in found), key=lambda each: each.id)

    def put_off(self, notices: Sequence[int], now: str, later: str) -> None:
        """They go at another time; that is no failure."""
        if notices:
            self._commit(self._step(sql.put_off(len(notices)), now=now, later=later, **_numbered(notices)))

    def enclose(self, notices: Sequence[int], digests: Sequence[Digest], letter: StoredLetter) -> bool:
        """Put what was claimed into one letter. False when its mailbox has an ordinary letter of that day already."""
        dialect = self.driver.dialect
        row = (letter.number, letter.address, letter.day, int(letter.urgent), "\n".join(letter.besides))
        try:
            self._commit(
                insert(dialect, LETTERS, [row]),
                *([insert(dialect, ENCLOSURES, [(each, letter.number) for each in notices])] if notices else []),
                *(self._step(sql.ENCLOSE_DIGEST, digest=d.key, claim=d.tries, into=letter.number) for d in digests),
            )
        except Duplicate:
            return False
        return True

    def letter_of(self, day: str, address: str) -> str | None:
        """The number of the ordinary letter that this mailbox has of this day."""
        found = self._rows(sql.LETTER_OF, day=day, address=address)
        return str(found[0][0]) if found else None

    def besides(self, letter: str, day: str) -> tuple[str, ...] | None:
        """What a letter of that day said is owed besides; None when it was never put together."""
        found = self._rows(sql.BESIDES, letter=letter, day=day)
        return tuple((found[0][0] or "").splitlines()) if found else None

    def wanted(self, notice: Notice) -> bool:
        """Whether it is still to be sent: nobody has answered what it is about."""
        return self._rows(sql.STATUS_OF, id=notice.id) != [("withdrawn",)]

    def first_try(self, letter: str) -> str | None:
        """When this letter was first tried; None before that."""
        [(first,)] = self._rows(sql.FIRST_TRY, letter=letter)
        return first if first is None else str(first)

    def settle(
        self,
        notices: Sequence[Notice],
        status: Literal["sent", "queued", "undeliverable", "withdrawn"],
        *,
        now: str,
        detail: str,
        next_try: str | None = None,
        digests: Sequence[Digest] = (),
    ) -> bool:
        """Record how claimed notices fared, and the digests that went with them.

        Where the claim had passed to somebody else nothing changes.

        False when that was so for the last of them.
        """
        later, sent = (next_try or now if status == "queued" else None), (now if status == "sent" else None)
        steps = [self._settled(each, status, detail, later) for each in digests]
        for notice in notices:
            claim: dict[str, Value] = {"notice": notice.id, "claim": notice.tries, "outcome": status, "why": detail}
            steps.append(self._step(sql.LOG_ATTEMPT, now=now, **claim))
            steps.append(self._step(sql.SETTLE, later=later, sent=sent, **claim))
        return self._commit(*steps)

    def of_letter(self, number: str, address: str) -> list[Notice]:
        """What went, or is going, to this mailbox in the letter of that number."""
        return [_notice(row) for row in self._rows(sql.OF_LETTER, letter=number, to=address)]

    def come_back(self, notice: Notice, status: Literal["sent", "undeliverable"], *, detail: str) -> None:
        """A notice that was sent has not arrived, or is late on its way; of any other nothing changes."""
        self._commit(self._step(sql.COME_BACK, notice=notice.id, outcome=status, why=detail))

    def send_again(self, notice: Notice, *, now: str, detail: str) -> None:
        """A notice that was sent is to go once more; of any other nothing changes."""
        self._commit(self._step(sql.SEND_AGAIN, notice=notice.id, now=now, why=detail))

    def attempts(self, notice: int) -> list[Attempt]:
        return [Attempt(*row) for row in self._rows(sql.ATTEMPT_ROWS, notice=notice)]

    def notices(self, reference: str | None = None, status: str | None = None) -> list[Notice]:
        rows = self._matching(sql.NOTICE_ROWS, (sql.C.reference, reference), (sql.N.status, status))
        return [_notice(row) for row in rows]

    # Prefect's view

    def unmirrored(self, limit: int) -> list[tuple[str, int]]:
        """Cases with an event that Prefect does not show yet, and the number of their last."""
        return [(row[0], row[1]) for row in self._rows(sql.UNMIRRORED, limit=limit)]

    def mirrored(self, reference: str, number: int) -> None:
        self._commit(self._step(sql.MIRRORED, shown_case=reference, shown=number))

    def forget_mirror(self) -> None:
        self._commit(self._step(sql.FORGET_MIRROR))

    # digests

    def put_digest(self, digest: Digest) -> None:
        """Keep a summary to be sent; of one that is kept already, nothing changes."""
        row = (digest.key, digest.recipient, digest.subject, digest.text, "queued", 0)
        self._commit(insert(self.driver.dialect, DIGESTS, [(*row, digest.created_at, digest.created_at, "", None)]))

    def claim_digests(self, keys: Sequence[str], now: str, lease_until: str) -> list[Digest]:
        """Take those of these summaries that are still due; nobody else gets them before the lease ends."""
        found = self._rows(sql.claim_digests(len(keys)), now=now, lease=lease_until, **_keyed(keys)) if keys else []
        return sorted((Digest(*row) for row in found), key=lambda each: each.key)

    def put_off_digests(self, keys: Sequence[str], now: str, later: str) -> None:
        """They go at another time; that is no failure."""
        if keys:
            self._commit(self._step(sql.put_off_digests(len(keys)), now=now, later=later, **_keyed(keys)))

    def settle_digest(self, digest: Digest, status: str, *, detail: str, next_try: str | None = None) -> None:
        """Record how a claimed summary fared, unless its claim has passed to somebody else."""
        self._commit(self._settled(digest, status, detail, next_try))

    def digest_comes_back(self, key: str, status: str, *, detail: str) -> None:
        """As `come_back`, for a summary."""
        self._commit(self._step(sql.DIGEST_COMES_BACK, digest=key, outcome=status, why=detail))

    def digests(self) -> list[Digest]:
        return [Digest(*row) for row in self._rows(sql.DIGEST_ROWS)]

    # the office

    def note(self, entry: LogEntry) -> None:
        """Keep a fact about the office; it stays."""
        self.people.sign((entry.by,), lambda keys: (None, [self._noting(entry, keys[entry.by])]))

    def _noting(self, entry: LogEntry, key: str) -> Step:
        return insert(self.driver.dialect, OFFICE, [(entry.at, key, entry.kind, entry.body)])

    def noted(self, kind: str | None = None) -> list[LogEntry]:
        """What was kept about the office, oldest first."""
        return [LogEntry(*row) for row in self._matching(sql.OFFICE_ROWS, (sql.O.kind, kind))]

    # what was destroyed

    def mark_destroyed(self, case: CaseRow, destroyed: Destroyed) -> bool:
        """Keep the certificate of a case that is to be destroyed. False when something was recorded in it since.

        Of two who destroy it at the same moment the first one's certificate stands, and both go on.
        """

        def build(keys: Keys) -> tuple[None, list[Step]]:
            said = {"of": case.reference, "at": destroyed.at, "certificate": destroyed.certificate}
            return None, [self._step(sql.MARK, key=keys[destroyed.by], loaded=case.number, **said)]

        try:
            return self.people.sign((destroyed.by,), build)[1] > 0
        except Duplicate:
            return True

    def destroy(self, case: CaseRow) -> None:
        """Take out all of a case that is marked. Said again after a failure, it goes on where it stopped."""
        while not self._forgotten(case):
            pass  # somebody recorded something in it after it was emptied: that goes too
        self._commit(self._step(sql.FORGET_LETTERS))

    def _forgotten(self, case: CaseRow) -> bool:
        self._commit(*(self._step(each, case=case.id) for each in sql.DESTROY))
        try:
            self._commit(self._step(sql.FORGET_CASE, case=case.id))
        except Gone:
            return False
        return True

    def destroyed(self) -> list[Destroyed]:
        return [Destroyed(*row) for row in self._rows(sql.CERTIFICATES)]

    # the sweep's own log

    def record_sweep(self, sweep: Sweep) -> None:
        row = (sweep.started, sweep.finished, sweep.fired, sweep.sent, sweep.failed, sweep.note)
        self._commit(insert(self.driver.dialect, SWEEPS, [row]))

    def last_sweep(self) -> Sweep | None:
        found = self._rows(sql.LAST_SWEEP)
        return Sweep(*found[0]) if found else None

    # audit

    def audit_rows(self) -> Iterator[tuple[CaseRow, Iterator[EventRow]]]:
        """Every case with the events that it stands on, for `verify_chain` and for replaying."""
        last = 0
        while page := [CaseRow(*row) for row in self._rows(sql.CASES_AFTER, id=last, limit=_PAGE)]:
            for case in page:
                yield case, self.events(case.reference, upto=case.number)
            last = page[-1].id

    # the driver

    def _settled(self, digest: Digest, status: str, detail: str, later: str | None) -> Step:
        claim: dict[str, Value] = {"digest": digest.key, "claim": digest.tries, "outcome": status, "why": detail}
        return self._step(sql.SETTLE_DIGEST, later=later, **claim)

    def _step(self, statement: ClauseElement, **values: Value) -> Step:
        return compiled(self.driver.dialect, statement).step(**values)

    def _rows(self, statement: ClauseElement, **values: Value) -> list[Row]:
        return self.driver.rows(*self._step(statement, **values))

    def _matching(self, statement: Any, *wanted: tuple[Any, str | None]) -> list[Row]:
        given = [(column, value) for column, value in wanted if value is not None]
        narrowed = matching(statement, *(column for column, _ in given))
        return self._rows(narrowed, **{column.key: value for column, value in given})

    def _commit(self, *steps: Step) -> bool:
        return self.driver.commit(steps) > 0

    def _opened(self, reference: str) -> CaseRow:
        case = self.load(reference)
        assert case is not None
        return case


def _notice(row: Row) -> Notice:
    reference, number, event, place, item, recipient, message, subject, text, urgent, *rest = row
    name = f"{reference}/{event}.{place}"
    return Notice(number, name, reference, item, recipient, message, subject, text, bool(urgent), *rest)


def _waiting(row: Row) -> QueuedNotice:
    notice, reference, event, place, recipient, urgent, letter, day = row
    return QueuedNotice(notice, f"{reference}/{event}.{place}", recipient, bool(urgent), letter, day)


def _keyed(digests: Sequence[str]) -> dict[str, Value]:
    return {f"digest_{place}": key for place, key in enumerate(digests)}


def _numbered(notices: Sequence[int]) -> dict[str, Value]:
    return {f"notice_{place}": notice for place, notice in enumerate(notices)}


def _job(number: int, reference: str, item: str, kind: str, *rest: Any) -> Job:
    """A row as a job; raises ValueError for a kind that this program does not know."""
    return Job(number, reference, item, JobKind(kind), *rest)
