"""What people, and the sweep, ask of a case. `handlers.table` says which handler carries out which.

A module a family of commands, with their union; `command.Command` is one of them all. A command is words and days, and
decides nothing: whether it is allowed, and what follows from it, is its handler's.
"""

from __future__ import annotations

from reviewflow.case.model.commands.cases import *  # noqa: F403 - a command is named where it is declared, and nowhere again
from reviewflow.case.model.commands.command import Command
from reviewflow.case.model.commands.contacts import *  # noqa: F403
from reviewflow.case.model.commands.correspondence import *  # noqa: F403
from reviewflow.case.model.commands.days import *  # noqa: F403
from reviewflow.case.model.commands.legal_holds import *  # noqa: F403
from reviewflow.case.model.commands.links import *  # noqa: F403
from reviewflow.case.model.commands.work import *  # noqa: F403

__all__ = ["Command"]
