"""Prefect's flows, and the programs that serve them."""

from __future__ import annotations

import os

from reviewflow.cli.garbage import look_seldom
from reviewflow.cli.logs import begin_logs

look_seldom()
begin_logs(os.environ)  # Prefect has set up its own when it loads a flow, and says its first words soon after
