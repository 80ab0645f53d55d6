"""The gate as a process: `python -m flows.gate --port 4290`. On this machine alone; the proxy asks it.

It must be one process: two could keep two people's answers to one form.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import uvicorn

from reviewflow.service.board.place import board_folder
from reviewflow.service.workspace.errors import SettingsError
from reviewflow.web.gate.app import Gate, gate_secret, make_gate
from reviewflow.web.gate.passing_on import PrefectBehindGate
from reviewflow.web.gate.roles import ROLES_FILE, read_roles
from reviewflow.web.kept_office import KeptOffice
from tasks.office import the_workspace, this_moment

HOST = "127.0.0.1"


def main() -> None:
    """Answer the proxy until told to stop; a request that cannot be judged is not let through."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    if not os.environ.get(ROLES_FILE, "").strip():
        raise SettingsError(f"{ROLES_FILE} does not say which file says who may what.")
    roles, secret = Path(os.environ[ROLES_FILE]), gate_secret(os.environ)
    read_roles(roles)
    with the_workspace() as workspace:
        prefect = PrefectBehindGate(os.environ.get("PREFECT_API_URL", "http://127.0.0.1:4200/api"))
        app = make_gate(Gate(KeptOffice(workspace).open, roles, board_folder(os.environ), secret, this_moment, prefect))
        uvicorn.run(app, host=HOST, port=port, access_log=False, log_level="warning", server_header=False)


if __name__ == "__main__":
    main()
