"""An office whose messages go out, as two people would have switched it."""

import os
from datetime import UTC, datetime

from reviewflow.service.delivery.mode import switch
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import open_workspace


def let_messages_out() -> None:
    """In the database that the environment names."""
    with open_workspace(os.environ) as workspace:
        switch(workspace, Mode.LIVE, by="A. Manager", now=datetime(2026, 5, 5, tzinfo=UTC))
