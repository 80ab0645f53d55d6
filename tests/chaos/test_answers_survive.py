"""A small slice of `make chaos`: the answer pages with what they stand on, killed while agencies answer."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from notifications.deliver import deliver_letters
from notifications.settings import delivery_from_environment
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.door.key import Door
from reviewflow.service.sweep.chase import chase_due_items
from tests.chaos import machines as m
from tests.chaos import store
from tests.chaos.office import Toyshire, definitions, post_office
from tests.chaos.parts import ended_at_last, start_all
from tests.chaos.people import Agencies, Seen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(bool(store.missing()), reason=store.missing()),
]
CASES = 6
KILLED = (m.DOORS[:1], m.DOORS, ("PostgreSQL",), ("proxy",))
AWAY, OUR_PAGE = "Please try again in a minute", "We cannot be reached"
PATIENCE = 60.0


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short, for the socket, and open to PostgreSQL's own user."""
    made = Path(tempfile.mkdtemp(prefix="chaos-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def test_no_answer_that_was_confirmed_is_lost_or_counts_twice(folder: Path) -> None:
    with post_office() as (mail, smtp):
        machines = m.machines(folder, smtp, definitions(folder))
        parts, letters = machines.parts, machines.environment["REVIEWFLOW_PUBLIC_URL"]
        with ended_at_last(parts):
            start_all([parts["PostgreSQL"]])
            url = store.make_database(machines.ports["PostgreSQL"], "reviewflow")
            environment = {**machines.environment, **secrets(folder), "REVIEWFLOW_DATABASE": url}
            office = Toyshire(environment, folder / "behind", mail)
            office.set_clock(datetime.now(UTC).replace(hour=10))
            office.set_up()
            office.open(CASES)
            start_all([parts[name] for name in (*m.DOORS, "proxy")])
            addresses, agencies = letters_of(office, letters), Agencies(Seen())
            door = Door(letters, (store.PASSWORD * 3,))
            assert len(addresses) == 2 * CASES
            assert office.returns(door) == addresses
            answering = threading.Thread(target=answer, args=(agencies, addresses), daemon=True)
            answering.start()
            words = [killed(machines, names, addresses[-1]) for names in KILLED]
            answering.join(PATIENCE)
            assert sorted(agencies.acknowledged) == sorted(addresses)
            assert office.harms(agencies.acknowledged, [], door) == []
    assert words[:2] == ["", AWAY]
    assert words[2] in {AWAY, OUR_PAGE}  # before and after the proxy has seen that no page is ready
    assert words[3] == ""


def secrets(folder: Path) -> dict[str, str]:
    """What the parts are handed as files."""
    return {name: (folder / name).read_text() for name in ("REVIEWFLOW_MAIL_URL", "REVIEWFLOW_DOOR_KEY")}


def letters_of(office: Toyshire, site: str) -> list[str]:
    """Chase and send, as a sweep does; the addresses in the letters."""
    with office.workspace() as workspace:
        chase_due_items(workspace, now=office.now)
        mode = delivery_mode(workspace, office.environment).mode
        delivery = delivery_from_environment(office.environment, mode, workspace.partnership.channels)
        deliver_letters(workspace, delivery, clock=lambda: office.now)
    return office.addresses(site)


def answer(agencies: Agencies, addresses: list[str]) -> None:
    for address in addresses:
        agencies.answer(address, time.monotonic() + PATIENCE)
        time.sleep(0.3)


def killed(machines: m.Machines, names: tuple[str, ...], address: str) -> str:
    """Kill these parts and bring them back; what is said meanwhile in place of a page, '' where one or none comes."""
    for name in names:
        machines.parts[name].kill()
    try:
        seen = httpx.get(address, timeout=20)
    except httpx.HTTPError:
        seen = None
    start_all([machines.parts[name] for name in names])
    if seen is None or seen.is_success:
        return ""
    return next((known for known in (AWAY, OUR_PAGE) if known in seen.text), seen.text)
