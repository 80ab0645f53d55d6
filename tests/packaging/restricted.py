"""The real program in a process of its own, in which modules, and names in modules, are missing as on another machine.

Run as a script it takes what is missing and the commands as JSON, and prints what became of each command as JSON.
"""

import asyncio  # noqa: F401 - what Python's own library imports of the hidden modules on this system, it has by now
import contextlib
import getpass  # noqa: F401
import importlib
import io
import json
import shutil  # noqa: F401
import subprocess
import sys
import tempfile  # noqa: F401
from collections.abc import Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    status: int
    out: str
    err: str


class Hidden:
    """A finder that is asked first, and says that these modules are not installed."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = frozenset(names)

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def hide(modules: Sequence[str], names: Mapping[str, Sequence[str]]) -> None:
    for module in [loaded for loaded in sys.modules if loaded.partition(".")[0] in modules]:
        del sys.modules[module]
    sys.meta_path.insert(0, Hidden(modules))  # type: ignore[arg-type]
    for module, missing in names.items():
        for name in missing:
            with contextlib.suppress(AttributeError):  # on a machine that never had it
                delattr(importlib.import_module(module), name)


def command_line(missing: Mapping[str, object], commands: Sequence[Sequence[str]], *, live: bool = False) -> list[str]:
    """The command that runs them; live: the one command's words come as they are said, not as JSON at the end."""
    return [sys.executable, "-u", str(Path(__file__)), json.dumps(missing), json.dumps(commands), str(int(live))]


def run(
    commands: Sequence[Sequence[str]],
    folder: Path,
    *,
    modules: Sequence[str] = (),
    names: Mapping[str, Sequence[str]] | None = None,
    environment: Mapping[str, str],
    encoding: str = "utf-8",
) -> list[Done]:
    """Run commands one after another, in a folder, without these modules, and without these names in others."""
    missing = {"modules": list(modules), "names": dict(names or {}), "encoding": encoding}
    done = subprocess.run(
        command_line(missing, commands), cwd=folder, env=dict(environment), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return [Done(*outcome) for outcome in json.loads(done.stdout)]


@contextlib.contextmanager
def _printed(encoding: str) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """What is printed, through a stream that has the encoding of a terminal or pipe."""
    out, err = io.BytesIO(), io.BytesIO()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = io.TextIOWrapper(out, encoding), io.TextIOWrapper(err, encoding)
    try:
        yield out, err
    finally:
        sys.stdout.detach()  # written out, and `out` is not closed with it
        sys.stderr.detach()
        sys.stdout, sys.stderr = before


def _run_one(words: Sequence[str], encoding: str) -> Done:
    from reviewflow.cli import main

    sys.argv = ["reviewflow", *words]
    with _printed(encoding) as (out, err):
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Done(status, out.getvalue().decode(encoding), err.getvalue().decode(encoding))


if __name__ == "__main__":
    given, asked = json.loads(sys.argv[1]), json.loads(sys.argv[2])
    hide(given["modules"], given["names"])
    if sys.argv[3] == "1":
        from reviewflow.cli import main

        sys.argv = ["reviewflow", *asked[0]]
        main()
    else:
        print(json.dumps([_run_one(words, given["encoding"]) for words in asked]))
