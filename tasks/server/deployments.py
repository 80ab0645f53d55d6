"""Running a deployment of the partnership's own for a case: it gets the reference, and is not waited for."""

from __future__ import annotations

from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound

from reviewflow.service.workspace.errors import NotUsable


def run_for_case(deployment: str, reference: str, key: str) -> None:
    """Ask Prefect to run it; the same key asks once. Raises NotUsable when there is no such deployment."""
    try:
        run_deployment(
            deployment, parameters={"reference": reference}, timeout=0, idempotency_key=key, as_subflow=False
        )
    except ObjectNotFound:
        message = f'Prefect has no deployment "{deployment}". Deploy it, or correct its name in the step.'
        raise NotUsable(message) from None
