"""What the doctor says to do cures each thing that it finds: it is made to happen, that is done, and it is gone."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from alembic.config import Config
from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.london import stamp
from reviewflow.service.health import machine
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding
from reviewflow.store import schema
from reviewflow.store.store import open_store
from tests.docs.reader import ROOT
from tests.notifications.imap import Mailbox, imap_server
from tests.notifications.servers import LoopbackServer, PostOffice
from tests.service.builders import at
from tests.service.conftest import TOY
from tests.service.health.ward import HAPPENS, SIGN_IN, Ward, ailing, ward

__all__ = ["ward"]

SETTING = re.compile(r"\b((?:PREFECT|DO_NOT)_[A-Z_]+)=(\S+?)(?=[;,]? |$)")
Cure = Callable[[Ward, Finding], None]


@contextmanager
def post_office() -> Iterator[int]:
    """A mail server on this port."""
    server = LoopbackServer(PostOffice())
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def say(ward: Ward, *words: str, ends: int = 0) -> str:
    """Give the command, with the office's settings and at its moment; what it printed."""
    for name, value in ward.environ.items():
        ward.patch.setenv(name, value)
    done = CliRunner().invoke(app, [*words])
    assert done.exit_code == ends, done.output
    return done.output


def said(*words: str, told: str = "") -> Cure:
    """The command that the remedy or the page names cures it by itself; it says what is asked for here."""

    def cure(ward: Ward, _: Finding) -> None:
        assert told in say(ward, *words, "--now", stamp(ward.now))

    return cure


def undone(file: str, line: str) -> Cure:
    """`reviewflow check` names the line; it is taken out."""

    def cure(ward: Ward, found: Finding) -> None:
        assert "reviewflow check" in found.remedy
        path = ward.workspace.folder / file
        number = path.read_text().splitlines().index(line) + 1
        assert f"{path.name}:{number}" in say(ward, "check", str(ward.workspace.folder), ends=1)
        path.write_text("".join(each for each in path.read_text().splitlines(keepends=True) if each.rstrip() != line))

    return cure


def written_anew(ward: Ward, found: Finding) -> None:
    """What is wrong with the office's own file is named, and it is put right."""
    assert "reviewflow check" in found.remedy
    assert "partnership.yaml" in say(ward, "check", str(ward.workspace.folder), ends=1)
    shutil.copy(TOY / "partnership.yaml", ward.workspace.folder)


def named_rightly(ward: Ward, found: Finding) -> None:
    assert "REVIEWFLOW_DATABASE" in found.remedy
    ward.environ["REVIEWFLOW_DATABASE"] = f"sqlite:///{Path('office.db').absolute()}"


def older_tables(ward: Ward) -> None:
    """A database as an earlier version made it."""
    Path("older.db").touch()
    ward.environ["REVIEWFLOW_DATABASE"] = "sqlite:///older.db"
    store = open_store(ward.environ["REVIEWFLOW_DATABASE"])
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    engine = store.driver.engine()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
    engine.dispose()
    store.close()


def table_gone(ward: Ward) -> None:
    """There is a backup of before."""
    ward.spoil("UPDATE notices SET status = 'queued', next_try = created_at")  # as no sweep has sent them
    say(ward, "backup", "--new-key", "key")
    say(ward, "backup", "-o", "backup.age", "--for", "key.pub", "--now", stamp(at(19, 9)))
    ward.spoil("DROP TABLE trouble")


def brought_back(ward: Ward, found: Finding) -> None:
    """The audit says what is wrong, and where that is no passing thing the backup is restored."""
    assert "reviewflow audit" in found.remedy
    assert "no such table: trouble" in str(CliRunner().invoke(app, ["audit"], env=ward.environ).exception)
    say(ward, "restore", "backup.age", "--into", "restored", "--identity", "key")
    ward.environ |= {"REVIEWFLOW_DATABASE": "sqlite:///restored/reviewflow.db"}


def clock_right(ward: Ward, found: Finding) -> None:
    assert "set the clock right" in found.remedy
    assert "5 May" in say(ward, "history", "TR-2026-001")
    ward.now = at(19, 12)


def network_time(ward: Ward, found: Finding) -> None:
    """Both machines are set by it: what stood apart was this one."""
    assert "chrony" in found.remedy
    ward.now = datetime.now(UTC)


