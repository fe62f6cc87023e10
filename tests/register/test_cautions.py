"""What is accepted with a warning: nothing of it ever drops a nominal."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import builders as b
import pytest
from folders import folder_of, places, spotless

from offender_mgmt.register.consistency import CAUTIONS
from offender_mgmt.register.read import read_folder
from offender_mgmt.vocabulary import CommunityStatus, ManagementStatus, RiskLevel, VisitOutcome

Place = tuple[str, int, str, str]
NO_HISTORY: dict[str, object] = {"visits": (), "assessments": (), "changes": (), "deferrals": ()}


def warned(tmp_path: Path, **changes: object) -> list[Place]:
    """Places of the warnings; every row stands in the register all the same."""
    register = spotless(**changes)
    found = read_folder(folder_of(tmp_path, register)).register
    assert found.offenders == register.offenders
    assert found.visits == register.visits
    return places(found.warnings)


def nominal(tmp_path: Path, **changes: object) -> list[Place]:
    """Warnings about one nominal."""
    return warned(tmp_path, offenders=(b.offender(**changes),), **NO_HISTORY)


def test_every_caution_has_a_sentence() -> None:
    assert all(rule.__doc__ for rule in CAUTIONS)
    assert len({rule.__name__ for rule in CAUTIONS}) == len(CAUTIONS)


def test_b03_possible_duplicates_are_told_and_both_kept(tmp_path: Path) -> None:
    twin = b.offender(offender_ref="RSO-000002")
    both = [("offenders.csv", line, "offender_ref", "possible-duplicate") for line in (2, 3)]
    assert warned(tmp_path, offenders=(b.offender(), twin), **NO_HISTORY) == both
    neighbour = twin.replace(easting=571_001)
    assert warned(tmp_path, offenders=(b.offender(), neighbour), **NO_HISTORY) == []


def test_b13_two_nominals_at_one_address_are_two_nominals(tmp_path: Path) -> None:
    # Same position, other days: a hostel, not a duplicate.
    lodger = b.offender(offender_ref="RSO-000002", registered_on=date(2022, 1, 1))
    assert warned(tmp_path, offenders=(b.offender(), lodger), **NO_HISTORY) == []


def test_b03_nominals_without_position_are_not_taken_for_each_other(tmp_path: Path) -> None:
    lost = b.offender(easting=None)
    rules = [rule for *_, rule in warned(tmp_path, offenders=(lost, lost.replace(offender_ref="R2")), **NO_HISTORY)]
    assert rules == ["position-missing"] * 2


def test_b23_two_attempts_at_the_same_time_are_told_and_kept(tmp_path: Path) -> None:
    again = b.visit(visit_id="V-2")
    expected = [("visits.csv", 3, "visit_id", "possible-duplicate-visit")]
    assert warned(tmp_path, visits=(b.visit(), again)) == expected
    later = again.replace(start=time(15), end=time(16))
    other = again.replace(outcome=VisitOutcome.NO_REPLY)
    assert warned(tmp_path, visits=(b.visit(), later)) == warned(tmp_path, visits=(b.visit(), other)) == []


def test_b14_lead_missing_unknown_in_another_team_or_in_conflict(tmp_path: Path) -> None:
    def rule(**changes: object) -> list[str]:
        return [rule for *_, rule in nominal(tmp_path, **changes)]

    assert rule(lead_officer="P1") == []
    assert rule(lead_officer=None) == ["no-lead-officer"]
    assert rule(lead_officer="P9") == ["lead-unknown"]
    assert rule(excluded_officers=("P1",)) == ["lead-has-conflict"]
    officers = (b.officer(team="south"), b.officer(officer_id="P2"))
    found = warned(tmp_path, offenders=(b.offender(),), officers=officers, **NO_HISTORY)
    assert found == [("offenders.csv", 2, "lead_officer", "lead-not-in-team")]


def test_b23_officers_who_have_left_are_told_once_each(tmp_path: Path) -> None:
    visits = tuple(b.visit(visit_id=f"V-{n}", date=date(2026, 6, n), officers=("P8", "P9")) for n in (1, 2, 3))
    found = read_folder(folder_of(tmp_path, spotless(visits=visits))).register.warnings
    assert places(found) == [("visits.csv", 2, "officers", "officer-not-listed")] * 2
    assert sorted(w.ref for w in found) == ["P8", "P9"]
    assert all(w.advice.startswith("3 row(s)") for w in found)


def test_b23_unknown_officers_anywhere_in_the_past_are_told(tmp_path: Path) -> None:
    found = warned(
        tmp_path,
        offenders=(b.offender(deputy_officer="P9", excluded_officers=("P9",)),),
        officers=(b.officer(not_paired_with=("P9",)), b.officer(officer_id="P2")),
        visits=(),
        changes=(),
        assessments=(b.assessment(officer="P9"),),
        tours=(b.tour(), b.tour(officer_id="P9", date=date(2026, 11, 2))),
        events=(b.event(officers=("P9",), date=date(2026, 11, 2)),),
    )
    assert {rule for *_, rule in found} == {"officer-not-listed"}
    assert [(file, column) for file, _, column, _ in found] == [
        ("assessments.csv", "officer"),
        ("events.csv", "officers"),
        ("offenders.csv", "deputy_officer"),
        ("offenders.csv", "excluded_officers"),
        ("officers.csv", "not_paired_with"),
        ("tours.csv", "officer_id"),
    ]


def test_b16_team_without_officers_is_told_once(tmp_path: Path) -> None:
    lost = b.offender(team="west", lead_officer="P1", easting=575_000)
    offenders = (lost, lost.replace(offender_ref="R2", easting=576_000))
    found = warned(tmp_path, offenders=offenders, **NO_HISTORY)
    assert [place for place in found if place[3] == "team-without-officers"] == [
        ("offenders.csv", 2, "team", "team-without-officers")
    ]


def test_b11_missing_position_is_planned_anyway(tmp_path: Path) -> None:
    place = ("offenders.csv", 2, "easting", "position-missing")
    assert nominal(tmp_path, easting=None) == nominal(tmp_path, northing=None) == [place]


def test_b11_no_fixed_abode_is_told(tmp_path: Path) -> None:
    expected = [("offenders.csv", 2, "no_fixed_abode", "no-fixed-abode")]
    assert nominal(tmp_path, no_fixed_abode=True, easting=None, northing=None) == expected


@pytest.mark.parametrize(
    ("easting", "northing", "rule"),
    [
        # The example policy's area: 530000-630000 east, 170000-250000 north.
        (530_000, 170_000, None),
        (630_000, 250_000, None),
        (529_999, 170_000, "position-outside"),
        (630_000, 250_001, "position-outside"),
        (0, 0, "position-outside"),
        (207_000, 571_000, "position-swapped"),
    ],
)
def test_b12_position_outside_or_swapped_is_told(tmp_path: Path, easting: int, northing: int, rule: str | None) -> None:
    expected = [("offenders.csv", 2, "easting", rule)] if rule else []
    assert nominal(tmp_path, easting=easting, northing=northing) == expected


def test_station_without_position_is_told(tmp_path: Path) -> None:
    expected = [("bases.csv", 2, "easting", "position-missing")]
    assert warned(tmp_path, bases=(b.base(northing=None),)) == expected


@pytest.mark.parametrize(
    ("level", "set_on", "approver", "eligible"),
    [
        # Low for three years on the extract date, 27 November 2026: since 27 November 2023.
        (RiskLevel.LOW, date(2023, 11, 27), "S1", True),
        (RiskLevel.LOW, date(2023, 11, 28), "S1", False),
        (RiskLevel.LOW, date(2020, 1, 1), None, False),
        (RiskLevel.MEDIUM, date(2020, 1, 1), "S1", False),
    ],
)
def test_b08_reactive_management_that_is_not_allowed(
    tmp_path: Path, level: RiskLevel, set_on: date, approver: str | None, eligible: bool
) -> None:
    changes = {"risk_level": level, "risk_level_set_on": set_on, "reactive_approved_by": approver}
    expected = [] if eligible else [("offenders.csv", 2, "management_status", "reactive-not-eligible")]
    assert nominal(tmp_path, management_status=ManagementStatus.REACTIVE, **changes) == expected
    assert nominal(tmp_path, management_status=ManagementStatus.ACTIVE, **changes) == []


@pytest.mark.parametrize("status", [s for s in CommunityStatus if s is not CommunityStatus.COMMUNITY])
def test_b09_pause_without_end_or_past_its_end(tmp_path: Path, status: CommunityStatus) -> None:
    def rule(until: date | None) -> list[str]:
        return [rule for *_, rule in nominal(tmp_path, community_status=status, status_until=until)]

    assert rule(None) == ["pause-without-end"]
    assert rule(date(2026, 11, 27)) == []
    assert rule(date(2026, 11, 26)) == ["pause-end-passed"]


def test_b10_lowering_without_sign_off_is_told(tmp_path: Path) -> None:
    offenders = (b.offender(), *spotless().offenders[1:])  # the first one is medium

    def rules(**changes: object) -> list[Place]:
        return warned(tmp_path, offenders=offenders, changes=(b.change(**changes),))

    lowered = {"value_from": "high", "value_to": "medium"}
    assert rules(**lowered) == []
    expected = [("changes.csv", 2, "signed_off_by", "lowered-without-sign-off")]
    assert rules(**lowered, signed_off_by=None) == expected
    assert rules(value_from="low", value_to="medium", signed_off_by=None) == []


def test_b07_authorised_longer_interval_is_said_aloud(tmp_path: Path) -> None:
    by = {"interval_authorised_by": "S1", "interval_until": date(2027, 6, 1)}
    expected = [("offenders.csv", 2, "visit_interval_days", "longer-interval")]
    assert nominal(tmp_path, visit_interval_days=185, **by) == expected
    assert nominal(tmp_path, visit_interval_days=184, **by) == []


def test_caseload_over_the_limit(tmp_path: Path) -> None:
    offenders = tuple(b.offender(offender_ref=f"R{n}", easting=571_000 + n) for n in range(3))

    def rules(limit: int) -> list[Place]:
        officers = (b.officer(caseload_limit=limit), b.officer(officer_id="P2"))
        return warned(tmp_path, offenders=offenders, officers=officers, **NO_HISTORY)

    assert rules(3) == []
    assert rules(2) == [("officers.csv", 2, "caseload_limit", "caseload-over-limit")]


def test_d06_rest_between_tours_is_counted_in_real_hours(tmp_path: Path) -> None:
    # 11 hours of policy. Sunday 16:00 to 00:00, then Monday 11:00: exactly 11 hours.
    sunday = b.tour(date=date(2026, 11, 29), start=time(16), end=time(0))
    expected = [("tours.csv", 3, "start", "rest-too-short")]
    assert warned(tmp_path, tours=(sunday, b.tour(start=time(11), end=time(19)))) == []
    assert warned(tmp_path, tours=(sunday, b.tour(start=time(10, 59), end=time(19)))) == expected
    # Saturday 28 March 2026 to 22:00, then Sunday 09:00: 11 hours on the clock, 10 real ones.
    saturday = b.tour(date=date(2026, 3, 28), start=time(14), end=time(22))
    short = b.tour(date=date(2026, 3, 29), start=time(9), end=time(17))
    assert warned(tmp_path, tours=(saturday, short)) == expected
    assert warned(tmp_path, tours=(saturday, short.replace(start=time(10)))) == []
