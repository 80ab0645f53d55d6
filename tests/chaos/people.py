"""Who answers meanwhile, and what they see: agencies on the pages of their letters, officers in Prefect, onlookers."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.deploy.one_machine import PASSWORD

RETURN = {"f.kind": "summary", "f.quality_assured": "yes", "done_on-day": ""}
READ = {"enough": "Yes", "answered_by": "The officer"}
RECORDED, ANSWERED_BEFORE = 303, 409
AGAIN_AFTER = 1.5
NO_ANSWER = "no answer: the line broke, or nobody listens"
TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.DOTALL)
Sight = tuple[str, int, str]
"""Who saw it, the status (0: there was no answer), and the words."""


@dataclass
class Seen:
    """What people saw that was not what they wanted, since it was last told."""

    counts: Counter[Sight] = field(default_factory=Counter)
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, who: str, answer: httpx.Response | None, *wanted: int) -> None:
        """Count one look; with no answer, None."""
        with self.lock:
            self.asked += 1
            if answer is None or answer.status_code not in wanted:
                self.counts[(who, answer.status_code if answer is not None else 0, words_of(answer))] += 1

    def told(self) -> tuple[int, Counter[Sight]]:
        """How often anybody looked and what they saw, and begin anew."""
        with self.lock:
            told = self.asked, self.counts
            self.asked, self.counts = 0, Counter()
        return told


def words_of(answer: httpx.Response | None) -> str:
    """What stands on the page, in short."""
    if answer is None:
        return NO_ANSWER
    if answer.headers.get("content-type", "").startswith("application/json"):
        body = answer.json()
        return str(body.get("detail") or body.get("exception_message") or body)[:90] if isinstance(body, dict) else ""
    title = TITLE.search(answer.text)
    return (title[1] if title else answer.text.strip()[:90]) or "an empty page"


def ask(
    seen: Seen, who: str, client: httpx.Client, method: str, url: str, *wanted: int, **body: Any
) -> httpx.Response | None:
    """Ask once; what came, None when nothing did."""
    try:
        answer = client.request(method, url, **body)
    except httpx.HTTPError:
        answer = None
    seen.note(who, answer, *wanted)
    return answer


@dataclass
class Agencies:
    """They open the address in a letter and send the form, again and again until the page says that it has it."""

    seen: Seen
    acknowledged: list[str] = field(default_factory=list)
    """Addresses whose answer the page confirmed."""

    def answer(self, address: str, until: float) -> bool:
        """Whether it was taken before that moment of the monotonic clock."""
        with httpx.Client(timeout=20) as client:
            while time.monotonic() < until:
                page = ask(self.seen, "agency", client, "GET", address, 200)
                if page is not None and page.is_success:
                    sent = ask(self.seen, "agency", client, "POST", address, RECORDED, ANSWERED_BEFORE, data=RETURN)
                    if sent is not None and sent.status_code in {RECORDED, ANSWERED_BEFORE}:
                        self.acknowledged.append(address)
                        return True
                time.sleep(AGAIN_AFTER)
        return False


@dataclass
class Officers:
    """They answer forms in Prefect, through the proxy under their name."""

    seen: Seen
    site: str
    acknowledged: list[str] = field(default_factory=list)
    """Work items whose form Prefect took."""
    runs: list[str] = field(default_factory=list)
    """The runs of these forms, in the same order."""

    def client(self, name: str = "olaf") -> httpx.Client:
        """The office as one of them has it."""
        return httpx.Client(base_url=self.site, auth=(name, PASSWORD), timeout=30)

    def waiting(self, client: httpx.Client) -> list[dict[str, Any]]:
        """Runs that wait with the form of a return that is to be read."""
        wanted = {"flow_runs": {"state": {"type": {"any_": ["PAUSED"]}}}, "limit": 200}
        listed = ask(self.seen, "officer", client, "POST", "/api/flow_runs/filter", 200, json=wanted)
        runs = listed.json() if listed is not None and listed.is_success else []
        return [run for run in runs if "/read/" in run["parameters"].get("item", "")]

    def answer(self, client: httpx.Client, run: dict[str, Any]) -> bool:
        """Press Resume once; whether Prefect took it."""
        path, item = f"/api/flow_runs/{run['id']}/resume", run["parameters"]["item"]
        taken = ask(self.seen, "officer", client, "POST", path, 200, 201, json={"run_input": READ})
        if taken is not None and taken.is_success and taken.json().get("status") == "ACCEPT":
            self.acknowledged.append(item)
            self.runs.append(run["id"])
            return True
        return False

    def answer_all(self, most: int, until: float) -> int:
        """Answer so many of what waits, as far as time lasts; how many were taken."""
        taken = 0
        with self.client() as client:
            while time.monotonic() < until and taken < most:
                for run in self.waiting(client)[: most - taken]:
                    taken += self.answer(client, run)
                    time.sleep(AGAIN_AFTER)
                time.sleep(AGAIN_AFTER)
        return taken


class Onlookers:
    """A viewer who looks at the list of runs and at Prefect's page, and an agency at a letter, twice a second."""

    def __init__(self, seen: Seen, site: str, address: str) -> None:
        self._seen, self._site, self._address = seen, site, address
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Onlookers:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(30)

    def _look(self) -> None:
        body = {"limit": 5, "sort": "ID_DESC"}
        with httpx.Client(auth=("vera", PASSWORD), timeout=15) as client, httpx.Client(timeout=15) as outside:
            while not self._over.wait(0.7):
                ask(self._seen, "viewer", client, "POST", f"{self._site}/api/flow_runs/filter", 200, json=body)
                ask(self._seen, "viewer", client, "GET", f"{self._site}/runs", 200, headers={"Accept": "text/html"})
                if self._address:
                    ask(self._seen, "agency", outside, "GET", self._address, 200)
