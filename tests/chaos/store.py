"""PostgreSQL and Valkey as deploy/several-machines sets them, on ports of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from reviewflow.cli.server.ports import free_port
from tests.chaos.parts import Part

DEPLOY = Path(__file__).parents[2] / "deploy" / "several-machines"
PASSWORD = "of-the-chaos-alone"
DEBIANS = Path("/usr/lib/postgresql")
OWNER = "postgres"
"""Whose server it is where root runs this: PostgreSQL refuses to be root's."""


def missing() -> str:
    """What this machine needs for it, in words; '' when all is there."""
    needed = {"postgresql": programs() is not None, "valkey-server or redis-server": valkey_program() is not None}
    needed["caddy"] = shutil.which("caddy") is not None
    names = [name for name, is_there in needed.items() if not is_there]
    return f"not on this machine: {', '.join(names)}; on Debian and Ubuntu apt-get install brings them" if names else ""


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, of Debian's newest version."""
    folders = sorted(DEBIANS.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    found = folders[-1] if folders else shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def valkey_program() -> str | None:
    """Valkey, or Redis where Debian has no Valkey yet."""
    return shutil.which("valkey-server") or shutil.which("redis-server")


def postgresql(folder: Path) -> tuple[Part, int]:
    """A server with a user and a password, made anew, and its port; not started yet."""
    binaries, port, user = programs(), free_port(), OWNER if os.getuid() == 0 else None
    assert binaries is not None
    data = folder / "postgresql"
    data.mkdir()
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    if user:
        for path in (data, folder / "password"):
            shutil.chown(path, user)
    words = ["-D", str(data), "-U", "office", "-A", "scram-sha-256", "--pwfile", str(folder / "password"), "-E", "UTF8"]
    subprocess.run(
        [str(binaries / "initdb"), *words], user=user, check=True, capture_output=True, cwd=data, timeout=120
    )
    log = folder / "postgresql.log"
    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={data}", "max_connections=100"]
    command = [str(binaries / "postgres"), "-D", str(data), *(word for text in settings for word in ("-c", text))]
    return Part(
        "PostgreSQL", command, {"PATH": os.environ["PATH"], "TZ": "UTC"}, log, lambda: takes(url_of(port)), user
    ), port


def url_of(port: int, database: str = "postgres") -> str:
    return f"postgresql://office:{PASSWORD}@127.0.0.1:{port}/{database}"


def takes(url: str) -> bool:
    """Whether it answers a question."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.Error:
        return False


def make_database(port: int, name: str) -> str:
    """An empty database of its own; its address."""
    import psycopg

    with psycopg.connect(url_of(port), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return url_of(port, name)


def valkey(folder: Path) -> tuple[Part, int]:
    """Valkey with the settings of deploy/ but for its address, and its port; not started yet."""
    program, port = valkey_program(), free_port()
    assert program is not None
    (folder / "valkey").mkdir()
    (folder / "users.acl").write_text(f"user default on >{PASSWORD} ~* &* +@all\n", encoding="utf-8")
    text = (DEPLOY / "valkey.conf").read_text(encoding="utf-8")
    for shipped, ours in {
        "bind 10.80.0.10": "bind 127.0.0.1",
        "port 6379": f"port {port}\ndir {folder / 'valkey'}",
        "/etc/valkey/users.acl": str(folder / "users.acl"),
    }.items():
        assert shipped in text
        text = text.replace(shipped, ours)
    (folder / "valkey.conf").write_text(text, encoding="utf-8")
    command = [program, str(folder / "valkey.conf")]
    return Part("Valkey", command, {"PATH": os.environ["PATH"]}, folder / "valkey.log", lambda: pong(port)), port


def pong(port: int) -> bool:
    """Whether it answers who knows the password."""
    import redis

    try:
        with redis.Redis(host="127.0.0.1", port=port, password=PASSWORD, socket_timeout=3) as line:
            return bool(line.ping())
    except redis.RedisError:
        return False


def addresses(postgresql_port: int, valkey_port: int) -> Mapping[str, str]:
    """The settings with passwords, as the secrets of deploy/ hold them."""
    plain = url_of(postgresql_port, "prefect").removeprefix("postgresql")
    keys = f"redis://:{PASSWORD}@127.0.0.1:{valkey_port}"
    return {
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"postgresql+asyncpg{plain}",
        "PREFECT_REDIS_MESSAGING_URL": f"{keys}/0",
        "PREFECT_SERVER_DOCKET_URL": f"{keys}/1",
        "REVIEWFLOW_DATABASE": url_of(postgresql_port, "reviewflow"),
    }
