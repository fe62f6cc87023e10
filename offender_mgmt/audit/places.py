"""Members with the lead, team, tier and locality of the nominal, or the team of the officer, they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from offender_mgmt.audit.context import Context, Snapshot
from offender_mgmt.audit.members import Column, members_of
from offender_mgmt.due.facts import Facts
from offender_mgmt.register.records import Visit


class Place(NamedTuple):
    """Where a nominal belongs; blank for one that is not on file."""

    officer: str = ""
    team: str = ""
    tier: str = ""
    district: str = ""


def nominal_members(snapshot: Snapshot, refs: Sequence[str], **columns: Column | str | bool | float) -> pd.DataFrame:
    """Members about nominals, as at the snapshot; ``columns`` as :func:`members_of` takes them."""
    known = snapshot.facts
    places = {ref: place_of(known[ref]) if ref in known else Place() for ref in set(refs)}
    own = columns_of_places([places[ref] for ref in refs])
    return members_of(len(refs), offender_ref=refs, **{**own, **columns})


def officer_members(
    snapshot: Snapshot, officers: Sequence[str], **columns: Column | str | bool | float
) -> pd.DataFrame:
    """Members about officers, with the team of each unless another is given; blank for one who is not on file."""
    by_id = snapshot.register.officer_by_id
    own: dict[str, Column] = {"team": [by_id[officer].team if officer in by_id else "" for officer in officers]}
    return members_of(len(officers), officer=officers, **{**own, **columns})


def attempt_members(
    context: Context, attempts: Sequence[Visit], **columns: Column | str | bool | float
) -> pd.DataFrame:
    """One member per attempt, about its nominal."""
    own: dict[str, Column] = {"item": [v.visit_id for v in attempts], "date": [v.date.isoformat() for v in attempts]}
    return nominal_members(context.now, [v.offender_ref for v in attempts], **{**own, **columns})


def on_register(snapshot: Snapshot) -> list[Facts]:
    """The facts of those whose register has not ended, by reference."""
    return [facts for facts in snapshot.facts.values() if not facts.has_ended]


def columns_of_places(places: Sequence[Place]) -> dict[str, Column]:
    """Lead, team, tier and locality as columns of a table of members."""
    return {name: [place[number] for place in places] for number, name in enumerate(Place._fields)}


def place_of(facts: Facts) -> Place:
    """Where a nominal belongs."""
    offender = facts.offender
    return Place(offender.lead_officer or "", offender.team, facts.level.value, offender.locality)
