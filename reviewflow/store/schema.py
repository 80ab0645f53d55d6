"""Setting the database up, and bringing an older one up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from reviewflow.store.drivers.driver import Driver
from reviewflow.store.errors import StoreUnavailable


def upgrade(driver: Driver) -> None:
    """Run the migrations that are missing, in one transaction, while nobody else does; raises StoreUnavailable."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = driver.engine()
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable(f"The database was made by a newer version of reviewflow: {error}.") from error
    except DBAPIError as error:
        raise StoreUnavailable(f"The database could not be set up: {error.orig}") from error
    finally:
        engine.dispose()
