"""A valid roster made by hand over the rich register, and a world to check and change it in."""

from dataclasses import dataclass, replace
from datetime import date, time

import builders as b
from rich_register import THURSDAY, TUESDAY, WEDNESDAY, rich_register

from offender_mgmt.aims import AimFigures, Published
from offender_mgmt.calendars import moment, week_of
from offender_mgmt.checks import check_roster
from offender_mgmt.due.due import due_list
from offender_mgmt.due.task import DueList
from offender_mgmt.measures import band_figures
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Assignment, BandFigures, Roster, Unassigned
from offender_mgmt.vocabulary import TaskKind

WEEK = week_of(b.MONDAY)


def at(clock: str, day: date = b.MONDAY) -> int:
    """The moment of a local time ``HH:MM``."""
    return moment(day, time.fromisoformat(clock))


@dataclass(frozen=True)
class World:
    """Everything a check is given."""

    register: Register
    policy: Policy
    due: DueList
    roster: Roster
    bands: tuple[BandFigures, ...] | None = None
    aims: tuple[AimFigures, ...] | None = None
    published: Published | None = None

    def violations(self):
        """All violations."""
        return check_roster(self.register, self.policy, self.due, self.roster, self.bands, self.aims, self.published)

    def rules(self):
        """Names of the broken rules."""
        return {violation.rule for violation in self.violations()}

    def row(self, task_id):
        """The first row of a task."""
        return next(row for row in self.roster.assignments if row.task_id == task_id)

    def but(self, task_id, /, **changes):
        """The same world with the first row of one task changed."""
        row = self.row(task_id)
        return self.instead(row, replace(row, **changes))

    def instead(self, row, *rows):
        """The same world with other rows for one row."""
        kept = tuple(other for other in self.roster.assignments if other is not row)
        return replace(self, roster=replace(self.roster, assignments=kept + rows))

    def shifted(self, task_id, minutes):
        """The same world with the first row of one task some minutes later."""
        row = self.row(task_id)
        return self.but(task_id, start=row.start + minutes, end=row.end + minutes)

    def without(self, *task_ids):
        """The same world without the rows of some tasks, assigned or left out."""
        assigned = tuple(row for row in self.roster.assignments if row.task_id not in task_ids)
        left_out = tuple(row for row in self.roster.unassigned if row.task_id not in task_ids)
        return replace(self, roster=Roster(self.roster.horizon, assigned, left_out))

    def changed(self, record, key, **changes):
        """The same world with one nominal (``offenders``) or officer (``officers``) changed; the due list stays."""
        name = {"offenders": "offender_ref", "officers": "officer_id"}[record]
        rows = tuple(r.replace(**changes) if getattr(r, name) == key else r for r in getattr(self.register, record))
        return replace(self, register=replace(self.register, **{record: rows}))

    def with_tours(self, *tours):
        """The same world with further or other tours: those of the same officer and day are replaced."""
        keys = {(tour.officer_id, tour.date) for tour in tours}
        kept = tuple(t for t in self.register.tours if (t.officer_id, t.date) not in keys)
        return replace(self, register=replace(self.register, tours=kept + tours))

    def with_task(self, task_id, **changes):
        """The same world with one due task changed."""
        tasks = tuple(replace(t, **changes) if t.task_id == task_id else t for t in self.due.tasks)
        return replace(self, due=replace(self.due, tasks=tasks))

    def with_rows(self, *rows):
        """The same world with further rows."""
        return replace(self, roster=replace(self.roster, assignments=self.roster.assignments + rows))

    def with_register(self, **changes):
        """The same world with whole files of the register replaced."""
        return replace(self, register=replace(self.register, **changes))

    def with_reason(self, task_id, reason):
        """The same world with another reason for one left-out task."""
        rows = tuple(replace(u, reason=reason) if u.task_id == task_id else u for u in self.roster.unassigned)
        return replace(self, roster=replace(self.roster, unassigned=rows))

    def with_policy(self, section, **changes):
        """The same world with some settings of one section of the policy changed."""
        part = getattr(self.policy, section).model_copy(update=changes)
        return replace(self, policy=self.policy.model_copy(update={section: part}))


def assigned(due, task_id, start, end, crew, day=b.MONDAY, **more):
    """A row with the figures of its task."""
    task = due.task(task_id)
    return Assignment(
        task_id=task_id,
        kind=task.kind,
        offender_ref=task.offender_ref,
        start=at(start, day),
        end=at(end, day),
        crew=crew,
        risk_level=task.risk_level,
        band=due.bands[task.band],
        due_date=task.due_date,
        days_overdue=task.days_overdue,
        **more,
    )


def left_out(due, task_id, reason):
    """A left-out task with the figures of its task."""
    task = due.task(task_id)
    return Unassigned(
        task_id=task_id,
        kind=task.kind,
        offender_ref=task.offender_ref,
        risk_level=task.risk_level,
        band=due.bands[task.band],
        due_date=task.due_date,
        days_overdue=task.days_overdue,
        reason=reason,
        explanation="By hand.",
    )


