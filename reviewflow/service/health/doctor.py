"""All checks, one after the other, whatever becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewflow.errors import ReviewflowError
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, HealthState, cannot_tell, good, to_do
from reviewflow.service.health.history import audit_head, backup
from reviewflow.service.health.letters import delivery, letters_that_wait, mail_that_comes_back
from reviewflow.service.health.machine import disk, papers, time_zone
from reviewflow.service.health.office import bank_holidays, definitions, meetings, owners
from reviewflow.service.health.routes import routes
from reviewflow.service.health.sign_ins import sign_ins
from reviewflow.service.health.sweeping import clock, last_sweep, trouble
from reviewflow.service.trouble.boundary import what_failed
from reviewflow.service.workspace.database import DATABASE, DEFAULT_DATABASE, must_exist
from reviewflow.service.workspace.workspace import DEFINITIONS, Workspace, papers_folder
from reviewflow.store.errors import NotSetUp
from reviewflow.store.store import SCHEMA, open_store

REACHED, MIGRATED = "database", "migrations"
AWAY = (
    "see that PostgreSQL runs and its disk has room, or that REVIEWFLOW_DATABASE names the right place, and look again"
)
STAYS = "look again; where it stays, reviewflow audit says what is wrong with the database, and a backup is restored"


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at: an office at one moment."""

    workspace: Workspace
    environ: Mapping[str, str]
    now: datetime


CHECKS: Mapping[str, Callable[[Patient], Iterable[Finding]]] = {
    "definitions": lambda patient: definitions(patient.workspace),
    "owners": lambda patient: owners(patient.workspace),
    "trouble": lambda patient: trouble(patient.workspace),
    "clock": lambda patient: clock(patient.workspace, patient.now),
    "time zone": lambda _: time_zone(),
    "last sweep": lambda patient: last_sweep(patient.workspace, patient.now),
    "delivery": lambda patient: delivery(patient.workspace, patient.environ),
    "routes": lambda patient: routes(patient.workspace, patient.environ),
    "letters": lambda patient: letters_that_wait(patient.workspace, patient.now),
    "mail that comes back": lambda patient: mail_that_comes_back(patient.workspace, patient.now),
    "audit head": lambda patient: audit_head(patient.workspace, patient.now),
    "backup": lambda patient: backup(patient.workspace, patient.now),
    "sign-ins": lambda patient: sign_ins(patient.workspace, patient.environ, patient.now),
    "meetings": lambda patient: meetings(patient.workspace, patient.now),
    "bank holidays": lambda patient: bank_holidays(patient.workspace, patient.now),
    "papers": lambda patient: papers(patient.workspace, patient.environ),
    "disk": lambda patient: disk(patient.workspace, patient.environ),
}
"""What is looked at once the database answers, in this order; a new check is a line here."""


def examine(environ: Mapping[str, str], *, now: datetime) -> list[Finding]:
    """What every check says. Nothing is raised or changed: the database is not brought up to date either."""
    try:
        must_exist(environ)
        store = open_store(environ.get(DATABASE) or DEFAULT_DATABASE)
    except ReviewflowError as error:
        return [_unknown(Ailment.DATABASE_AWAY, REACHED, error, AWAY)]
    try:
        reached = list(_database(lambda: store.driver.rows("SELECT version_num FROM alembic_version")))
        if any(finding.verdict is not HealthState.GOOD for finding in reached):
            return reached
        patient = Patient(
            Workspace(store, Path(environ.get(DEFINITIONS, "definitions")), papers=papers_folder(environ)), environ, now
        )
        return [*reached, *look(patient)]
    finally:
        store.close()


def look(patient: Patient) -> list[Finding]:
    """What every check says of an office whose database answers."""
    return [finding for about, check in CHECKS.items() for finding in _made(about, check, patient)]


def _database(version: Callable[[], list[tuple[object, ...]]]) -> Iterator[Finding]:
    """Whether it answers, and was brought up to date."""
    try:
        versions = version()
    except NotSetUp:
        versions = []
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        yield _unknown(Ailment.DATABASE_AWAY, REACHED, error, AWAY)
        return
    yield good(REACHED, "It answers")
    if versions == [(SCHEMA,)]:
        yield good(MIGRATED, f"All are there, to {SCHEMA}")
    else:
        is_at = f"It is at {versions[0][0]}" if versions else "It has not been set up"
        remedy = "any other command does that by itself, such as reviewflow cases; where it refuses, it says why"
        says = f"{is_at}; this version of reviewflow needs {SCHEMA}"
        yield to_do(Ailment.MIGRATIONS, MIGRATED, says, remedy)


def _made(about: str, check: Callable[[Patient], Iterable[Finding]], patient: Patient) -> list[Finding]:
    try:
        return list(check(patient))
    except Exception as error:  # noqa: BLE001 - one check that cannot be made keeps none of the others from being made
        return [_unknown(Ailment.CHECK_FAILED, about, error, STAYS)]


def _unknown(ailment: Ailment, about: str, error: Exception, remedy: str) -> Finding:
    words = (
        str(error).rstrip(".") if isinstance(error, ReviewflowError) else f"It could not be read: {what_failed(error)}"
    )
    return cannot_tell(ailment, about, words, remedy)
