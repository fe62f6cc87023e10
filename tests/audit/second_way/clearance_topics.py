"""What comes in every week, what can be done, and how long the backlog lasts: members are nominals, tours, teams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from audit.second_way.book import Person
from audit.second_way.rows import Members, Question, Row
from audit.second_way.work_topics import backlog_hours, duty_minutes, full_time_share

MONTH = 365 / 12


def weekly_inflow_hours(q: Question) -> Iterator[Row]:
    for p in q.now.people:
        if p.in_community:
            split = "reactive" if p.eligible else "active"
            hours = 7 * (_reactive_hours(q, p) if p.eligible else _active_hours(q, p))
            yield Row(p.ref, "", True, hours, split=split)


def _reactive_hours(q: Question, p: Person) -> float:
    """Hours a day of a nominal under eligible reactive management."""
    return p.hours("reactive_review") / (q.policy.assessments.reactive_review_months * MONTH)


def _active_hours(q: Question, p: Person) -> float:
    """Hours a day of a nominal visited at home."""
    numbers, o = q.policy.assessments, p.offender
    plan = o.visit_interval_days if o.interval_until is None or o.interval_until > q.day else None
    visits = 1 / (plan or p.reading.of_level(q.policy.visits.interval_months) * MONTH)
    interviews = 1 / (numbers.arms_review_months * MONTH) if o.cohort.value == "rso" else 0.0
    if any(kind.value == "arms_interview" for kind in q.policy.visits.resets_clock):
        visits = max(0.0, visits - interviews)
    calls = visits + interviews
    missed = q.policy.audit.no_reply_percent / 100
    again = calls * missed / (1 - missed)
    reviews = max(1 / (p.reading.of_level(numbers.supervisory_review_months) * MONTH), interviews)
    return (
        visits * p.hours("home_visit")
        + interviews * (p.hours("arms_interview") + p.hours("arms_write_up"))
        + calls * p.hours("intelligence_check")
        + (calls + again) * p.hours("record_entry")
        + again * p.hours("repeat_visit")
        + reviews * p.hours("supervisory_review")
    )


def whole_weeks(q: Question) -> int:
    """Whole weeks after the day that the duty roster reaches over."""
    last = max((t.date for t in q.now.register.tours), default=q.day)
    return max(0, (last - q.day).days // 7)


def weekly_capacity_hours(q: Question) -> Iterator[Row]:
    weeks = whole_weeks(q)
    for t in q.now.register.tours:
        if t.code.value == "duty" and q.day < t.date <= q.day + timedelta(days=7 * weeks):
            yield Row(t.officer_id, "", True, duty_minutes(q, t) / 60 / weeks)


class Teams:
    """Hours of each team."""

    def __init__(self, q: Question) -> None:
        self.team_of = {o.officer_id: o.team for o in q.now.register.officers}
        self.backlog, self.inflow, self.capacity = (defaultdict(float) for _ in range(3))
        for row in backlog_hours(q):
            self.backlog[q.now.person[row.who].offender.team] += row.value
        for row in weekly_inflow_hours(q):
            self.inflow[q.now.person[row.who].offender.team] += row.value
        for row in weekly_capacity_hours(q):
            if row.who in self.team_of:
                self.capacity[self.team_of[row.who]] += row.value
        self.fte: dict[str, float] = defaultdict(float)
        for officer, team in self.team_of.items():
            self.fte[team] += full_time_share(q, officer)
        nominals = {p.offender.team for p in q.now.people}
        self.names = sorted(nominals | set(self.team_of.values())) if whole_weeks(q) else []


def clearance(q: Question) -> Iterator[Row]:
    teams = Teams(q)
    for name in teams.names:
        yield Row(name, "", True, teams.backlog[name], teams.capacity[name] - teams.inflow[name])


def fte_to_clear(q: Question) -> Iterator[Row]:
    teams = Teams(q)
    one = sum(teams.capacity.values()) / sum(teams.fte.values())
    for name in teams.names:
        hours_a_week = teams.backlog[name] / q.policy.audit.clear_in_weeks + teams.inflow[name]
        yield Row(name, "", True, hours_a_week / one, teams.fte[name])


def _listed(function) -> Members:
    return lambda q: list(function(q))


CLEARANCE_TOPICS: dict[str, Members] = {
    name: _listed(function)
    for name, function in {
        "weekly-inflow-hours": weekly_inflow_hours,
        "weekly-capacity-hours": weekly_capacity_hours,
        "clearance": clearance,
        "fte-to-clear": fte_to_clear,
    }.items()
}
