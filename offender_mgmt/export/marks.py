"""What stands on every export: protective marking, status, of which week and roster, and how much it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from offender_mgmt import __version__
from offender_mgmt.errors import UsageError
from offender_mgmt.report.checked import CheckedRun

DIGEST_SHOWN = 12
"""Characters of a roster's digest that are enough to tell two rosters apart by eye."""
REDACTED, FULL = "redacted", "full"


@dataclass(frozen=True, slots=True)
class Approval:
    """Version of a roster that a supervisor approved; the program takes it from whoever exports.

    Parameters
    ----------
    replaces
        The version that this one makes void; none for the first.
    """

    version: int
    approved_by: str
    replaces: int | None = None

    def __post_init__(self) -> None:
        """Refuse a version nobody stands for, and one that replaces a later one."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}", self.approved_by, re.ASCII):
            raise UsageError("--version needs the reference of who approved it. Maybe: add --approved-by REF.")
        if self.replaces is not None and self.replaces >= self.version:
            raise UsageError("--replaces names an earlier version than --version.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is said of an export on every sheet of it.

    Parameters
    ----------
    teams
        The team, or how many.
    digest
        SHA-256 of the roster's file.
    reason
        Why all is told; empty when it is redacted.
    despite
        Why it goes out although it breaks rules; empty when it breaks none.
    warnings
        What a reader must know before using it.
    """

    marking: str
    approval: Approval | None
    week: str
    teams: str
    extract_date: date
    digest: str
    reason: str = ""
    despite: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether all is told."""
        return bool(self.reason)

    @property
    def detail(self) -> str:
        """``redacted`` or ``full``."""
        return FULL if self.is_full else REDACTED

    @property
    def status(self) -> str:
        """One word or two for every row: ``DRAFT`` or ``VERSION 2``."""
        return f"VERSION {self.approval.version}" if self.approval else "DRAFT"

    @property
    def status_words(self) -> str:
        """Status in a sentence, with what it replaces."""
        if self.approval is None:
            return "DRAFT, a proposal that nobody has approved"
        replaced = self.approval.replaces
        void = f", replaces version {replaced}" if replaced is not None else ""
        return f"VERSION {self.approval.version}, approved by {self.approval.approved_by}{void}"

    @property
    def title(self) -> str:
        """``Roster of 2026-W49, north-colchester``."""
        return f"Roster of {self.week}, {self.teams}"

    @property
    def roster_words(self) -> str:
        """Which roster it is, for comparing two sheets by eye."""
        return f"roster {self.digest[:DIGEST_SHOWN]}"

    @property
    def made_from(self) -> str:
        """From what and by what it was made."""
        return f"register of {self.extract_date}, offender-mgmt {__version__}"

    @property
    def detail_words(self) -> str:
        """How much is told, and why."""
        return f"full: {self.reason}" if self.is_full else REDACTED

    @property
    def cells(self) -> tuple[str, ...]:
        """All of it, cell by cell, for the first line of a sheet."""
        return (
            self.marking,
            "; ".join((self.status_words, *self.warnings)),
            self.title,
            self.made_from,
            self.roster_words,
            self.detail_words,
        )

    def file_name(self, kind: str, ending: str) -> str:
        """``OFFICIAL-SENSITIVE_DRAFT_2026-W49_officer-P1.csv``; made of the marking, ids and dates only."""
        parts = (self.marking, self.status, self.week, kind)
        return "_".join(re.sub(r"[^A-Za-z0-9.\-]+", "-", part) for part in parts) + f".{ending}"


def marks_of(run: CheckedRun, *, approval: Approval | None, reason: str, despite: str) -> Marks:
    """What has to be said of a run on its exports."""
    register = run.planned.register
    return Marks(
        marking=run.planned.policy_file.policy.register_checks.marking,
        approval=approval,
        week=run.planned.due.horizon.name,
        teams=register.teams_in_words,
        extract_date=register.extract_date,
        digest=run.digest,
        reason=" ".join(reason.split()),
        despite=" ".join(despite.split()),
        warnings=tuple(_warnings(run, despite)),
    )


def _warnings(run: CheckedRun, despite: str) -> list[str]:
    found = [f"breaks rules in {len(run.violations):,} place(s), let out because: {despite}"] if run.violations else []
    return [*found, *run.changes, *run.planned.notes]
