"""A look for mail that came back, without Prefect, which takes longer to import than to look: `reviewflow bounces`."""

from __future__ import annotations

import os
import sys

from notifications.bounce import NoAnswer
from notifications.bounces.collect import ask_about_losses, look_for_bounces
from notifications.bounces.imap import Unreachable
from notifications.settings import delivery_from_environment
from reviewflow.service.delivery.mode import delivery_mode
from tasks.office import as_command, the_workspace, this_moment


def main() -> int:
    """Look once, outside a sweep, and say what was found; 1 when there is something to put right."""
    now = this_moment()
    with the_workspace() as workspace:
        mode = delivery_mode(workspace, os.environ).mode
        try:
            print(f"{look_for_bounces(workspace, os.environ, mode, now=now)}.")  # noqa: T201 - what the command is for
            delivery = delivery_from_environment(os.environ, mode, workspace.partnership.channels)
            print(f"Given up by GOV.UK Notify in the last days: {ask_about_losses(workspace, delivery, now=now)}.")  # noqa: T201
        except (Unreachable, NoAnswer) as trouble:
            print(trouble, file=sys.stderr)  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(as_command(main))
