"""``offender-mgmt validate``: is this register folder fit to plan from?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.options import RegisterFolder
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import put
from offender_mgmt.report.table import wrapped

if TYPE_CHECKING:
    from offender_mgmt.errors import Fault
    from offender_mgmt.register import Register
    from offender_mgmt.register.read import LoadedRegister

EXAMPLES = """\b
Examples:
  offender-mgmt validate data/essex
  offender-mgmt validate data/essex --all | grep RSO-000015
  offender-mgmt validate today --previous yesterday
  offender-mgmt validate today --previous yesterday --accept-fall 212
"""


def validate(
    register: RegisterFolder,
    previous: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The extract before this one; what changed is told.", show_default=False),
    ] = None,
    accept_fall: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="Confirm that a file has N rows fewer, if policy would not."),
    ] = 0,
    force: Annotated[bool, typer.Option("--force", help="Accept an extract older than the previous one.")] = False,
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help="Accept files with a header only.")] = False,
    every: Annotated[bool, typer.Option("--all", help="List every warning, not only the first of its kind.")] = False,
) -> None:
    """Read a register strictly and tell every fault at once.

    A fault is told with file, line, column, rule and what to do. Nothing is dropped: rows = accepted +
    blank, or the register is refused as a whole. Warnings do not stop a plan; each is about something a
    person should look at.
    """
    loaded = load(register, allow_empty=allow_empty)
    _put_rows(loaded.register)
    _put_warnings(loaded.register.warnings, every=every)
    if previous is not None:
        _put_difference(previous, loaded, force=force, accept_fall=accept_fall)
    put(f"Accepted: register of {loaded.register.extract_date}.")


def _put_difference(previous: Path, loaded: LoadedRegister, *, force: bool, accept_fall: int) -> None:
    """What changed since the extract before; references only."""
    from offender_mgmt.register.compare import compare_extracts
    from offender_mgmt.register.read import read_folder

    before = read_folder(previous, allow_empty=True).register
    policy = loaded.policy_file.policy
    diff = compare_extracts(before, loaded.register, policy, force=force, accept_fall=accept_fall)
    put(f"Since {before.extract_date}: {diff.words}.")
    lists = (("new", diff.new), ("removed", diff.removed), ("to custody", diff.to_custody), ("back", diff.back))
    for words, refs in lists:
        if refs:
            put(f"  {words}: {', '.join(refs)}")
    for change in diff.risk_changes:
        put(f"  risk level: {change.offender_ref} {change.before.words} -> {change.after.words}")


def _put_rows(register: Register) -> None:
    put(f"{'file':<18}{'rows':>8} = {'accepted':>8} + {'refused':>7} + {'blank':>5}")
    for count in register.rows:
        refused = count.read - count.accepted - count.blank
        put(f"{count.file:<18}{count.read:>8,} = {count.accepted:>8,} + {refused:>7,} + {count.blank:>5,}")


def _put_warnings(warnings: tuple[Fault, ...], *, every: bool) -> None:
    if every:
        for warning in warnings:
            put(f"warning: {warning}")
        return
    first = {warning.rule: warning for warning in reversed(warnings)}
    for rule, count in sorted(Counter(w.rule for w in warnings).items(), key=lambda item: (-item[1], item[0])):
        for line in wrapped(f"warning {count:>6,}  first: {first[rule]}", indent=" " * 16):
            put(line)
