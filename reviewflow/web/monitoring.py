"""For whoever watches: whether this process lives, whether it can serve, and figures as Prometheus reads them.

Figures are given to this machine alone: not through a proxy, and under no public name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address

from fastapi import FastAPI, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from reviewflow.case.rules.forecast import Verdict
from reviewflow.service.health.figures import OfficeFigures, forecast_figures, office_figures, why_not_ready
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.web.office import Office, unknown

AGAIN = timedelta(minutes=5)
"""After which forecasts are worked out anew: they take a moment a case, and a monitor may ask each few seconds."""
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


@dataclass
class KeptForecasts:
    """The words of all forecasts, as they were worked out within the last minutes."""

    made: datetime | None = None
    counts: Mapping[Verdict, int] = field(default_factory=dict)

    def counted(self, workspace: Workspace, now: datetime) -> Mapping[Verdict, int]:
        """By word."""
        if self.made is None or not self.made <= now < self.made + AGAIN:
            self.made, self.counts = now, forecast_figures(workspace, now=now)
        return self.counts


@dataclass(frozen=True, eq=False)
class FigureCollector(Collector):
    """The figures of one moment, as the library takes them."""

    office: OfficeFigures
    forecasts: Mapping[Verdict, int]

    def collect(self) -> Iterator[Metric]:
        """Each with its words."""
        office = self.office
        yield _number("open_cases", "Cases that are open", office.open_cases)
        yield _by(
            "items", "What is owed in open cases", "state", {"open": office.open_items, "late": office.late_items}
        )
        yield _by("messages", "Messages by what became of them", "outcome", office.messages)
        yield _by(
            "forecasts",
            "Time limits of open cases by what is foreseen",
            "word",
            {str(verdict): number for verdict, number in self.forecasts.items()},
        )
        yield _number("trouble", "What failed and was set aside", office.trouble)
        yield _number("failed_sign_ins", "Sign-ins that failed at the proxy within a day", office.failed_sign_ins)
        ages = {"queue": office.queue_age, "last_good_sweep": office.sweep_age, "backup": office.backup_age}
        for name, age in ages.items():
            if age is not None:
                yield _number(f"{name}_age_seconds", f"{AGES[name]}, in seconds", age)


AGES = {
    "queue": "For how long a message has been due that has been for longest",
    "last_good_sweep": "Since the last sweep of which no part failed",
    "backup": "Since the newest backup",
}


def add_monitoring(app: FastAPI, office: Office) -> None:
    """/health, /ready and /metrics."""
    kept = KeptForecasts()

    @app.get("/health")
    def health() -> Response:
        return Response("up", media_type="text/plain")

    @app.get("/ready")
    def ready() -> Response:
        with office.open() as workspace:
            why = why_not_ready(workspace.store)
        return Response(why or "ready", 503 if why else 200, media_type="text/plain")

    @app.get("/metrics")
    def metrics(request: Request) -> Response:
        if not is_from_here(request):
            return unknown(office)
        now, registry = office.clock(), CollectorRegistry()
        with office.open() as workspace:
            registry.register(FigureCollector(office_figures(workspace, now=now), kept.counted(workspace, now)))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def is_from_here(request: Request) -> bool:
    """Whether a program on this machine asks by itself: a proxy hands on who asked, or the name it was asked by."""
    if any(name in request.headers for name in FORWARDED):
        return False
    host = request.headers.get("host", "").rpartition(":")[0].strip("[]")
    return host == "localhost" or _is_loopback(host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _number(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"reviewflow_{name}", words, value=value)


def _by(name: str, words: str, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(f"reviewflow_{name}", words, labels=[label])
    for value, number in values.items():
        family.add_metric([value.replace(" ", "_")], number)
    return family
