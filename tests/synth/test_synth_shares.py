"""How common things are in the committed whole force; bounds stated with each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from builders import policy

from offender_mgmt.calendars import add_months, week_after
from offender_mgmt.due.due import due_list
from offender_mgmt.due.task import DueList
from offender_mgmt.vocabulary import (
    CommunityStatus,
    ManagementStatus,
    RiskLevel,
    Role,
    TaskKind,
    Timing,
    TourCode,
    VisitOutcome,
)

HISTORY = timedelta(days=730)


@pytest.fixture(scope="module")
def due(essex) -> DueList:
    return due_list(essex, policy(), week_after(essex.extract_date))


def share(part: int, whole: int) -> float:
    return 100 * part / whole


def test_sizes(essex):
    assert (len(essex.offenders), len(essex.officers), len(essex.teams)) == (1_900, 40, 6)


def test_risk_levels_are_2_18_30_50_per_cent(essex):
    counts = Counter(o.risk_level for o in essex.offenders)
    expected = {RiskLevel.VERY_HIGH: 2, RiskLevel.HIGH: 18, RiskLevel.MEDIUM: 30, RiskLevel.LOW: 50}
    for level, per_cent in expected.items():
        assert share(counts[level], 1_900) == pytest.approx(per_cent, abs=0.5)


def test_three_in_ten_are_reactive_and_all_of_them_eligible(essex):
    reactive = [o for o in essex.offenders if o.management_status is ManagementStatus.REACTIVE]
    assert 29 <= share(len(reactive), 1_900) <= 33
    for nominal in reactive:
        assert nominal.risk_level is RiskLevel.LOW
        assert nominal.reactive_approved_by
        assert add_months(nominal.risk_level_set_on, 36) <= essex.extract_date


def test_a_fifth_is_in_custody_and_one_or_two_in_a_hundred_elsewhere(essex):
    counts = Counter(o.community_status for o in essex.offenders)
    assert 18 <= share(counts[CommunityStatus.CUSTODY], 1_900) <= 22
    elsewhere = sum(counts[s] for s in (CommunityStatus.HOSPITAL, CommunityStatus.ABROAD, CommunityStatus.MISSING))
    assert 0.8 <= share(elsewhere, 1_900) <= 2.2


def test_some_ends_of_custody_are_known_passed_and_near(essex):
    ends = [o.status_until for o in essex.offenders if o.status_until]
    week = week_after(essex.extract_date)
    assert len(ends) > 100
    assert any(end < essex.extract_date for end in ends)
    assert any(essex.extract_date < end <= week.last_day for end in ends)


def test_few_have_no_fixed_abode_or_special_needs(essex):
    nominals = essex.offenders
    assert 2 <= share(sum(o.no_fixed_abode for o in nominals), 1_900) <= 4
    assert 30 <= share(sum(bool(o.visiting_hours) for o in nominals), 1_900) <= 40
    assert 1 <= share(sum(bool(o.excluded_officers) for o in nominals), 1_900) <= 5
    assert 2 <= share(sum(o.constable_required for o in nominals), 1_900) <= 8
    assert 3 <= share(sum(o.visit_interval_days is not None for o in nominals), 1_900) <= 8
    assert sum(o.crew_size == 3 for o in nominals) <= 3


def test_three_attempts_in_ten_get_no_reply(essex):
    logged = [v for v in essex.visits if v.date > essex.extract_date - HISTORY]
    no_reply = sum(v.outcome is VisitOutcome.NO_REPLY for v in logged)
    assert 27 <= share(no_reply, len(logged)) <= 33


def test_single_crews_are_rare_and_half_are_authorised(essex):
    single = [v for v in essex.visits if len(v.officers) == 1]
    assert 2 <= share(len(single), len(essex.visits)) <= 4
    assert 40 <= share(sum(v.single_crew_authorised_by is not None for v in single), len(single)) <= 60


def test_visits_vary_over_hours_and_weekdays(essex):
    visits = essex.visits
    assert 8 <= share(sum(v.date.weekday() > 4 for v in visits), len(visits)) <= 15
    assert 15 <= share(sum(v.start.hour >= 16 for v in visits), len(visits)) <= 35
    assert {v.date.weekday() for v in visits} == set(range(7))


def test_the_last_year_had_about_64_successful_visits_a_week(essex):
    successful = [v for v in essex.visits if v.outcome is VisitOutcome.SUCCESSFUL]
    last_year = [v for v in successful if v.date > essex.extract_date - timedelta(days=364)]
    assert 52 <= len(last_year) / 52 <= 75


def test_a_quarter_to_a_third_of_tours_are_lost(essex):
    codes = Counter(t.code for t in essex.tours if t.date <= essex.extract_date)
    working = sum(codes.values()) - codes[TourCode.REST_DAY]
    assert 18 <= share(working - codes[TourCode.DUTY], working) <= 33


def test_every_team_has_one_sergeant_and_one_or_two_police_staff(essex):
    for team in essex.teams:
        roles = Counter(o.role for o in essex.officers if o.team == team)
        assert roles[Role.SERGEANT] == 1
        assert 1 <= roles[Role.POLICE_STAFF] <= 2
        assert len({o.base for o in essex.officers if o.team == team}) == 1


def test_caseloads_are_even_within_a_team_and_inside_the_limit(essex):
    weights = {RiskLevel.VERY_HIGH: 8, RiskLevel.HIGH: 4, RiskLevel.MEDIUM: 2, RiskLevel.LOW: 1}
    cases: Counter[str] = Counter()
    loads: Counter[str] = Counter()
    for nominal in essex.offenders:
        if nominal.lead_officer:
            cases[nominal.lead_officer] += 1
            loads[nominal.lead_officer] += weights[nominal.risk_level]
    assert max(cases.values()) <= policy().register_checks.caseload_limit
    for team in essex.teams:
        of_team = [loads[o.officer_id] for o in essex.officers if o.team == team and cases[o.officer_id]]
        assert max(of_team) <= 1.5 * min(of_team)


def test_the_backlog_is_believable(essex, due):
    active = sum(
        o.community_status is CommunityStatus.COMMUNITY and o.management_status is ManagementStatus.ACTIVE
        for o in essex.offenders
    )
    field = [t for t in due.tasks if t.kind.is_field and t.timing is Timing.OVERDUE]
    assert 3 <= share(len({t.offender_ref for t in field}), active) <= 9
    by_level = Counter(t.risk_level for t in field)
    assert by_level[RiskLevel.VERY_HIGH] <= 4
    assert (
        by_level[RiskLevel.VERY_HIGH] + by_level[RiskLevel.HIGH] < by_level[RiskLevel.MEDIUM] + by_level[RiskLevel.LOW]
    )
    assert 45 <= max(t.days_overdue for t in field) <= 300


def test_every_team_has_a_weeks_work_and_a_choice(essex, due):
    field = Counter(t.team for t in due.tasks if t.kind.is_field)
    for team in essex.teams:
        assert 20 <= field[team] <= 60
    kinds = {t.kind for t in due.tasks}
    assert kinds >= set(TaskKind) - {TaskKind.FIXED_EVENT, TaskKind.ADDRESS_CHECK}


def test_something_of_everything_is_in_the_planned_week(essex, due):
    assert {event.kind.value for event in due.events} == {"court", "mappa_meeting", "joint_visit"}
    assert any(task.deferral for task in due.tasks)
    assert due.paused
    assert any(flag.rule == "two-failed-attempts" for flag in due.flags)
