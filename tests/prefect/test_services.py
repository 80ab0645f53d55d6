"""A service of Prefect that cannot begin, as when its database is not there yet, begins once it can.

What is Prefect's server is imported when a test runs: it would be read wherever tests are collected.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partialmethod
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from prefect.server.events.services.triggers import ReactiveTriggers


class Begins:
    """Stands in for how the watch for automations begins: it cannot so many times."""

    def __init__(self, fails: int) -> None:
        self.fails, self.tried, self.begun = fails, 0, asyncio.Event()

    async def __call__(self, service: ReactiveTriggers) -> None:
        assert service.consumer_task is None, "Reactive triggers already started"
        self.tried += 1
        service.consumer_task = asyncio.get_running_loop().create_future()  # type: ignore[assignment]
        if self.tried <= self.fails:
            raise TimeoutError
        self.begun.set()
        await asyncio.get_running_loop().create_future()


@pytest.fixture
def unpatched(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Prefect's services as they come, whatever a test makes of them."""
    from prefect.server.services.base import Service

    from flows import services

    for service in Service.all_services():
        monkeypatch.setattr(service, "start", service.start)
    monkeypatch.setattr(services, "AGAIN_AFTER", 0)
    yield monkeypatch
    monkeypatch.undo()


async def tries(monkeypatch: pytest.MonkeyPatch, fails: int) -> int:
    """How often it was tried until it began, or was over."""
    from prefect.server.events.services.triggers import ReactiveTriggers

    from flows.services import begin_again

    begins = Begins(fails)
    monkeypatch.setattr(ReactiveTriggers, "start", partialmethod(begins))
    if fails:
        begin_again()
    running = asyncio.create_task(ReactiveTriggers().start())
    await asyncio.wait({running, asyncio.create_task(begins.begun.wait())}, return_when=asyncio.FIRST_COMPLETED)
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    return begins.tried


def test_it_begins_once_it_can(unpatched: pytest.MonkeyPatch) -> None:
    assert asyncio.run(asyncio.wait_for(tries(unpatched, 0), 10)) == 1
    assert asyncio.run(asyncio.wait_for(tries(unpatched, 3), 10)) == 4


def test_prefect_itself_begins_each_once_and_lives_on_without(unpatched: pytest.MonkeyPatch) -> None:
    """When this fails, `begin_again` can go."""
    from prefect.server.events.services.triggers import ReactiveTriggers
    from prefect.server.services.base import Service

    async def left() -> tuple[int, bool]:
        begins = Begins(1)
        unpatched.setattr(ReactiveTriggers, "start", partialmethod(begins))
        unpatched.setattr(ReactiveTriggers, "stop", lambda _: asyncio.sleep(0))
        unpatched.setattr(Service, "enabled_services", classmethod(lambda _: [ReactiveTriggers]))
        async with Service.running():
            for _ in range(20):
                await asyncio.sleep(0)
        return begins.tried, begins.begun.is_set()

    assert asyncio.run(left()) == (1, False)
