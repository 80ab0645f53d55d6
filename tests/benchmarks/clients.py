"""Those who answer over HTTP: each keeps its connection, and comes from a place of its own as behind a proxy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from time import perf_counter, sleep

from tests.benchmarks.answering import Owed

EIGHT = 8
PATIENCE = 60
RECORDED, SHOWN = 303, 200
_PLACES = count()


class Client:
    """One of those who answer."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def look(self, owed: Owed) -> str:
        """The page, as it is shown."""
        return self._ask("GET", owed, SHOWN)

    def answer(self, owed: Owed) -> None:
        """Send the form; it has been recorded when this returns."""
        self._ask("POST", owed, RECORDED)

    def visit(self, owed: Owed) -> None:
        """Look at the page, send the form, and read what it says then."""
        self.look(owed)
        self.answer(owed)
        self.look(owed)

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, owed: Owed, expected: int) -> str:
        number = next(_PLACES)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        self._connection.request(method, owed.path, owed.body if method == "POST" else None, headers)
        reply = self._connection.getresponse()
        text = reply.read().decode()
        assert reply.status == expected, f"{method}: {reply.status}\n{text}"
        return text


def by_eight(port: int, owed: Sequence[Owed], act: Callable[[Client, Owed], object]) -> float:
    """Seconds in which eight clients do this with all that is owed, each one after the other."""

    def work(number: int) -> None:
        client = Client(port)
        for each in owed[number::EIGHT]:
            act(client, each)
        client.close()

    began = perf_counter()
    with ThreadPoolExecutor(EIGHT) as pool:
        list(pool.map(work, range(EIGHT)))
    return perf_counter() - began


def evenly(port: int, owed: Sequence[Owed], seconds_each: float) -> list[float]:
    """Seconds that each answer took, when one is due every so many seconds; counted from when it was due."""
    begins = perf_counter() + 0.1

    def work(number: int) -> list[float]:
        client, took = Client(port), []
        for place in range(number, len(owed), EIGHT):
            due = begins + place * seconds_each
            sleep(max(0.0, due - perf_counter()))
            client.answer(owed[place])
            took.append(perf_counter() - due)
        client.close()
        return took

    with ThreadPoolExecutor(EIGHT) as pool:
        return [seconds for each in pool.map(work, range(EIGHT)) for seconds in each]
