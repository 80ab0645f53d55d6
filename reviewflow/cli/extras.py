"""Parts of the installation that not everybody needs, and what to say when a command needs one that is not there."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

PROJECT = "reviewflow"
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "cases": ("alembic", "cryptography", "sqlalchemy", "sqlmodel"),
    "postgresql": ("psycopg",),
    "backup": ("pyrage",),
    "diagram": ("fontTools", "font_source_sans_pro", "graphlay", "resvg_py"),
    "documents": ("docx", "docxtpl", "icalendar", "jinja2", "markdown_it", "markupsafe", "openpyxl"),
    "pdf": ("typst",),
    "watch": ("watchfiles",),
    "mail": ("apprise", "dns", "flufl", "imap_tools", "notifications_python_client", "requests"),
    "server": (
        "anyio",
        "fastapi",
        "govuk_frontend_jinja",
        "httpx",
        "limits",
        "prefect",
        "prometheus_client",
        "starlette",
        "uvicorn",
    ),
    "several": ("prefect_redis",),
}
"""The modules of each extra of pyproject.toml that our code imports."""

WHAT_FOR: Mapping[str, str] = {
    "cases": "cases that are kept in a database",
    "postgresql": "a PostgreSQL database",
    "backup": "encrypted backups",
    "diagram": "drawings",
    "documents": "pages, calendar entries, Word files and spreadsheets",
    "pdf": "PDF files",
    "watch": "watching a folder",
    "mail": "sending messages",
    "server": "Prefect",
    "several": "Prefect's server in several processes",
}


def require(*modules: str) -> None:
    """Raises ModuleNotFoundError unless all these modules are installed; nothing is imported."""
    for module in modules:
        if find_spec(module) is None:
            raise ModuleNotFoundError(f"No module named {module}", name=module)


def missing_extra(error: ModuleNotFoundError) -> str | None:
    """What to install, when the module that could not be imported belongs to an extra; else None, and it is a bug."""
    module = (error.name or "").partition(".")[0]
    extra = next((name for name, modules in EXTRAS.items() if module in modules), None)
    if extra is None:
        return None
    return (
        f"This needs a part of {PROJECT} that is not installed: {extra}, for {WHAT_FOR[extra]}. Install it with\n"
        f'  pip install "{PROJECT}[{extra}]"\n'
        f'or everything with  pip install "{PROJECT}[all]"'
    )
