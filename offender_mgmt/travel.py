"""Whole minutes between places: measured ones where given, else an estimate from coordinates."""

from __future__ import annotations

from dataclasses import dataclass

from offender_mgmt.register.records import Base, Offender


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere work begins: a base or where a nominal can be seen.

    Parameters
    ----------
    name
        Base or locality, as ``travel.csv`` names it.
    easting, northing
        National Grid metres; ``None`` when not known.
    """

    name: str
    easting: int | None
    northing: int | None


def place_of_base(base: Base) -> Place:
    """Where a base is."""
    return Place(base.base, base.easting, base.northing)


def place_of_offender(offender: Offender) -> Place:
    """Where a nominal can be seen; no position for a nominal of no fixed abode."""
    if offender.no_fixed_abode:
        return Place("", None, None)
    return Place(offender.locality, offender.easting, offender.northing)