def more_time_zones(ward: Ward, found: Finding) -> None:
    """What the machine's package brings is what is looked at first."""
    assert "tzdata" in found.remedy
    ward.patch.setattr(machine, "LONDON", ZoneInfo("Europe/London"))


def swept(ward: Ward, found: Finding) -> None:
    assert "reviewflow outbox --waiting" in found.remedy
    assert "waits" in say(ward, "outbox", "--waiting").lower()
    say(ward, "sweep", "--now", stamp(ward.now))


def mailbox_right(ward: Ward, found: Finding) -> None:
    """What was lost stays so; it is told for seven days."""
    assert "reviewflow outbox --refused" in found.remedy
    assert "Hospital trust" in say(ward, "outbox", "--refused")
    path = ward.workspace.folder / "partnership.yaml"
    path.write_text(path.read_text().replace("reviews@nhs.example.org", "panel@nhs.example.org"))
    ward.now += timedelta(days=7)


def first_letter(ward: Ward, found: Finding) -> None:
    assert "reviewflow delivery try" in found.remedy
    with post_office() as port:
        ward.environ["REVIEWFLOW_MAIL_URL"] = f"mailto://127.0.0.1:{port}"
        say(ward, "delivery", "try", "--to", "chair", "--by", "B. Officer", "--now", stamp(ward.now))


def strange_mails(ward: Ward) -> None:
    """Two mails that nobody looked after."""
    ward.live()
    HAPPENS[Ailment.BOUNCES][0](ward)


def looked_after(ward: Ward, found: Finding) -> None:
    """Somebody reads what fits no letter, and it is looked at again."""
    assert "reviewflow bounces" in found.remedy
    with imap_server() as returns:
        Mailbox(returns)
        ward.environ["REVIEWFLOW_RETURNS_URL"] = f"imap://returns:secret@127.0.0.1:{returns.port}/{returns.folder}"
        say(ward, "bounces")


def a_mailbox(ward: Ward, found: Finding) -> Iterator[None]:
    """It is named, and its server runs while the doctor looks."""
    assert "REVIEWFLOW_RETURNS_URL" in found.remedy
    with post_office() as port, imap_server() as returns:
        Mailbox(returns)
        ward.environ["REVIEWFLOW_MAIL_URL"] = f"mailto://127.0.0.1:{port}"
        ward.environ["REVIEWFLOW_RETURNS_URL"] = f"imap://returns:secret@127.0.0.1:{returns.port}/{returns.folder}"
        yield


def mail_server(ward: Ward, found: Finding) -> Iterator[None]:
    """The setting that the line names is made, and the server runs while the doctor looks."""
    assert "REVIEWFLOW_MAIL_URL" in found.says or "runs" in found.remedy
    with post_office() as port:
        ward.environ["REVIEWFLOW_MAIL_URL"] = f"mailto://127.0.0.1:{port}"
        yield


def records_made(ward: Ward, found: Finding) -> None:
    """Whoever looks after the domain writes what the remedy asks for."""
    assert "have one line v=spf1" in found.remedy or "its selector" in found.remedy or "v=DMARC1" in found.remedy
    ward.names = {}


def backed_up(ward: Ward, found: Finding) -> None:
    say(ward, "backup", "--new-key", "key")
    made = re.search(r"reviewflow (backup -o FILE --for KEY)", found.remedy)
    assert made
    words = made[1].replace("FILE", "backup.age").replace("KEY", "key.pub").split()
    say(ward, *words, "--now", stamp(ward.now))


def shut_out(ward: Ward, found: Finding) -> None:
    """Such places are shut out, so that a day goes by without."""
    assert "fail2ban" in found.remedy
    ward.now += timedelta(days=1, hours=1)


def later_holidays(ward: Ward, found: Finding) -> None:
    assert "calendars.yaml" in found.remedy
    (ward.workspace.folder / "calendars.yaml").write_text("proclaimed_until: 2031-12-31\n")


def merged(ward: Ward, found: Finding) -> None:
    assert "merge-agencies police OTHER" in found.remedy
    say(ward, "merge-agencies", "police", "constabulary", "--reason", "It has a new name", "--now", stamp(ward.now))


