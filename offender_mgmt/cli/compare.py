"""``offender-mgmt compare``: two audits, what changed and which nominals moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.terminal import put, refuse_two_outputs, write_or_put
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from offender_mgmt.audit.compare import Comparison

EXAMPLES = """\b
Examples:
  offender-mgmt audit data/essex-north --as-at 2026-10-30 --json october.json
  offender-mgmt audit data/essex-north --json november.json
  offender-mgmt compare october.json november.json
  offender-mgmt compare packs/october packs/november --moves moves.csv
  offender-mgmt compare october.json november.json --topic long-unseen
"""


def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="An audit's pack (folder) or JSON.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="A later one.")],
    topic: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Say who moved in this topic, rather than in the main ones; may be repeated.",
            show_default=False,
        ),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write every figure that differs as CSV; - is standard output."),
    ] = None,
    moves: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write who moved in every topic as CSV; - is standard output."),
    ] = None,
) -> None:
    """Hold two audits against each other: what changed and which nominals moved.

    Of those who are no longer overdue it is said where they are now, so that a backlog that shrank because
    people were moved to reactive management cannot pass for work done. Differences of policy, team or
    program are told first.
    """
    from offender_mgmt.audit.compare import Comparison
    from offender_mgmt.audit.compare_lines import comparison_lines
    from offender_mgmt.audit.frames import frame_csv
    from offender_mgmt.audit.saved import read_audit

    refuse_two_outputs(figures=figures, moves=moves)
    found = Comparison(read_audit(before), read_audit(after))
    _refuse_unknown(found, topic or [])
    if figures is not None:
        write_or_put(figures, frame_csv(found.figure_changes()), "every figure that differs")
    if moves is not None:
        write_or_put(moves, frame_csv(found.all_moves()), "who is counted before and after")
    if Path("-") not in (figures, moves):
        for line in comparison_lines(found, topic or ()):
            put(line)


def _refuse_unknown(found: Comparison, topics: list[str]) -> None:
    known = found.topics_of_nominals()
    if unknown := [name for name in topics if name not in known]:
        raise UsageError(
            f"{unknown[0]!r:.60} is no topic about nominals that both audits have. Maybe: {', '.join(known)}."
        )