def fixed(task_id, day, start, end, crew, ref=""):
    """The row of a fixed event."""
    return Assignment(
        task_id=task_id,
        kind=TaskKind.FIXED_EVENT,
        offender_ref=ref,
        start=at(start, day),
        end=at(end, day),
        crew=crew,
    )


def rows_by_hand(due):
    """Two outings, an ARMS interview that is also the home visit, a write-up in two parts, desk work, two events."""
    both, pair = ("P1", "P2"), ("P3", "P1")
    first = {"outing": "Mon-1", "position": 1, "travel_minutes": 20}  # Chelmsford to Witham
    second = {"outing": "Mon-1", "position": 2, "travel_minutes": 15}  # Witham to Braintree
    maldon = {"outing": "Tue-1", "position": 1, "travel_minutes": 25}
    return (
        assigned(due, "INTEL-RSO-000001-NEXT", "08:00", "08:20", ("P1",)),
        assigned(due, "INTEL-RSO-000002-NEXT", "08:00", "08:20", ("P2",)),
        assigned(due, "HV-RSO-000001", "09:00", "10:00", both, **first),  # the crew leaves at 08:40
        assigned(due, "HV-RSO-000002", "10:15", "11:15", both, **second),  # and is back at 11:45
        assigned(due, "ENTRY-RSO-000001-NEXT", "11:45", "12:15", ("P1",)),
        assigned(due, "ENTRY-RSO-000002-NEXT", "11:45", "12:15", ("P2",)),
        assigned(due, "SUP-RSO-000002", "09:00", "09:30", ("S1",)),
        assigned(due, "STATUS-RSO-000004", "08:00", "08:20", ("P7",)),
        assigned(due, "NOTIF-RSO-000010", "08:30", "09:00", ("P8",), TUESDAY),  # put off until Monday
        assigned(due, "INTEL-RSO-000003-NEXT", "08:00", "08:20", ("P3",), TUESDAY),
        assigned(due, "ARMSI-RSO-000003", "10:00", "12:00", pair, TUESDAY, **maldon),  # 09:35 to 12:25
        assigned(due, "HV-RSO-000003", "10:00", "12:00", pair, TUESDAY, done_with="ARMSI-RSO-000003", **maldon),
        assigned(due, "ENTRY-RSO-000003-NEXT", "12:25", "12:55", ("P1",), TUESDAY),
        # P3's late tour ends on Wednesday at 24:00; eleven hours later it is Thursday 11:00.
        assigned(due, "ARMSW-RSO-000003-NEXT", "11:00", "13:00", ("P3",), THURSDAY, part="1/2"),
        assigned(due, "ARMSW-RSO-000003-NEXT", "14:00", "16:00", ("P3",), THURSDAY, part="2/2"),
        fixed("EVENT-E-1", TUESDAY, "09:00", "12:00", ("P2",)),
        fixed("EVENT-E-2", WEDNESDAY, "10:00", "12:00", both, "RSO-000009"),
        assigned(due, "HV-RSO-000009", "10:00", "12:00", both, WEDNESDAY, done_with="EVENT-E-2"),
    )


REASONS_BY_HAND = {
    "HV-RSO-000005": "deferred",
    "HV-RSO-000006": "no_qualified_crew",
    "HV-RSO-000007": "no_crew_when_seen",
    "HV-RSO-000008": "crews_full",
    **{f"{code}-RSO-00000{n}-NEXT": "goes_with_visit" for code in ("INTEL", "ENTRY") for n in (6, 7, 8)},
}


def rich_world():
    """The world with the valid roster."""
    register, policy = rich_register(), b.policy()
    due = due_list(register, policy, WEEK)
    reasons = tuple(left_out(due, task_id, reason) for task_id, reason in REASONS_BY_HAND.items())
    roster = Roster(WEEK, rows_by_hand(due), reasons)
    values = [figures.value for figures in band_figures(due, roster)]
    return World(register, policy, due, roster, band_figures(due, roster, values))


SMALL = ("RSO-000001", "RSO-000002")


def small_world():
    """Two officers, P1 and P2, two nominals, one outing on Monday: leaves 08:40, back 11:45; tours 08:00-16:00.

    Visits 09:00-10:00 in Witham and 10:15-11:15 in Braintree; checks at 08:00-08:20, entries at 11:45-12:15.
    """
    whole = rich_register()
    reviewed = b.assessment(kind="supervisory_review", offender_ref=SMALL[1], date=date(2026, 11, 20))
    register = replace(
        whole,
        offenders=tuple(o for o in whole.offenders if o.offender_ref in SMALL),
        officers=tuple(o for o in whole.officers if o.officer_id in ("P1", "P2")),
        assessments=(*(a for a in whole.assessments if a.offender_ref in SMALL), reviewed),
        events=(),
        deferrals=(),
    )
    due = due_list(register, b.policy(), WEEK)
    rows = tuple(row for row in rows_by_hand(rich_world().due) if due.task(row.task_id))
    return World(register, b.policy(), due, Roster(WEEK, rows))