def later_meetings(ward: Ward, found: Finding) -> None:
    """As the remedy says: under groups, panel, meets."""
    assert "under groups, panel, meets" in found.remedy
    path = ward.workspace.folder / "partnership.yaml"
    path.write_text(path.read_text().replace("meets: [2026-05-27]", "meets: [2026-05-27, 2026-07-29]"))


def moved(ward: Ward, found: Finding) -> None:
    """From the one place that the remedy names to the other."""
    places = re.search(r"move each folder from (\S+) to (\S+),", found.remedy)
    assert places
    Path(places[2]).mkdir(parents=True, exist_ok=True)
    for case in Path(places[1]).iterdir():
        shutil.move(case, places[2])


def disk_of_its_own(ward: Ward) -> None:
    """It is full by what lies in a folder of the office."""
    Path("old-backups").mkdir()
    Path("old-backups", "backup.age").write_bytes(b"-" * 1000)
    full = shutil.disk_usage(".")._replace(free=machine.LEAST_ROOM - 1)
    empty = full._replace(free=machine.LEAST_ROOM + 999)
    ward.patch.setattr(shutil, "disk_usage", lambda _: full if Path("old-backups/backup.age").exists() else empty)


def room_made(ward: Ward, found: Finding) -> None:
    assert "make room" in found.remedy
    Path("old-backups", "backup.age").unlink()


def set_otherwise(**settings: str) -> Callable[[Ward], None]:
    """Prefect's server runs with these besides what `reviewflow serve` sets."""

    def happen(ward: Ward) -> None:
        ward.prefect = shown(settings)

    return happen


def set_as_it_says(ward: Ward, found: Finding) -> None:
    """Exactly the settings that the remedy names, with its values."""
    named = dict(SETTING.findall(found.remedy))
    assert named, found.remedy
    ward.prefect = shown(named)


def shown(settings: Mapping[str, str]) -> dict[str, Any]:
    """How Prefect's server shows its settings, made with these in its environment and none of `reviewflow serve`."""
    from prefect.settings import Settings

    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        server = Settings().model_dump(mode="json")["server"]
    parts = {name: part for name, part in server.items() if isinstance(part, dict)}
    return {"server": parts, "plain": {name: part for name, part in server.items() if name not in parts}}


def own_address(ward: Ward, found: Finding) -> None:
    [name] = re.findall(r"set (PREFECT_[A-Z_]+) to the address", found.remedy)
    ward.prefect = shown({name: "https://office.example.org"})


def without_password(ward: Ward, found: Finding) -> None:
    assert "take it out of the address (PREFECT_SERVER_DOCKET_URL" in found.remedy
    ward.prefect = shown({"PREFECT_SERVER_DOCKET_URL": "redis://127.0.0.1/1"})


