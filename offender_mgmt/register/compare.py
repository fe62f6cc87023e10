"""Two extracts of one register, one after the other: what changed, and whether the new one may be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from offender_mgmt.errors import UsageError
from offender_mgmt.policy import Policy
from offender_mgmt.register.register import Register
from offender_mgmt.vocabulary import CommunityStatus, RiskLevel

HUNDRED = 100
LASTING = ("offenders", "visits", "assessments", "changes")
"""Files whose rows do not go away from one extract to the next, but for nominals who leave the register."""


@dataclass(frozen=True, slots=True)
class RiskChange:
    """A nominal whose risk level differs between the extracts."""

    offender_ref: str
    before: RiskLevel
    after: RiskLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractDiff:
    """What differs between two extracts; references only, sorted.

    Parameters
    ----------
    same
        Every file has the same bytes as before.
    to_custody
        Nominals who went into custody.
    back
        Nominals who came back into the community, from wherever they were.
    falls
        Per file that only ever grows: rows fewer than before, and rows before.
    """

    same: bool = False
    new: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    to_custody: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    risk_changes: tuple[RiskChange, ...] = ()
    falls: tuple[tuple[str, int, int], ...] = ()

    @property
    def words(self) -> str:
        """The difference in a line, e.g. ``12 new, 3 to custody, 5 risk changes``."""
        if self.same:
            return "already read, nothing changed"
        counts = [
            (len(self.new), "new"),
            (len(self.removed), "removed"),
            (len(self.to_custody), "to custody"),
            (len(self.back), "back in the community"),
            (len(self.risk_changes), "risk change" if len(self.risk_changes) == 1 else "risk changes"),
        ]
        return ", ".join(f"{count} {what}" for count, what in counts if count) or "no nominal changed"


def compare_extracts(
    previous: Register, current: Register, policy: Policy, *, force: bool = False, accept_fall: int = 0
) -> ExtractDiff:
    """Compare an extract with the one before it.

    Parameters
    ----------
    force
        Accept an extract that is older than the previous one.
    accept_fall
        How many rows fewer in a file are accepted as true, where the fall is above the policy's.

    Raises
    ------
    UsageError
        When the current extract is older, or has so many fewer nominals that part of it may be missing.
    """
    if previous.digests and previous.digests == current.digests:
        return ExtractDiff(same=True)
    if current.extract_date < previous.extract_date and not force:
        days = f"{current.extract_date} is older than that of {previous.extract_date}"
        raise UsageError(f"The extract of {days}, which was read before.")
    diff = _difference(previous, current)
    _refuse_fall(diff, policy, accept_fall)
    return diff


def _difference(previous: Register, current: Register) -> ExtractDiff:
    before, now = previous.offender_by_ref, current.offender_by_ref
    both = sorted(set(before) & set(now))
    custody, community = CommunityStatus.CUSTODY, CommunityStatus.COMMUNITY
    status = [(ref, before[ref].community_status, now[ref].community_status) for ref in both]
    return ExtractDiff(
        new=tuple(sorted(set(now) - set(before))),
        removed=tuple(sorted(set(before) - set(now))),
        to_custody=tuple(ref for ref, old, new in status if new is custody and old is not custody),
        back=tuple(ref for ref, old, new in status if new is community and old is not community),
        risk_changes=tuple(
            RiskChange(ref, before[ref].risk_level, now[ref].risk_level)
            for ref in both
            if before[ref].risk_level is not now[ref].risk_level
        ),
        falls=tuple(_falls(previous, current)),
    )


def _falls(previous: Register, current: Register) -> Iterator[tuple[str, int, int]]:
    for name in LASTING:
        before, now = len(getattr(previous, name)), len(getattr(current, name))
        if now < before:
            yield name, before - now, before


def _refuse_fall(diff: ExtractDiff, policy: Policy, accept_fall: int) -> None:
    percent = policy.register_checks.accepted_fall_percent
    too_many = [(name, fall, before) for name, fall, before in diff.falls if fall * HUNDRED > percent * before]
    worst = max((fall for _, fall, _ in too_many), default=0)
    if worst > accept_fall:
        files = "; ".join(f"{name}.csv has {fall} rows fewer of {before}" for name, fall, before in too_many)
        removed = f" Nominals removed: {', '.join(diff.removed)}." if diff.removed else ""
        raise UsageError(f"Part of the extract may be missing: {files}. If it is right, accept {worst}.{removed}")
