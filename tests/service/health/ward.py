"""An office to make things happen in that the doctor finds, and each of these things."""

import json
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reviewflow.london import stamp
from reviewflow.service.delivery.bounce_mailbox import note_bounce_mailbox
from reviewflow.service.delivery.mode import switch
from reviewflow.service.delivery.restoration import RESTORED
from reviewflow.service.health import machine
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.doctor import examine
from reviewflow.service.health.finding import Finding
from reviewflow.service.health.sweeping import database_clock
from reviewflow.service.sign_ins.failed import FailedSignIns
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace, papers_folder
from reviewflow.store.records import BACKUP, PREFECT, ROUTE, LogEntry, Trouble
from reviewflow.store.store import open_store
from tasks.outside.mail_routes import mail_routes
from tasks.outside.prefect_server import TRIED, prefect_server
from tasks.outside.sender_records import DKIM_SELECTOR, sender_records
from tests.notifications.name_server import name_server
from tests.service.builders import at, opened
from tests.service.conftest import TOY

NOW = at(19, 12)
SIGN_IN = "reviewflow:of-the-test"
SIGNED_IN = f"Basic {b64encode(SIGN_IN.encode()).decode()}"
WELL_KNOWN: Mapping[str, list[str]] = {
    "example.org": ["other=1", "v=spf1 include:mail.example.net -all"],
    "_dmarc.example.org": ["v=DMARC1; p=reject; rua=mailto:dmarc@example.org"],
    "k1._domainkey.example.org": ["v=DKIM1; k=rsa; p=MIIB"],
}
"""What a name server says of the sender's domain where all is well."""


@dataclass
class Ward:
    """An office with one case, all well, to make something happen in."""

    workspace: Workspace
    environ: dict[str, str]
    patch: pytest.MonkeyPatch
    now: datetime = NOW
    prefect: dict[str, Any] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    @property
    def store(self) -> Any:
        return self.workspace.store

    def spoil(self, statement: str) -> None:
        self.store.driver.commit([(statement, ())])

    def live(self) -> None:
        switch(self.workspace, Mode.LIVE, by="A. Manager", now=at(5))
        self.environ |= {"REVIEWFLOW_SENDER": "office@example.org", "REVIEWFLOW_MAIL_URL": "mailto://127.0.0.1:1"}


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ward]:
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    environ = {"REVIEWFLOW_DATABASE": f"sqlite:///{tmp_path}/office.db", "REVIEWFLOW_DEFINITIONS": str(folder)}
    store = open_store(environ["REVIEWFLOW_DATABASE"])
    store.migrate()
    workspace = Workspace(store, folder, papers=papers_folder(environ))
    opened(workspace)
    ward = Ward(workspace, environ, monkeypatch)
    ward.spoil("UPDATE notices SET status = 'sent', next_try = NULL")
    record_sweep(workspace, (at(19, 11), at(19, 11)), chased=0, sent=2, failed=0, note="")
    store.note_done(BACKUP, stamp(at(19, 1)))
    store.note_done(ROUTE + "mail server", stamp(at(18)))
    workspace.keep_sound_files(at(18))
    yield ward
    store.close()


def inside(ward: Ward) -> Iterable[Finding]:
    return examine(ward.environ, now=ward.now)


def mail(ward: Ward) -> Iterable[Finding]:
    return mail_routes(ward.workspace, ward.environ)


def names(ward: Ward) -> Iterable[Finding]:
    with name_server({**WELL_KNOWN, **ward.names}) as resolver:
        return list(sender_records(ward.workspace, ward.environ, resolver))


def prefect(ward: Ward) -> Iterable[Finding]:
    with prefect_answering(ward.prefect) as api:
        client = {"api": api, "retry": [500], "retries": 8, "heartbeat": 30, **ward.prefect.get("client", {})}
        ward.store.note_done(PREFECT, stamp(NOW), json.dumps(client))
        return list(prefect_server(ward.workspace, {"PREFECT_API_AUTH_STRING": SIGN_IN} | ward.environ))


@cache
def as_served() -> Mapping[str, Any]:
    """Prefect's own settings as its server shows them, set as `reviewflow serve` sets them."""
    from prefect.settings import Settings

    from reviewflow.cli.server.supervisor import prefect_environment

    environ = prefect_environment(Path("var"), 4200, {"PREFECT_SERVER_API_AUTH_STRING": SIGN_IN})
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        shown: dict[str, Any] = Settings().model_dump(mode="json")
    return shown


