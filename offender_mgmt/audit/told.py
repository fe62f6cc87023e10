"""An audit with what has to be told along with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from offender_mgmt.audit.audit import Audit
from offender_mgmt.audit.book import FigureBook
from offender_mgmt.policy import PolicyFile
from offender_mgmt.register.register import teams_in_words


@dataclass(frozen=True)
class Told:
    """What summary, report and pack are made from.

    Parameters
    ----------
    warnings
        How many warnings reading the register gave.
    teams
        Teams that were audited.
    roster_digests
        SHA-256 of every file of the roster that was audited with it, by file name.
    """

    audit: Audit
    policy_file: PolicyFile
    warnings: int = 0
    teams: tuple[str, ...] = ()
    roster_digests: tuple[tuple[str, str], ...] = ()

    @cached_property
    def book(self) -> FigureBook:
        """The figures by name."""
        return FigureBook(self.audit.figures)

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """SHA-256 of every file that was read, by name; files of the roster stand under ``roster/``."""
        return (*self.audit.header.digests, *((f"roster/{name}", digest) for name, digest in self.roster_digests))

    @property
    def marking(self) -> str:
        """Protective marking of everything that leaves."""
        return self.policy_file.policy.register_checks.marking

    @property
    def title(self) -> str:
        """One line: what was audited, as at when."""
        return f"Audit as at {day_words(self.audit.header.day)}, {teams_in_words(self.teams)}"

    @property
    def unverified_words(self) -> str:
        """How much of the policy nobody has verified."""
        unverified, settings = len(self.policy_file.unverified), len(self.policy_file.provenance)
        return f"{unverified} of its {settings} settings are unverified"


def day_words(day: date) -> str:
    """``22 November 2026``."""
    return f"{day.day} {day:%B %Y}"
