"""A register answers by reference, by team and for any past day."""

from __future__ import annotations

from datetime import date, time

import builders as b

from offender_mgmt.vocabulary import (
    AssessmentKind,
    ChangeField,
    CommunityStatus,
    ManagementStatus,
    RiskLevel,
    TaskKind,
)

EARLY, LATE = date(2026, 3, 2), date(2026, 9, 1)


def test_records_are_found_by_their_keys() -> None:
    register = b.register()
    assert register.offender_by_ref == {"RSO-000001": b.offender()}
    assert register.officer_by_id["P2"].officer_id == "P2"
    assert register.base_by_name["Chelmsford"] == b.base()


def test_logs_are_grouped_by_nominal_oldest_first_whatever_the_order_of_rows() -> None:
    visits = (b.visit(visit_id="V-2", date=LATE), b.visit(visit_id="V-1", date=EARLY))
    same_day = (b.visit(visit_id="V-4", start=time(15)), b.visit(visit_id="V-3", start=time(9)))
    assessments = (b.assessment(date=LATE), b.assessment(date=EARLY, kind=AssessmentKind.SUPERVISORY_REVIEW))
    deferrals = (b.deferral(decided_on=LATE), b.deferral(decided_on=EARLY, task_kind=TaskKind.ARMS_INTERVIEW))
    tours = (
        b.tour(date=date(2026, 12, 2)),
        b.tour(),
        b.tour(date=date(2026, 12, 1), start=None, end=None, code="leave"),
    )
    register = b.register(visits=visits + same_day, assessments=assessments, deferrals=deferrals, tours=tours)
    assert [v.visit_id for v in register.visits_of["RSO-000001"]] == ["V-1", "V-3", "V-4", "V-2"]
    assert [a.date for a in register.assessments_of["RSO-000001"]] == [EARLY, LATE]
    assert [d.decided_on for d in register.deferrals_of["RSO-000001"]] == [EARLY, LATE]
    assert [t.date.day for t in register.tours_of["P1"]] == [30, 1, 2]
    assert register.visits_of.get("RSO-000002") is None


def test_of_team_keeps_one_team_and_what_is_on_record_of_it() -> None:
    south = {"offender_ref": "RSO-000002", "team": "south"}
    register = b.register(
        offenders=(b.offender(), b.offender(**south)),
        officers=(b.officer(), b.officer(officer_id="P2", team="south")),
        visits=(b.visit(), b.visit(visit_id="V-2", offender_ref="RSO-000002")),
        assessments=(b.assessment(offender_ref="RSO-000002"),),
        changes=(b.change(),),
        deferrals=(b.deferral(),),
        events=(b.event(), b.event(event_id="E-2", officers=("P2",)), b.event(event_id="E-3", officers=("P1", "P2"))),
    )
    assert register.teams == ("north", "south")
    team = register.of_team("south")
    assert [o.offender_ref for o in team.offenders] == ["RSO-000002"]
    assert [o.officer_id for o in team.officers] == ["P2"]
    assert [t.officer_id for t in team.tours] == ["P2"]
    assert [v.visit_id for v in team.visits] == ["V-2"]
    assert (len(team.assessments), team.changes, team.deferrals) == (1, (), ())
    assert [e.event_id for e in team.events] == ["E-2", "E-3"]
    assert team.bases == register.bases


def test_as_at_cuts_off_what_came_later() -> None:
    register = b.register(
        offenders=(b.offender(), b.offender(offender_ref="RSO-000002", registered_on=LATE)),
        visits=(b.visit(date=EARLY), b.visit(visit_id="V-2", date=LATE)),
        assessments=(b.assessment(date=EARLY), b.assessment(date=LATE)),
        deferrals=(b.deferral(decided_on=EARLY), b.deferral(decided_on=LATE)),
    )
    before = register.as_at(date(2026, 8, 31))
    assert [o.offender_ref for o in before.offenders] == ["RSO-000001"]
    assert [v.date for v in before.visits] == [EARLY]
    assert [a.date for a in before.assessments] == [EARLY]
    assert [d.decided_on for d in before.deferrals] == [EARLY]
    assert before.extract_date == date(2026, 8, 31)
    on_the_day = register.as_at(LATE)
    assert len(on_the_day.offenders) == len(on_the_day.visits) == len(on_the_day.deferrals) == 2
    assert register.as_at(date(2030, 1, 1)).extract_date == register.extract_date


def test_as_at_undoes_changes_newest_first() -> None:
    register = b.register(
        offenders=(b.offender(risk_level=RiskLevel.HIGH, risk_level_set_on=LATE, lead_officer="P2"),),
        changes=(
            b.change(date=LATE, value_from="medium", value_to="high"),
            b.change(date=EARLY, value_from="low", value_to="medium"),
            b.change(date=LATE, field=ChangeField.LEAD_OFFICER, value_from="", value_to="P2"),
        ),
    )
    now = register.as_at(LATE).offenders[0]
    assert (now.risk_level, now.risk_level_set_on, now.lead_officer) == (RiskLevel.HIGH, LATE, "P2")
    between = register.as_at(date(2026, 8, 31)).offenders[0]
    assert (between.risk_level, between.risk_level_set_on, between.lead_officer) == (RiskLevel.MEDIUM, EARLY, None)
    first = register.as_at(date(2026, 3, 1)).offenders[0]
    assert (first.risk_level, first.risk_level_set_on) == (RiskLevel.LOW, date(2023, 6, 1))  # since registration


def test_as_at_before_custody_knows_no_end_of_it() -> None:
    inside = b.offender(community_status=CommunityStatus.CUSTODY, status_since=LATE, status_until=date(2027, 1, 1))
    changes = (b.change(date=LATE, field=ChangeField.COMMUNITY_STATUS, value_from="community", value_to="custody"),)
    before = b.register(offenders=(inside,), changes=changes).as_at(date(2026, 8, 31)).offenders[0]
    assert before.community_status is CommunityStatus.COMMUNITY
    assert (before.status_since, before.status_until) == (None, None)


def test_as_at_undoes_reactive_management() -> None:
    reactive = b.offender(management_status=ManagementStatus.REACTIVE)
    changes = (b.change(date=LATE, field=ChangeField.MANAGEMENT_STATUS, value_from="active", value_to="reactive"),)
    register = b.register(offenders=(reactive,), changes=changes)
    assert register.as_at(date(2026, 8, 31)).offenders[0].management_status is ManagementStatus.ACTIVE
    assert register.as_at(LATE).offenders[0].management_status is ManagementStatus.REACTIVE
