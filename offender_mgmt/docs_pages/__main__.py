"""``python -m offender_mgmt.docs_pages [--write]``: name stale pages, or write them."""

from __future__ import annotations

import sys
from pathlib import Path

from offender_mgmt.docs_pages import FOLDER, stale_pages, write_pages


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Exit code 5 when a page is stale and was not written."""
    if arguments == ["--write"]:
        print("\n".join(f"written: {name}" for name in write_pages(folder)) or "All pages are fresh.")
        return 0
    stale = stale_pages(folder)
    print("\n".join(f"stale: {name}" for name in stale) or "All pages are fresh.")
    return 5 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
