"""A database that an earlier version left behind, brought back to life: a folder for each version."""

import gzip
import io
import json
import sqlite3
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "sqlite.sql.gz").exists())


def restore_sqlite(version: str, path: Path) -> str:
    """Into a new file; its address."""
    connection = sqlite3.connect(path)
    connection.executescript(_text(version, "sqlite.sql.gz"))
    connection.close()
    return f"sqlite:///{path}"


def restore_postgresql(version: str, url: str) -> str:
    """Into an empty database; its address."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_text(version, "postgresql.sql.gz").encode())
    return url


def restore_definitions(version: str, folder: Path) -> Path:
    """The definitions of that office, as they were at the end."""
    with tarfile.open(fileobj=io.BytesIO(_content(version, "definitions.tar.gz"))) as tar:
        tar.extractall(folder, filter="data")
    return folder / "definitions"


def history_file(version: str, reference: str) -> Path:
    return HERE / version / "histories" / f"{reference}.txt"


def references(version: str) -> list[str]:
    return sorted(path.stem for path in (HERE / version / "histories").glob("*.txt"))


def history_words(page: str) -> str:
    """What `reviewflow history --json` said, a line for each event; without its hash, another in each database."""
    columns = ("number", "on", "recorded_at", "by", "kind", "words")
    return "".join("  ".join(str(entry[name]) for name in columns) + "\n" for entry in json.loads(page))


def _text(version: str, name: str) -> str:
    return _content(version, name).decode()


def _content(version: str, name: str) -> bytes:
    return gzip.decompress((HERE / version / name).read_bytes())
