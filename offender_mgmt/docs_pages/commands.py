"""``cli.md``: every command with its help, as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator

import typer.main
from typer import Context
from typer.core import TyperCommand, TyperGroup

from offender_mgmt.cli.exit_codes import MEANING
from offender_mgmt.cli.main import PROGRAM, app
from offender_mgmt.docs_pages.markdown import block, table

WIDTH = 80


def commands_page() -> str:
    """All commands, the program itself first."""
    text = "# Commands\n\nThe help of every command, and what its exit code says.\n\n"
    text += table(("exit code", "meaning"), ((str(code.value), words) for code, words in MEANING.items()))
    for name, help_text in help_texts():
        text += f"## {name}\n\n" + block(help_text)
    return text.rstrip() + "\n"


def help_texts() -> Iterator[tuple[str, str]]:
    """Name and help of the program, its groups and its commands."""
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    yield from _walk(root, None, PROGRAM)


def _walk(command: TyperCommand | TyperGroup, parent: Context | None, name: str) -> Iterator[tuple[str, str]]:
    context = Context(command, parent=parent, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    yield context.command_path, command.get_help(context)
    for child_name, child in getattr(command, "commands", {}).items():
        yield from _walk(child, context, child_name)