@contextmanager
def prefect_answering(otherwise: Mapping[str, Any]) -> Iterator[str]:
    """What answers as Prefect does, with its own settings but for what is otherwise."""
    settings = as_served()["server"]  # Prefect takes long to load, and who asks does not wait for it

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not otherwise.get("open") and self.headers.get("Authorization") != SIGNED_IN:
                self._answer(401, {"exception_message": "Unauthorized"})
            elif self.path == "/ui-settings":
                self._answer(200, {"available_uis": otherwise.get("pages", ["v1", "v2"])})
            elif self.path.endswith("/version"):
                self._answer(200, otherwise.get("version", TRIED[-1]))
            else:
                changed = {key: {**settings[key], **value} for key, value in otherwise.get("server", {}).items()}
                plain = otherwise.get("plain", {})
                self._answer(200, {"server": {**settings, **changed, **plain}})

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(200, otherwise.get("automations", []))

        def _answer(self, status: int, body: object) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()


def database_away(ward: Ward) -> None:
    ward.environ["REVIEWFLOW_DATABASE"] = "sqlite:///nowhere.db"


def broken_own_file(ward: Ward) -> None:
    (ward.workspace.folder / "partnership.yaml").write_text("language: 1\npartnership: [")


def broken_process(ward: Ward) -> None:
    path = ward.workspace.folder / "processes" / "review.yaml"
    path.write_text(path.read_text() + "\nnonsense: true\n")


def trouble(ward: Ward) -> None:
    moments = ("2026-05-19T09:00:00+00:00",) * 2
    ward.store.note_trouble(
        Trouble("chase", "case", "TR-2026-001", "KeyError", *moments, 1, "2026-05-19T09:15:00+00:00")
    )


def recorded_later(ward: Ward) -> None:
    ward.spoil("DELETE FROM sweeps")
    ward.now = at(4)


def no_summer_time(ward: Ward) -> None:
    ward.patch.setattr(machine, "LONDON", ZoneInfo("UTC"))


def sweeps_fail(ward: Ward) -> None:
    ward.now = at(20, 12)
    record_sweep(ward.workspace, (at(20, 11), at(20, 11)), chased=0, sent=0, failed=0, note="2 parts failed")


def restored(ward: Ward) -> None:
    ward.store.note(LogEntry(stamp(at(19)), "A. Officer", RESTORED, stamp(at(18))))


def letters_late(ward: Ward) -> None:
    ward.spoil("UPDATE notices SET status = 'queued', next_try = '2026-05-17T09:00:00+00:00'")


def letters_lost(ward: Ward) -> None:
    ward.spoil("UPDATE notices SET status = 'undeliverable', created_at = '2026-05-18T09:00:00+00:00'")


def untried_route(ward: Ward) -> None:
    ward.live()
    ward.environ["REVIEWFLOW_MAIL_URL"] = "o365://tenant:client/secret/office@example.org"
    ward.spoil("DELETE FROM last_done WHERE name = 'route mail server'")


def bounces(ward: Ward) -> None:
    note_bounce_mailbox(ward.workspace, "2 mails that came back fit no letter that is known here", now=at(18))


def mail_settings(ward: Ward) -> None:
    ward.live()
    del ward.environ["REVIEWFLOW_MAIL_URL"]


def bounces_away(ward: Ward) -> None:
    ward.live()
    ward.environ["REVIEWFLOW_RETURNS_URL"] = "imap://office:password@127.0.0.1:1/INBOX"


def unsealed(ward: Ward) -> None:
    opened(ward.workspace)
    ward.now = at(19, 14)


def backup_old(ward: Ward) -> None:
    ward.store.note_done(BACKUP, stamp(at(16)))


def passwords_guessed(ward: Ward) -> None:
    failed = FailedSignIns()
    for _ in range(40):
        failed.count(ward.workspace, now=NOW)


def papers_elsewhere(ward: Ward) -> None:
    Path("var/documents/TR-2026-001").mkdir(parents=True)


def meetings_end(ward: Ward) -> None:
    partnership = ward.workspace.folder / "partnership.yaml"
    group = "{title: The panel, chair: chair, posts: [chair, partner_police], quorum: all, meets: [2026-05-27]}"
    partnership.write_text(f"{partnership.read_text()}\ngroups:\n  panel: {group}\n")


def owner_gone(ward: Ward) -> None:
    partnership = ward.workspace.folder / "partnership.yaml"
    partnership.write_text(partnership.read_text().replace("  police:", "  constabulary:", 1))


def disk_full(ward: Ward) -> None:
    ward.patch.setattr(machine, "LEAST_ROOM", 10**18)


def named(**otherwise: list[str]) -> Callable[[Ward], None]:
    def live(ward: Ward) -> None:
        ward.live()
        ward.environ[DKIM_SELECTOR] = "k1"
        places = {"spf": "example.org", "dkim": "k1._domainkey.example.org", "dmarc": "_dmarc.example.org"}
        ward.names = {places[what]: texts for what, texts in otherwise.items()}

    return live


