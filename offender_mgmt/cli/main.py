"""The command ``offender-mgmt``: a list of commands, and one way in that never shows a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import typer
from typer.main import get_command

from offender_mgmt import __version__
from offender_mgmt.cli import (
    audit,
    check,
    compare,
    diff,
    due,
    evaluate,
    explain,
    export,
    plan,
    replan,
    show,
    suggest,
    synth,
    validate,
)
from offender_mgmt.cli.ending import end_of
from offender_mgmt.cli.exit_codes import EPILOG
from offender_mgmt.cli.terminal import give_up_on_unwritten, never_fail_to_encode, put, stop_in_order

PROGRAM = "offender-mgmt"

app = typer.Typer(
    name=PROGRAM,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)
export_app = typer.Typer(
    name="export", no_args_is_help=True, rich_markup_mode=None, help="Write a roster for others to read."
)

COMMANDS: tuple[tuple[typer.Typer, str, Callable[..., int | None], str], ...] = (
    (app, "synth", synth.synth, synth.EXAMPLES),
    (app, "validate", validate.validate, validate.EXAMPLES),
    (app, "due", due.due, due.EXAMPLES),
    (app, "plan", plan.plan, plan.EXAMPLES),
    (app, "replan", replan.replan, replan.EXAMPLES),
    (app, "check", check.check, check.EXAMPLES),
    (app, "audit", audit.audit, audit.EXAMPLES),
    (app, "compare", compare.compare, compare.EXAMPLES),
    (app, "suggest", suggest.suggest, suggest.EXAMPLES),
    (app, "diff", diff.diff, diff.EXAMPLES),
    (app, "evaluate", evaluate.evaluate, evaluate.EXAMPLES),
    (app, "explain", explain.explain, explain.EXAMPLES),
    (app, "show", show.show, show.EXAMPLES),
    *((export_app, name, command, examples) for name, (command, examples) in export.COMMANDS.items()),
)
for group, name, command, examples in COMMANDS:
    group.command(name, epilog=examples)(command)
app.add_typer(export_app)


def _show_version(wanted: bool) -> None:
    if wanted:
        put(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: bool = typer.Option(False, "--version", help="Show the version and stop.", callback=_show_version),
) -> None:
    """Weekly rosters of home visits and risk assessments for police offender-management teams.

    From a register folder of CSV files: what is due and why, a roster of crews and visits, and a check
    of any roster against the rules. It never sets a risk level and never publishes a roster by itself.
    """


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code."""
    command = get_command(app)  # the app, called itself, would have errors told in a way of its own: sys.excepthook
    return end_of(lambda: command(args=list(arguments), prog_name=PROGRAM, standalone_mode=False))


def run() -> None:
    """Way in of the installed command."""
    never_fail_to_encode()
    stop_in_order()
    code = main(sys.argv[1:])
    give_up_on_unwritten()
    sys.exit(code)
