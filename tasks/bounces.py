"""Mail that came back after it had been taken over, as Prefect tasks: looked for once a sweep."""

from __future__ import annotations

import os
from datetime import datetime

from prefect import task

from notifications.bounces.collect import ask_about_losses, look_for_bounces
from notifications.settings import delivery_from_environment
from reviewflow.service.delivery.mode import delivery_mode
from tasks.office import the_workspace


@task(name="collect bounces")
def collect_bounces(now: datetime) -> str:
    """Look through the bounce mailbox; says in a sentence what was found. What fails, the next sweep tries again."""
    with the_workspace() as workspace:
        return look_for_bounces(workspace, os.environ, delivery_mode(workspace, os.environ).mode, now=now)


@task(name="ask services")
def ask_services(now: datetime) -> int:
    """How many letters GOV.UK Notify has given up in the last days, also those that are recorded already."""
    with the_workspace() as workspace:
        mode = delivery_mode(workspace, os.environ).mode
        delivery = delivery_from_environment(os.environ, mode, workspace.partnership.channels)
        return ask_about_losses(workspace, delivery, now=now)
