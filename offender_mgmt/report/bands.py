"""Priority bands in words: what was done in each, and how much better any roster could be."""

from __future__ import annotations

from collections.abc import Sequence

from offender_mgmt.report.table import heading, wrapped
from offender_mgmt.roster.roster import BandFigures


def band_lines(bands: Sequence[BandFigures]) -> list[str]:
    """One numbered sentence for each band; no lines when there are no bands."""
    if not bands:
        return []
    lines = heading("Priority bands, each served strictly before the next")
    for number, band in enumerate(bands, 1):
        lines += wrapped(f"{number}. {band.name}: {band_words(band)}", indent="   ")
    return [*lines, "Risk points: the weight of the risk level times the days of lateness."]


def band_words(band: BandFigures) -> str:
    """What was done in a band, and what is proven of all other rosters."""
    if not band.due:
        return "none due."
    if band.scheduled == band.due:
        return "the one task is assigned." if band.due == 1 else f"all {band.due:,} tasks are assigned."
    done = f"{band.scheduled:,} of {band.due:,} tasks; "
    points = f"{band.value:,} of {band.value_due:,} risk points"
    if band.bound is None:
        return f"{done}{points}. Whether another roster does more is not proven."
    if band.bound == band.value:
        return f"{done}no roster does more ({points})."
    return f"{done}{points}, and no roster does more than {band.bound:,}."
