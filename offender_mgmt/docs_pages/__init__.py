"""Pages of ``docs/reference`` that are generated from the code, so that they cannot fall behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from offender_mgmt.docs_pages.audit_figures import audit_page
from offender_mgmt.docs_pages.columns import files_page
from offender_mgmt.docs_pages.commands import commands_page
from offender_mgmt.docs_pages.import_arrows import imports_page
from offender_mgmt.docs_pages.sentences import faults_page, rules_page
from offender_mgmt.docs_pages.settings import policy_page
from offender_mgmt.export.json_document import schema_text

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
"""In a checkout; the installed package has no docs to write."""

PAGES: dict[str, Callable[[], str]] = {
    "audit.md": audit_page,
    "cli.md": commands_page,
    "faults.md": faults_page,
    "files.md": files_page,
    "imports.md": imports_page,
    "policy.md": policy_page,
    "roster.schema.json": schema_text,
    "rules.md": rules_page,
}

NOTICE = "<!-- Generated from the code: do not edit. Write it again with: python3 run.py docs -->\n\n"


def page_text(name: str) -> str:
    """A page as it should stand in the folder."""
    return (NOTICE if name.endswith(".md") else "") + PAGES[name]()


def stale_pages(folder: Path = FOLDER) -> list[str]:
    """Names of pages that are missing or not what the code says."""
    return [name for name in PAGES if not _is_fresh(folder / name, page_text(name))]


def write_pages(folder: Path = FOLDER) -> list[str]:
    """Write what is stale; the names of what was written."""
    names = stale_pages(folder)
    for name in names:
        (folder / name).write_text(page_text(name), "utf-8", newline="\n")
    return names


def _is_fresh(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") == text
