"""The definitions that are shipped, read once in each worker for all tests that only look at them."""

from functools import cache

from reviewflow.language.folder.library import Library, load_library
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.shipped import shipped

DEFINITIONS = shipped("definitions")
FILES = DefinitionFiles(DEFINITIONS)
"""As a command or a flow has them: from the cache where they are kept there."""


@cache
def library() -> Library:
    """As `reviewflow check` reads them."""
    return load_library(DEFINITIONS)
