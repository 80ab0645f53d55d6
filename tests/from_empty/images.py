"""Images for podman: ours by deploy/Containerfile, and Debian's programs for those that a registry would bring."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.from_empty.root import ARCHIVES, HERE, KEPT, WHEELS, empty, fetch_nothing, give

STORE = KEPT / "podman"
RUN = "/run/reviewflow-podman"
"""What podman keeps while it runs; it takes no long name."""
INSTALLED = (
    "RUN cp /kept/*.deb /var/cache/apt/archives; apt-get update -qq && apt-get install -y -qq --no-install-recommends"
)
BEGIN = """#!/bin/bash
# What the page of the PostgreSQL image says of POSTGRES_USER, POSTGRES_DB, trust and initdb.d.
set -euo pipefail
data=/var/lib/postgresql/data as=(setpriv --reuid=postgres --regid=postgres --init-groups)
install -d -o postgres -g postgres -m 700 "$data"
install -d -o postgres -g postgres -m 3775 /var/run/postgresql
if [ ! -s "$data/PG_VERSION" ]; then
    "${as[@]}" initdb -D "$data" -U "$POSTGRES_USER" --auth="$POSTGRES_HOST_AUTH_METHOD" -E UTF8
    "${as[@]}" pg_ctl -D "$data" -o "${*:2} -c listen_addresses=" -w start
    [ "$POSTGRES_DB" = postgres ] || "${as[@]}" createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
    for file in /docker-entrypoint-initdb.d/*.sql; do
        "${as[@]}" psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f "$file"
    done
    "${as[@]}" pg_ctl -D "$data" -m fast -w stop
fi
exec "${as[@]}" "$@" -D "$data"
"""
STAND_INS: Mapping[str, Sequence[str]] = {
    "python:3.11-slim-bookworm": [f"{INSTALLED} python3 python3-venv && ln -s python3 /usr/bin/python"],
    # the real one asks for this right too, and keeps a folder of root's where certificates go
    "caddy:2": [
        f"{INSTALLED} caddy libcap2-bin && setcap cap_net_bind_service=+ep /usr/bin/caddy && install -d /data/caddy"
    ],
    "postgres:15": [
        # its user, as in the image that a registry has
        "RUN groupadd -r -o -g 999 postgres && useradd -r -g postgres -u 999 -d /var/lib/postgresql postgres",
        f"{INSTALLED} postgresql postgresql-contrib",
        "ENV PATH=/usr/lib/postgresql/15/bin:$PATH",
        "COPY begin /begin",
        'ENTRYPOINT ["/begin"]',
    ],
    "valkey/valkey:8": [f"{INSTALLED} redis-server && ln -s redis-server /usr/bin/valkey-server"],
}
SETTINGS = """[containers]
default_ulimits = ["nofile=1024:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
compat_api_enforce_docker_hub = false
"""
"""As a container of its own may have them: this machine is one, in which nobody may raise a limit. A name without a
place is that of an image that is here."""


def podman(*words: str) -> Sequence[str]:
    """The words of a command that keeps everything in a place of ours."""
    return ["podman", "--root", str(STORE / "storage"), "--runroot", RUN, *words]


def environment() -> Mapping[str, str]:
    """With settings of ours."""
    STORE.mkdir(parents=True, exist_ok=True)
    settings = STORE / "containers.conf"
    settings.write_text(SETTINGS, encoding="utf-8")
    return {**os.environ, "CONTAINERS_CONF": str(settings)}


def make_stand_ins() -> None:
    """Once; afterwards they are kept."""
    if not _has("localhost/empty"):
        with subprocess.Popen(["tar", "-C", str(empty()), "-c", "."], stdout=subprocess.PIPE) as packed:
            give(*podman("import", "-", "localhost/empty"), stdin=packed.stdout, env=environment())
    for name, lines in STAND_INS.items():
        if _has(f"localhost/{name}"):
            continue
        folder = STORE / "stand-in"
        folder.mkdir(exist_ok=True)
        (folder / "begin").write_text(BEGIN, encoding="utf-8")
        (folder / "begin").chmod(0o755)
        (folder / "Containerfile").write_text("\n".join(["FROM localhost/empty", *lines, ""]), encoding="utf-8")
        kept = f"{empty() / ARCHIVES}:/kept:ro"
        give(*podman(*_BUILD, "-v", kept, "-t", f"localhost/{name}", str(folder)), env=environment())


def build(words: Sequence[str], wheels: Path) -> None:
    """Ours, by the words that the page has people type; what pip would fetch lies in a folder."""
    pip = STORE / "pip.conf"
    fetch_nothing(pip)
    given = ["-v", f"{wheels}:/{WHEELS}:ro", "-v", f"{pip}:/etc/pip.conf:ro"]
    give(*podman(*_BUILD, *given, *words), cwd=HERE, env=environment())


_BUILD = ("build", "--quiet", "--network", "host", "--pull=never")


def _has(name: str) -> bool:
    asked = podman("image", "exists", name)
    return subprocess.run(asked, env=environment(), check=False, timeout=60).returncode == 0
