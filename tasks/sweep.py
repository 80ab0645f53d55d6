"""What a sweep does, each part once and safe to repeat."""

import os
from datetime import datetime

from prefect import task

from notifications.settings import delivery_from_environment
from reviewflow.service import sweep
from tasks.delivery import work_off
from tasks.office import the_office, this_moment


@task(name="fire", retries=2, retry_delay_seconds=10)
def fire(now: datetime) -> str:
    """Turn every reminder and escalation that has fallen due into notices; says in a sentence what was done."""
    with the_office() as office:
        return f"{sweep.fire(office, now=now)} chased"


@task(name="run automatic steps", retries=2, retry_delay_seconds=10)
def run_automatic_steps(now: datetime) -> str:
    """Open the linked cases that steps ask for; says in a sentence what was done."""
    with the_office() as office:
        return f"{sweep.run_automatic_steps(office, now=now)} cases opened by themselves"


@task(name="deliver", retries=2, retry_delay_seconds=10)
def deliver(now: datetime) -> str:
    """Hand over the notices that wait; says in a sentence what was done."""
    del now  # a letter carries the moment it really goes
    delivery = delivery_from_environment(os.environ)
    with the_office() as office:
        counts = work_off(office, delivery, clock=this_moment)
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    return f"{told or 'nothing to send'} (delivery is {delivery.mode})"
