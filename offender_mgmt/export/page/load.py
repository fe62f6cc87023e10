"""Who carries what in the week, and how evenly it is shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offender_mgmt.calendars import local
from offender_mgmt.export.page.view import View
from offender_mgmt.pages.charts import Bar, bars
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html
from offender_mgmt.report import figures
from offender_mgmt.report.figures import OfficerFigures
from offender_mgmt.report.table import hours
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import RiskLevel

GRAVE = (RiskLevel.VERY_HIGH, RiskLevel.HIGH)
HEADER = ("officer", "visits", "very high, high", "evenings", "work", "on duty", "filled")
PARTS = ("at doors", "travel", "desk work", "fixed events")


@dataclass(frozen=True, slots=True)
class Load:
    """What an officer carries in the week, with the visits that wear most: to grave risk, and in the evening."""

    carried: OfficerFigures
    grave: int
    evenings: int

    @property
    def visits(self) -> int:
        """All visits."""
        return self.carried.visits

    @property
    def percent(self) -> int:
        """Share of the time on duty that is filled, whole per cent."""
        return 100 * self.carried.total // self.carried.duty if self.carried.duty else 0


def loads(view: View) -> tuple[Load, ...]:
    """Every officer who is on duty or has work, team by team."""
    planned = view.planned
    travel = Travel(planned.register, planned.policy_file.policy)
    by_officer = {o.officer_id: o for o in figures.by_officer(planned.register, planned.roster, travel)}
    known = (officer for officer in view.days_of if officer in by_officer)
    return tuple(
        _load(view, by_officer[officer]) for officer in known if by_officer[officer].duty or by_officer[officer].total
    )


def _load(view: View, carried: OfficerFigures) -> Load:
    stops = [stop for day in view.days_of[carried.officer_id] for stop in day.stops]
    return Load(
        carried=carried,
        grave=sum(view.level(stop) in GRAVE for stop in stops),
        evenings=sum(_in_the_evening(stop, view) for stop in stops),
    )


def _in_the_evening(stop: Assignment, view: View) -> bool:
    return local(stop.start).time() >= view.planned.policy_file.policy.audit.evening_from


def load_section(view: View) -> Html:
    """A bar for each officer, and in a few sentences how far apart they lie."""
    found = loads(view)
    longest = float(max((max(load.carried.duty, load.carried.total) for load in found), default=1))
    rows = [_bar(load) for load in found]
    chart = bars("Hours and minutes of the week", HEADER, rows, legend=PARTS, longest=longest) if rows else ""
    return section("Who carries what", "load", chart, lead=" ".join(_fairness(found)))


def _bar(load: Load) -> Bar:
    carried = load.carried
    counts = (f"{load.visits}", f"{load.grave}", f"{load.evenings}")
    words = (*counts, hours(carried.total), hours(carried.duty), f"{load.percent} %")
    parts = (carried.door, carried.travel, carried.desk, carried.events)
    return Bar(carried.officer_id, tuple(map(float, parts)), words)


def _fairness(found: Sequence[Load]) -> Iterator[str]:
    on_duty = [load for load in found if load.carried.duty]
    if not on_duty:
        yield "Nobody is on duty."
        return
    shares = sorted(load.percent for load in on_duty)
    yield f"Of their time on duty, breaks included, officers have {shares[0]} to {shares[-1]} per cent filled"
    yield f"(the middle one {shares[len(shares) // 2]} per cent)."
    yield f"Visits: {_range(load.visits for load in on_duty)} each."
    yield f"Visits to very high or high risk: {_range(load.grave for load in on_duty)} each."
    yield f"Evening visits: {_range(load.evenings for load in on_duty)} each."


def _range(numbers: Iterator[int]) -> str:
    found = sorted(numbers)
    return f"{found[0]} to {found[-1]}"
