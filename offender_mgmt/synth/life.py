"""What befell one made-up nominal: absences, changes of level, management and lead. The file follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from offender_mgmt.register.records import Change, Offender
from offender_mgmt.vocabulary import ChangeField, CommunityStatus, ManagementStatus, RiskLevel


@dataclass(frozen=True, slots=True)
class Spell:
    """Time away from the community; ``back`` is the first day back, ``None`` while it lasts."""

    status: CommunityStatus
    start: date
    back: date | None

    def covers(self, day: date) -> bool:
        """Whether the nominal was away on the day."""
        return self.start <= day and (self.back is None or day < self.back)


@dataclass(frozen=True, slots=True)
class Life:
    """One nominal with the past that the logs will tell.

    Parameters
    ----------
    spells
        Times away, oldest first.
    level_change
        Day, level before, who signed it off (``None``: nobody).
    reactive_since
        First day of reactive management.
    lead_change
        Day and the lead before.
    plan_since
        First day of the plan's own visit interval.
    """

    offender: Offender
    spells: tuple[Spell, ...] = ()
    level_change: tuple[date, RiskLevel, str | None] | None = None
    reactive_since: date | None = None
    lead_change: tuple[date, str] | None = None
    plan_since: date | None = None

    @property
    def ref(self) -> str:
        """The nominal's reference."""
        return self.offender.offender_ref

    def level_on(self, day: date) -> RiskLevel:
        """Risk level on a day."""
        if self.level_change and day < self.level_change[0]:
            return self.level_change[1]
        return self.offender.risk_level

    def rise_after(self, day: date) -> date | None:
        """Day of the rise in level, if it came after ``day``."""
        if self.level_change is None or self.level_change[0] <= day:
            return None
        return self.level_change[0] if self.offender.risk_level.rank < self.level_change[1].rank else None

    def away_on(self, day: date) -> Spell | None:
        """The absence that covers a day."""
        return next((spell for spell in self.spells if spell.covers(day)), None)

    def back_between(self, earlier: date, later: date) -> date | None:
        """The last return to the community after ``earlier`` and not after ``later``."""
        backs = [s.back for s in self.spells if s.back is not None and earlier < s.back <= later]
        return max(backs, default=None)

    def reactive_on(self, day: date) -> bool:
        """Whether management was reactive on the day."""
        return self.reactive_since is not None and self.reactive_since <= day

    def lead_on(self, day: date) -> str | None:
        """The lead officer on a day."""
        if self.lead_change and day < self.lead_change[0]:
            return self.lead_change[1]
        return self.offender.lead_officer

    def changes(self, sergeant: str, since: date) -> list[Change]:
        """Rows of ``changes.csv`` from ``since`` on."""
        rows = [*self._status_changes(), *self._other_changes(sergeant)]
        return [row for row in rows if row.date >= since]

    def _status_changes(self) -> list[Change]:
        rows: list[Change] = []
        for spell in self.spells:
            rows.append(self._row(spell.start, ChangeField.COMMUNITY_STATUS, "community", spell.status.value, None))
            if spell.back is not None:
                rows.append(self._row(spell.back, ChangeField.COMMUNITY_STATUS, spell.status.value, "community", None))
        return rows

    def _other_changes(self, sergeant: str) -> list[Change]:
        rows: list[Change] = []
        nominal = self.offender
        if self.level_change:
            day, before, signed = self.level_change
            rows.append(self._row(day, ChangeField.RISK_LEVEL, before.value, nominal.risk_level.value, signed))
        if self.reactive_since:
            words = (ManagementStatus.ACTIVE.value, ManagementStatus.REACTIVE.value)
            rows.append(self._row(self.reactive_since, ChangeField.MANAGEMENT_STATUS, *words, sergeant))
        if self.lead_change:
            day, former = self.lead_change
            rows.append(self._row(day, ChangeField.LEAD_OFFICER, former, nominal.lead_officer or "", sergeant))
        if self.plan_since:
            days = str(nominal.visit_interval_days)
            rows.append(self._row(self.plan_since, ChangeField.VISIT_INTERVAL_DAYS, "", days, sergeant))
        return rows

    def _row(self, day: date, field: ChangeField, before: str, after: str, signed: str | None) -> Change:
        # The columns are called ``from`` and ``to``, which Python does not take as argument names.
        row = {"offender_ref": self.ref, "date": day, "field": field, "from": before, "to": after}
        return Change.model_validate({**row, "signed_off_by": signed})


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)