def served(**otherwise: Any) -> Callable[[Ward], None]:
    return lambda ward: ward.prefect.update(otherwise)


def prefect_away(ward: Ward) -> None:
    ward.environ["PREFECT_API_URL"] = "http://127.0.0.1:1/api"


def prefect_locked(ward: Ward) -> None:
    ward.environ["PREFECT_API_AUTH_STRING"] = "reviewflow:of-another-office"


WATCH = {
    "name": "zombies",
    "enabled": True,
    "trigger": {"posture": "Proactive", "after": ["prefect.flow-run.heartbeat"], "within": 60},
}
HAPPENS: Mapping[Ailment, tuple[Callable[[Ward], None], Callable[[Ward], Iterable[Finding]]]] = {
    Ailment.DATABASE_AWAY: (database_away, inside),
    Ailment.MIGRATIONS: (lambda ward: ward.spoil("UPDATE alembic_version SET version_num = '0009'"), inside),
    Ailment.CHECK_FAILED: (lambda ward: ward.spoil("DROP TABLE trouble"), inside),
    Ailment.DEFINITIONS: (broken_process, inside),
    Ailment.OWN_FILES: (broken_own_file, inside),
    Ailment.OWNER_GONE: (owner_gone, inside),
    Ailment.TROUBLE: (trouble, inside),
    Ailment.CLOCK_FAR: (lambda ward: setattr(ward, "now", at(19, month=8)), inside),
    Ailment.CLOCK_BEHIND: (recorded_later, inside),
    Ailment.CLOCK_APART: (lambda _: None, lambda ward: database_clock(ward.workspace, ward.now)),
    Ailment.TIME_ZONE: (no_summer_time, inside),
    Ailment.SWEEP_LATE: (lambda ward: setattr(ward, "now", at(21)), inside),
    Ailment.SWEEP_FAILED: (sweeps_fail, inside),
    Ailment.DELIVERY_HELD: (restored, inside),
    Ailment.LETTERS_LATE: (letters_late, inside),
    Ailment.LETTERS_LOST: (letters_lost, inside),
    Ailment.ROUTE_UNTRIED: (untried_route, inside),
    Ailment.BOUNCES: (bounces, inside),
    Ailment.BOUNCES_UNREAD: (Ward.live, mail),
    Ailment.MAIL_SETTINGS: (mail_settings, mail),
    Ailment.MAIL_AWAY: (Ward.live, mail),
    Ailment.BOUNCES_AWAY: (bounces_away, mail),
    Ailment.SENDER_SPF: (named(spf=[]), names),
    Ailment.SENDER_DKIM: (named(dkim=[]), names),
    Ailment.SENDER_DMARC: (named(dmarc=[]), names),
    Ailment.UNSEALED: (unsealed, inside),
    Ailment.BACKUP_OLD: (backup_old, inside),
    Ailment.SIGN_INS_FAILED: (passwords_guessed, inside),
    Ailment.BANK_HOLIDAYS: (lambda ward: setattr(ward, "now", at(19).replace(year=2030)), inside),
    Ailment.MEETINGS_END: (meetings_end, inside),
    Ailment.PAPERS_ELSEWHERE: (papers_elsewhere, inside),
    Ailment.DISK: (disk_full, inside),
    Ailment.PREFECT_AWAY: (prefect_away, prefect),
    Ailment.PREFECT_UNTRIED: (served(version="3.9.5"), prefect),
    Ailment.PREFECT_LOCKED: (prefect_locked, prefect),
    Ailment.PREFECT_NO_PAGES: (served(pages=[]), prefect),
    Ailment.PREFECT_OPEN: (served(open=True), prefect),
    Ailment.PREFECT_SHOWS_PASSWORD: (served(server={"docket": {"url": "redis://:secret@127.0.0.1/1"}}), prefect),
    Ailment.PREFECT_ORIGINS: (served(server={"api": {"cors_allowed_origins": "*"}}), prefect),
    Ailment.PREFECT_COUNTS: (served(plain={"analytics_enabled": True}), prefect),
    Ailment.PREFECT_KEEPS_ALL: (served(server={"services": {"db_vacuum": {"enabled": ["events"]}}}), prefect),
    Ailment.PREFECT_NO_RETRY: (served(client={"retry": []}), prefect),
    Ailment.PREFECT_KILLS: (served(automations=[WATCH]), prefect),
}


def ailing(findings: Iterable[Finding]) -> dict[Ailment, Finding]:
    return {finding.ailment: finding for finding in findings if finding.ailment}
