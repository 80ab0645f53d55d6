"""The picture of a case. `tasks.case_picture` draws it; nothing ever needs to run."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed


@flow(name="case", log_prints=False)
def case() -> State[None]:
    """Say that this is a picture."""
    message = "This run is only a picture of a case. Running it changes nothing; the next sweep draws it again."
    return Completed(name="Only a picture", message=message)
