"""The roster of a run that was published: what a new one is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from offender_mgmt.calendars import Horizon
from offender_mgmt.files import read_bounded
from offender_mgmt.report.folder import LARGEST_ROSTER_BYTES, ROSTER
from offender_mgmt.report.record import digest
from offender_mgmt.roster.read import read_roster
from offender_mgmt.roster.roster import Roster


@dataclass(frozen=True, slots=True)
class PublishedRoster:
    """A published roster, and the SHA-256 of its file."""

    roster: Roster
    digest: str


def read_published(run: Path, horizon: Horizon) -> PublishedRoster:
    """The roster in the folder of a published run of the same week.

    Raises
    ------
    UsageError, DataError
        When the folder holds no roster.
    """
    data = read_bounded(run / ROSTER, LARGEST_ROSTER_BYTES)
    return PublishedRoster(read_roster(data, ROSTER, horizon), digest(data))
