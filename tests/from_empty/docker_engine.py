"""Docker's own engine in podman's place: the page's build and its Compose file, by the programs that the page names."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.from_empty.containers import Engine
from tests.from_empty.images import STAND_INS, environment, make_stand_ins, podman
from tests.from_empty.root import HERE, KEPT, WHEELS, fetch_nothing, give, wheels

NEEDED = {"dockerd": "docker.io", "docker": "docker.io"}
DATA = KEPT / "docker"
"""Images stay there from one time to the next."""
RUN = "/run/reviewflow-docker"
BASE = "python:3.11-slim-bookworm"
STOPPED = 90
"""Seconds until it must have ended, with all its containers."""


def lacking_docker() -> str:
    """What this machine needs for it besides what containers need, in words; '' when all is there."""
    packages = {package for program, package in NEEDED.items() if shutil.which(program) is None}
    return f"not on this machine; on Debian apt-get install {' '.join(sorted(packages))}" if packages else ""


@dataclass(frozen=True)
class Docker(Engine):
    """Types the lines of the page with Docker; its engine lives on a network of ours and changes no firewall."""

    @property
    def socket(self) -> Path:
        return self.folder / "docker.sock"

    def client(self, *words: str) -> Sequence[str]:
        return ["docker", "--host", f"unix://{self.socket}", *words]

    def serving(self) -> Sequence[str]:
        kept = ("--data-root", str(DATA), "--exec-root", RUN, "--pidfile", f"{RUN}.pid")
        alone = ("--bridge=none", "--iptables=false", "--ip6tables=false", "--exec-opt", "native.cgroupdriver=cgroupfs")
        return ["dockerd", "--host", f"unix://{self.socket}", *kept, *alone]

    def build(self, words: Sequence[str]) -> None:
        """By the words of the page, on this machine's network: Debian's mirror is asked, and no registry."""
        with self._at_home():
            give(*self.client("build", "--quiet", "--network", "host", *words), cwd=HERE)

    def prepare(self) -> None:
        """What a registry would bring is stood in for by what podman has made of Debian's packages."""
        make_stand_ins()
        with self._at_home():
            self.clear()
            for name in STAND_INS:
                with subprocess.Popen(
                    podman("save", f"localhost/{name}"), stdout=subprocess.PIPE, env=environment()
                ) as saved:
                    give(*self.client("load", "--quiet"), stdin=saved.stdout)
                give(*self.client("tag", f"localhost/{name}", name))
            self._with_wheels()

    def clear(self) -> None:
        left = give(*self.client("ps", "-aq")).split()
        if left:
            give(*self.client("rm", "-fv", *left))
        for kind in ("volume", "network"):
            give(*self.client(kind, "prune", "-f"))

    def _with_wheels(self) -> None:
        """The base of our image has what pip would fetch, and takes it from there."""
        context = self.folder / "base"
        context.mkdir()
        shutil.copytree(wheels(next((HERE / "var" / "wheel").glob("*.whl"))), context / "wheels")
        fetch_nothing(context / "pip.conf")
        lines = (f"FROM localhost/{BASE}", f"COPY wheels /{WHEELS}", "COPY pip.conf /etc/pip.conf", "")
        (context / "Containerfile").write_text("\n".join(lines), encoding="utf-8")
        give(*self.client("build", "--quiet", "-t", BASE, "-f", str(context / "Containerfile"), str(context)))

    @contextmanager
    def _at_home(self) -> Iterator[None]:
        """The engine on this machine's own network, in which nothing is published."""
        with self.running(self.serving()):
            yield
