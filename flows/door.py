"""The answer pages as a process: `python -m flows.door --port 4280`. On this machine alone; a proxy stands before it.

Where the proxy is on another machine, `--host` says at which address it reaches this one. Nobody else is to reach it.

It logs no address that it was asked for: each opens a page.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Mapping
from datetime import datetime

import uvicorn
from starlette.types import ASGIApp

from flows.middleware.log_lines import Logged, log_options
from notifications.letters.letter import Letter
from notifications.outcome import DeliveryStatus
from notifications.routes import Going, mail_channel
from notifications.send import send
from notifications.settings import delivery_from_environment
from reviewflow.cli.logs import begin_logs
from reviewflow.cli.server.parent import end_with_parent
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.door.key import Door, local_door
from reviewflow.service.workspace.errors import SettingsError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.web.app import make_app
from reviewflow.web.codes import Codes
from reviewflow.web.kept_office import KeptOffice
from reviewflow.web.office import Office
from tasks.boards.board_behind import BoardBehind
from tasks.office import the_workspace, this_moment

HOST = "127.0.0.1"
TURN = 0.0005
"""Seconds after which one thread gives way to another, a tenth of what Python takes by itself.

An answer asks the database a dozen times, and after each it waits so long while a page of the board is drawn beside it.
"""


def application(workspace: Workspace, environ: Mapping[str, str], port: int, host: str = HOST) -> ASGIApp:
    """The pages of an office; raises SettingsError when the environment does not say where they are."""
    door = local_door(environ) or Door(f"http://{HOST}:{port}", ())
    if not door.keys:
        raise SettingsError("Neither REVIEWFLOW_PUBLIC_URL nor REVIEWFLOW_LOCAL_URL says where the answer pages are.")
    office = KeptOffice(workspace)

    def mail(address: str, subject: str, text: str) -> bool:
        with office.open() as as_it_is:
            return send_at_once(as_it_is, address, subject, text, environ, now=this_moment())

    board = BoardBehind(office.open).start()
    return make_app(Office(office.open, door, this_moment, Codes(door, mail), board.follow), hosts={f"{host}:{port}"})


def send_at_once(
    workspace: Workspace, address: str, subject: str, text: str, environ: Mapping[str, str], *, now: datetime
) -> bool:
    """Send a letter with a code now, as other letters leave: to the folder in test mode; whether it was taken over."""
    channels = workspace.partnership.channels
    mode = delivery_mode(workspace, environ).mode
    delivery = delivery_from_environment(environ, mode, channels, because="A code is mailed at once")
    channel = mail_channel(channels, Going((), urgent=True, since=now), now=now)
    letter = Letter(f"CODE-{secrets.token_hex(4).upper()}", address, subject, text)
    return send(letter, delivery.through(channel), now=now).verdict in {DeliveryStatus.SENT, DeliveryStatus.HELD}


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default=HOST)
    chosen = parser.parse_args()
    end_with_parent(os.environ)
    sys.setswitchinterval(TURN)
    as_json = begin_logs(os.environ)
    with the_workspace() as workspace:
        app = Logged(application(workspace, os.environ, chosen.port, chosen.host))
        uvicorn.run(
            app,
            host=chosen.host,
            port=chosen.port,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=5,
            **log_options(as_json=as_json),
        )


if __name__ == "__main__":
    main()