def password_set(ward: Ward, found: Finding) -> None:
    """The server asks for one once it starts with the setting that the remedy names."""
    from prefect.settings import Settings

    [(name, _)] = SETTING.findall(found.remedy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(name, SIGN_IN)
        kept = Settings().server.api.auth_string
    assert kept
    assert kept.get_secret_value() == SIGN_IN
    ward.prefect = {}


def signed_in(ward: Ward, found: Finding) -> None:
    assert "PREFECT_API_AUTH_STRING" in found.remedy
    ward.environ["PREFECT_API_AUTH_STRING"] = SIGN_IN


def version_of_constraints(ward: Ward, found: Finding) -> None:
    assert "constraints.txt" in found.remedy
    [version] = re.findall(r"^prefect==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    ward.prefect = {"version": version}


def started_by_us(ward: Ward, found: Finding) -> None:
    """`tests/prefect/test_server.py` starts it so, and sees its pages."""
    assert "python -m flows.server" in found.remedy
    ward.prefect = {}


def started(ward: Ward, found: Finding) -> None:
    assert "start it" in found.remedy
    del ward.environ["PREFECT_API_URL"]


def sweeps_with(ward: Ward, found: Finding) -> None:
    """The next sweep under Prefect runs with the settings that the remedy names, and writes down how it was set."""
    from prefect.settings import Settings

    named = dict(SETTING.findall(found.remedy))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in named.items():
            patch.setenv(name, value)
        client = Settings().client
    codes = cast("set[int]", client.retry_extra_codes)
    ward.prefect = {"client": {"retry": sorted(codes), "retries": client.max_retries}}


def waits_longer(ward: Ward, found: Finding) -> None:
    [seconds] = re.findall(r"let it wait (\d+) seconds", found.remedy)
    [watch] = ward.prefect["automations"]
    ward.prefect = {"automations": [{**watch, "trigger": {**watch["trigger"], "within": int(seconds)}}]}


CURES: Mapping[Ailment, tuple[Callable[[Ward], None] | None, Cure | Callable[[Ward, Finding], Iterator[None]]]] = {
    Ailment.DATABASE_AWAY: (None, named_rightly),
    Ailment.MIGRATIONS: (older_tables, said("cases")),
    Ailment.CHECK_FAILED: (table_gone, brought_back),
    Ailment.DEFINITIONS: (None, undone("processes/review.yaml", "nonsense: true")),
    Ailment.OWN_FILES: (None, written_anew),
    Ailment.OWNER_GONE: (None, merged),
    Ailment.TROUBLE: (None, said("sweep")),
    Ailment.CLOCK_FAR: (None, said("sweep", "--yes-it-is")),
    Ailment.CLOCK_BEHIND: (None, clock_right),
    Ailment.CLOCK_APART: (None, network_time),
    Ailment.TIME_ZONE: (None, more_time_zones),
    Ailment.SWEEP_LATE: (None, said("sweep")),
    Ailment.SWEEP_FAILED: (None, said("sweep")),
    Ailment.DELIVERY_HELD: (None, said("settle", "--all-not-sent", "--by", "A. Officer")),
    Ailment.LETTERS_LATE: (None, swept),
    Ailment.LETTERS_LOST: (None, mailbox_right),
    Ailment.ROUTE_UNTRIED: (None, first_letter),
    Ailment.BOUNCES: (strange_mails, looked_after),
    Ailment.BOUNCES_UNREAD: (None, a_mailbox),
    Ailment.MAIL_SETTINGS: (None, mail_server),
    Ailment.MAIL_AWAY: (None, mail_server),
    Ailment.BOUNCES_AWAY: (None, a_mailbox),
    Ailment.SENDER_SPF: (None, records_made),
    Ailment.SENDER_DKIM: (None, records_made),
    Ailment.SENDER_DMARC: (None, records_made),
    Ailment.UNSEALED: (None, said("sweep")),
    Ailment.BACKUP_OLD: (None, backed_up),
    Ailment.SIGN_INS_FAILED: (None, shut_out),
    Ailment.BANK_HOLIDAYS: (None, later_holidays),
    Ailment.MEETINGS_END: (None, later_meetings),
    Ailment.PAPERS_ELSEWHERE: (None, moved),
    Ailment.DISK: (disk_of_its_own, room_made),
    Ailment.PREFECT_AWAY: (None, started),
    Ailment.PREFECT_UNTRIED: (None, version_of_constraints),
    Ailment.PREFECT_LOCKED: (None, signed_in),
    Ailment.PREFECT_NO_PAGES: (None, started_by_us),
    Ailment.PREFECT_OPEN: (None, password_set),
    Ailment.PREFECT_SHOWS_PASSWORD: (
        set_otherwise(PREFECT_SERVER_DOCKET_URL="redis://:secret@127.0.0.1/1"),
        without_password,
    ),
    Ailment.PREFECT_ORIGINS: (set_otherwise(), own_address),
    Ailment.PREFECT_COUNTS: (set_otherwise(), set_as_it_says),
    Ailment.PREFECT_KEEPS_ALL: (set_otherwise(), set_as_it_says),
    Ailment.PREFECT_NO_RETRY: (None, sweeps_with),
    Ailment.PREFECT_KILLS: (None, waits_longer),
}
"""How it happens, where what stands in HAPPENS cannot be cured by what people do, and what they do."""


@pytest.mark.parametrize("ailment", Ailment)
def test_what_it_says_to_do_cures_it(ailment: Ailment, ward: Ward) -> None:
    usual, look = HAPPENS[ailment]
    happen, cure = CURES[ailment]
    (happen or usual)(ward)
    found = ailing(look(ward))[ailment]
    for _ in cure(ward, found) or [None]:
        assert ailment not in ailing(look(ward))
