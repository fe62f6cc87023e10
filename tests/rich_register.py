"""A small team with a bit of everything, for a roster made by hand over it.

Minutes of travel: Chelmsford (base) to Witham 20, Braintree 30, Maldon 25; Witham to Braintree 15; all else 40.
"""

from datetime import date, time

import builders as b

from offender_mgmt.register.records import TravelRow
from offender_mgmt.vocabulary import AssessmentKind, CommunityStatus, EventKind, ManagementStatus, RiskLevel, Role

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)
PLACES = ("Chelmsford", "Witham", "Braintree", "Maldon", "Halstead")
MINUTES = {
    ("Chelmsford", "Witham"): 20,
    ("Chelmsford", "Braintree"): 30,
    ("Chelmsford", "Maldon"): 25,
    ("Braintree", "Witham"): 15,
}


def travel_rows():
    """Every pair of places, and each place to itself (5 minutes)."""
    rows = [TravelRow(from_place=p, to_place=p, minutes=5) for p in PLACES]
    for index, here in enumerate(PLACES):
        for there in PLACES[index + 1 :]:
            minutes = MINUTES.get((here, there), MINUTES.get((there, here), 40))
            rows.append(TravelRow(from_place=here, to_place=there, minutes=minutes))
    return tuple(rows)


def officers():
    """Detectives, a constable, staff without a car, a sergeant; P5 has another base, P6 another team."""
    return (
        b.officer(officer_id="P1"),
        b.officer(officer_id="P2", role=Role.CONSTABLE, skills=("MOSOVO",)),
        b.officer(officer_id="P3"),
        b.officer(officer_id="P4", role=Role.POLICE_STAFF, skills=("MOSOVO",), driver=False),
        b.officer(officer_id="P5", base="Colchester"),
        b.officer(officer_id="P6", team="south"),
        b.officer(officer_id="P7", skills=("MOSOVO",), not_paired_with=("P1",)),
        b.officer(officer_id="P8", skills=()),
        b.officer(officer_id="S1", role=Role.SERGEANT, skills=()),
    )


def nominals():
    """Nine nominals; what is special about each stands in its line."""
    no_arms_due = {"cohort": "violent"}
    return (
        b.offender(offender_ref="RSO-000001", locality="Witham", constable_required=True, excluded_officers=("P5",)),
        b.offender(offender_ref="RSO-000002", locality="Braintree", visiting_hours="Mon 10:00-13:00; Tue 09:00-17:00"),
        b.offender(offender_ref="RSO-000003", locality="Maldon", risk_level=RiskLevel.HIGH),
        b.offender(offender_ref="RSO-000004", community_status=CommunityStatus.CUSTODY, status_since=date(2026, 6, 1)),
        b.offender(offender_ref="RSO-000005", locality="Witham"),  # put off
        b.offender(offender_ref="RSO-000006", locality="Witham", crew_size=3, required_skills=("RIVER",)),
        b.offender(offender_ref="RSO-000007", locality="Witham", visiting_hours="Sun 10:00-12:00"),
        b.offender(offender_ref="RSO-000008", locality="Halstead", risk_level=RiskLevel.LOW, **no_arms_due),
        b.offender(offender_ref="RSO-000009", locality="Maldon"),  # a joint visit is fixed
        b.offender(
            offender_ref="RSO-000010",
            risk_level=RiskLevel.LOW,
            risk_level_set_on=date(2020, 1, 1),
            management_status=ManagementStatus.REACTIVE,
            reactive_approved_by="S1",
            notification_due=date(2026, 12, 4),
        ),
    )


LAST_VISITS = {
    "RSO-000001": date(2026, 5, 20),  # medium, six months: due 20 November, overdue
    "RSO-000002": date(2026, 6, 2),  # due 2 December
    "RSO-000003": date(2026, 9, 1),  # high, three months: due 1 December
    "RSO-000005": date(2026, 6, 3),
    "RSO-000006": date(2026, 6, 3),
    "RSO-000007": date(2026, 6, 3),
    "RSO-000008": date(2025, 12, 20),  # low, twelve months: due 20 December, look-ahead
    "RSO-000009": date(2026, 6, 2),
}


def visits():
    """The last successful visit of each nominal."""
    return tuple(b.visit(visit_id=f"V-{r}", offender_ref=r, date=day) for r, day in LAST_VISITS.items())


def assessments():
    """Reviews and ARMS that are recent, but for the ARMS of RSO-000003 (due 3 December) and one review."""
    rows = []
    for nominal in nominals():
        ref = nominal.offender_ref
        arms_on = date(2025, 12, 3) if ref == "RSO-000003" else date(2026, 7, 1)
        review_on = date(2026, 6, 4) if ref == "RSO-000002" else date(2026, 11, 20)
        rows.append(b.assessment(offender_ref=ref, date=arms_on))
        rows.append(b.assessment(kind=AssessmentKind.SUPERVISORY_REVIEW, offender_ref=ref, date=review_on))
        rows.append(b.assessment(kind=AssessmentKind.RECORD_ENTRY, offender_ref=ref, date=date(2026, 11, 1)))
    rows.append(b.assessment(kind=AssessmentKind.REACTIVE_REVIEW, offender_ref="RSO-000010", date=date(2026, 5, 1)))
    rows.append(b.assessment(kind=AssessmentKind.STATUS_CHECK, offender_ref="RSO-000004", date=date(2026, 11, 4)))
    return tuple(rows)


def tours():
    """Monday to Thursday 08:00-16:00 for all; P3 has a late tour on Wednesday, 16:00-24:00, and leave on Friday."""
    days = (b.MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
    rows = [b.tour(officer_id=o.officer_id, date=day) for o in officers() for day in days]
    rows = [t for t in rows if (t.officer_id, t.date) not in (("P3", WEDNESDAY), ("P3", THURSDAY))]
    return (
        *rows,
        b.tour(officer_id="P3", date=WEDNESDAY, start=time(16), end=time(0)),
        b.tour(officer_id="P3", date=THURSDAY, start=time(10), end=time(20)),
        b.tour(officer_id="P3", date=date(2026, 12, 4), start=None, end=None, code="leave"),
    )


def events():
    """Court for P2 on Tuesday morning, a joint visit by P1 and P2 on Wednesday."""
    joint = b.event(
        event_id="E-2",
        kind=EventKind.JOINT_VISIT,
        date=WEDNESDAY,
        start=time(10),
        end=time(12),
        officers=("P1", "P2"),
        offender_ref="RSO-000009",
    )
    return (b.event(officers=("P2",)), joint)


def rich_register():
    """The register."""
    return b.register(
        offenders=nominals(),
        officers=officers(),
        bases=(b.base(), b.base(base="Colchester", easting=600_000, northing=225_000)),
        tours=tours(),
        visits=visits(),
        assessments=assessments(),
        deferrals=(
            b.deferral(offender_ref="RSO-000005"),
            b.deferral(task_kind="notification_check", offender_ref="RSO-000010", until=b.MONDAY),
        ),
        events=events(),
        travel=travel_rows(),
    )
