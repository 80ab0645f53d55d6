"""What mkdocs calls while it builds the site: pages that are made from the models and the definitions."""

from __future__ import annotations

from pathlib import Path

from commands import commands_page
from keys import keys_page
from mermaid import with_drawings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from shipped import shipped_pages

ROOT = Path(__file__).parents[2]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    _put(files, File.generated(config, "keys.md", content=keys_page(ROOT / "docs")))
    _put(files, File.generated(config, "commands.md", content=commands_page()))
    for name, content in shipped_pages(ROOT / "definitions"):
        _put(files, File.generated(config, f"processes/{name}", content=content))
    return files


def _put(files: Files, made: File) -> None:
    """The made page in the place of the one that a plain checkout has, which says how to make it."""
    plain = files.get_file_from_path(made.src_uri)
    if plain is not None:
        files.remove(plain)
    files.append(made)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - mkdocs names them
    """Each Mermaid block as a drawing, so that no script is needed to see it."""
    return with_drawings(markdown)


def on_post_build(config: MkDocsConfig) -> None:
    """The search's index as a script: a page that is opened from a folder may read that, and no JSON.

    What only a server asks for is left out.
    """
    search = Path(config.site_dir) / "search"
    index = (search / "search_index.json").read_text("utf-8")
    (search / "search_index.js").write_text(f"var search_index = {index};\n", encoding="utf-8")
    (search / "worker.js").unlink()
    (Path(config.site_dir) / "404.html").unlink()
