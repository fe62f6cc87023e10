"""A moment of a running week as an option: what lies before it stays as it is."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated

import typer

from offender_mgmt.calendars import local_time_exists, moment
from offender_mgmt.errors import UsageError

FreezeBefore = Annotated[
    str | None,
    typer.Option(
        "--freeze-before",
        metavar="TIME",
        help="Local time, as 2026-12-02T12:00, or a date: what has begun before it stays to the minute.",
        show_default=False,
    ),
]


def parse_moment(text: str | None) -> int:
    """Minutes since the epoch of a local time; of midnight for a date, 0 for nothing.

    Raises
    ------
    UsageError
        For anything else, and for a time that the clocks skip.
    """
    if text is None:
        return 0
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?", text, re.ASCII)
    try:
        day, at = date.fromisoformat(found[1] if found else ""), time.fromisoformat((found and found[2]) or "00:00")
    except ValueError:
        raise UsageError("--freeze-before: not a time. Maybe: write it as 2026-12-02T12:00.") from None
    if not local_time_exists(day, at):
        raise UsageError("--freeze-before: that time is skipped when summer time starts.")
    return moment(day, at)
