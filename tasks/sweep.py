"""What a sweep does, each part once and safe to repeat."""

from datetime import datetime

from prefect import task


@task(name="fire", retries=2, retry_delay_seconds=10)
def fire(now: datetime) -> str:
    """Turn every reminder and time limit that has fallen due into notices; says in a sentence what was done."""
    raise NotImplementedError


@task(name="run automatic steps", retries=2, retry_delay_seconds=10)
def run_automatic_steps(now: datetime) -> str:
    """Do the automatic steps that are ready; says in a sentence what was done."""
    raise NotImplementedError


@task(name="deliver", retries=2, retry_delay_seconds=10)
def deliver(now: datetime) -> str:
    """Hand over the notices that wait; says in a sentence what was done."""
    raise NotImplementedError
