"""A process with its secrets: `python -m flows.credentials flows.door --port 4280`.

systemd and Compose hand secrets over as files in one folder (CREDENTIALS_DIRECTORY), which nobody else can read. Each
file that is named as a setting becomes that setting; Prefect's password serves its server and whoever asks it.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from collections.abc import Mapping
from pathlib import Path

from reviewflow.cli import main as command

SETTING = re.compile(r"(REVIEWFLOW|PREFECT)_[A-Z_]+")
COMMAND = "reviewflow"
"""In place of a module: the command of that name, with the office's secrets."""
OURS, SERVERS = "PREFECT_API_AUTH_STRING", "PREFECT_SERVER_API_AUTH_STRING"


def secrets_of(folder: Path) -> Mapping[str, str]:
    """The settings that the files of a folder hold; one that is empty counts as not given."""
    files = [path for path in sorted(folder.iterdir()) if SETTING.fullmatch(path.name) and path.is_file()]
    given = {path.name: path.read_text(encoding="utf-8").strip() for path in files}
    if given.get(SERVERS):
        given[OURS] = given[SERVERS]
    return {name: value for name, value in given.items() if value}


def main() -> None:
    """Take the secrets and become the module that is named, with what stands behind its name."""
    _, module, *arguments = sys.argv
    if folder := os.environ.get("CREDENTIALS_DIRECTORY", "").strip():
        os.environ.update(secrets_of(Path(folder)))
    sys.argv = [module, *arguments]
    if module == COMMAND:
        command()
        return
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
