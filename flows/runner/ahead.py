"""What each run would read and make ready for itself, read once before runs are forked.

More than half of what a submitted form cost the processor was the same for every form: the templates of the board,
modules that are imported where they are first used, and Prefect's models, which become whole when one is first read.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import anyio
from prefect.client.schemas.actions import FlowRunUpdate, LogCreate
from prefect.client.schemas.objects import ConcurrencyLeaseHolder, FlowRun, FlowRunPolicy, ServerDefaultResultStorage
from prefect.client.schemas.responses import DeploymentResponse
from prefect.events import Event
from prefect.events.filters import EventFilter, EventIDFilter, EventNameFilter, EventOccurredFilter
from pydantic import BaseModel

from reviewflow.service.board.pages.rendering import read_templates
from reviewflow.service.workspace.database import DATABASE

LATE = (
    "anyio.streams.memory",
    "anyio.streams.stapled",
    "anyio.streams.tls",
    "prefect.task_engine",
    "prefect.utilities.visualization",
    "reviewflow.privacy.screening",
)
"""Imported by a run where it first needs them."""
MODELS: tuple[type[BaseModel], ...] = (
    ConcurrencyLeaseHolder,
    DeploymentResponse,
    Event,
    EventFilter,
    EventIDFilter,
    EventNameFilter,
    EventOccurredFilter,
    FlowRun,
    FlowRunPolicy,
    FlowRunUpdate,
    LogCreate,
    ServerDefaultResultStorage,
)
"""Prefect's, of which each run reads or writes one."""


def read_ahead(environ: Mapping[str, str]) -> None:
    """Have all that ready; no thread is begun by it, and nothing stays open."""
    driver = "postgresql" if environ.get(DATABASE, "").startswith("postgresql") else "sqlite"
    for module in (*LATE, f"reviewflow.store.drivers.{driver}"):
        import_module(module)
    for model in MODELS:
        model.model_rebuild()
    read_templates()
    anyio.run(anyio.sleep, 0)  # what Prefect's client waits with is imported by the first that waits
