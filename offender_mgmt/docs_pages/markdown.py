"""Small pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars inside cells are escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines) + "\n"


def code(text: str) -> str:
    """Text as code; nothing for empty text."""
    return f"`{text}`" if text else ""


def block(text: str) -> str:
    """A block of plain text."""
    return f"```text\n{text.rstrip()}\n```\n\n"
