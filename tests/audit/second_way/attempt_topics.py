"""Crewing, predictability, entries and outcomes: one member is an attempt (or a nominal with a run of visits)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, time

from audit.second_way.book import by_nominal
from audit.second_way.rows import Members, Question, Row
from due.oracle_calendar import DAY, bank_holidays, working_days_later

from offender_mgmt.register.records import Visit

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def single_crewed(q: Question) -> Iterator[Row]:
    for v in q.attempts:
        if v.officers:
            alone = len(v.officers) == 1
            allowed = v.single_crew_authorised_by or q.policy.crews.single_crew_authorised_by
            yield Row(v.offender_ref, v.visit_id, alone, split=_authority(bool(allowed)) if alone else "")


def _authority(allowed: bool) -> str:
    return "authorised" if allowed else "not authorised"


def single_crewed_not_authorised(q: Question) -> Iterator[Row]:
    for v in q.attempts:
        if v.officers:
            allowed = v.single_crew_authorised_by or q.policy.crews.single_crew_authorised_by
            yield Row(v.offender_ref, v.visit_id, len(v.officers) == 1 and not allowed)


def unaccredited(q: Question) -> Iterator[Row]:
    on_file = {o.officer_id: set(o.skills) for o in q.now.register.officers}
    each = {kind.value: set(skills) for kind, skills in q.policy.crews.skills_each.items()}
    one = {kind.value: set(skills) for kind, skills in q.policy.crews.skills_one.items()}
    for v in q.attempts:
        kind = "home_visit" if v.type.value in ("joint_visit", "search") else v.type.value
        crew = [on_file.get(officer) for officer in v.officers]
        known = [skills for skills in crew if skills is not None]
        split = ""
        if any(each.get(kind, set()) - skills for skills in known):
            split = "skill missing"
        elif len(known) < len(crew):
            split = "officer not on file"
        elif crew and one.get(kind, set()) - set().union(*known):
            split = "nobody with a skill needed"
        yield Row(v.offender_ref, v.visit_id, bool(split), split=split)


def officers_not_recorded(q: Question) -> Iterator[Row]:
    return (Row(v.offender_ref, v.visit_id, not v.officers) for v in q.attempts)


def announced(q: Question) -> Iterator[Row]:
    return (Row(v.offender_ref, v.visit_id, v.announced) for v in q.attempts)


def _successful(q: Question) -> list[Visit]:
    return [v for v in q.attempts if v.outcome.value == "successful"]


def weekday_spread(q: Question) -> Iterator[Row]:
    return (Row(v.offender_ref, v.visit_id, True, split=WEEKDAYS[v.date.weekday()]) for v in _successful(q))


def hour_spread(q: Question) -> Iterator[Row]:
    for v in _successful(q):
        words = "no time recorded"
        if v.start is not None:
            hour = v.start.hour - v.start.hour % 2
            words = f"{hour:02d}:00-{hour + 2:02d}:00"
        yield Row(v.offender_ref, v.visit_id, True, split=words)


def evening_or_weekend(q: Question) -> Iterator[Row]:
    for v in q.attempts:
        if v.start is not None:
            late = v.start >= q.policy.audit.evening_from or v.date.isoweekday() > 5
            yield Row(v.offender_ref, v.visit_id, late)


def predictability_index(q: Question) -> Iterator[Row]:
    number = q.policy.audit.vary_last_visits
    for p in q.active:
        timed = [v for v in p.seen if v.start is not None][-number:]
        if len(timed) == number:
            cells = Counter((v.date.weekday(), _band(q, v.start)) for v in timed)
            yield Row(p.ref, "", True, 100 * max(cells.values()) / number)


def predictable(q: Question) -> Iterator[Row]:
    return (Row(row.who, "", row.value == 100, row.value) for row in predictability_index(q))


def _band(q: Question, at: time | None) -> str:
    assert at is not None
    return "morning" if at < time(12) else "afternoon" if at < q.policy.audit.evening_from else "evening"


def _entries(q: Question) -> dict[str, list[date]]:
    rows = [a for a in q.now.register.assessments if a.kind.value == "record_entry"]
    return {ref: sorted(a.date for a in of_one) for ref, of_one in by_nominal(rows).items()}


def _working_days_between(day: date, later: date) -> int:
    """Working days after the day, up to and with the later one."""
    number = 0
    while day < later:
        day += DAY
        number += day.isoweekday() < 6 and day not in bank_holidays(day.year)
    return number


def entries_late(q: Question) -> Iterator[Row]:
    limit = q.policy.assessments.record_entry_working_days
    entries = _entries(q)
    for v in q.attempts:
        after = [day for day in entries.get(v.offender_ref, []) if day >= v.date]
        if after:
            late = after[0] > working_days_later(v.date, limit)
            yield Row(v.offender_ref, v.visit_id, late, float(_working_days_between(v.date, after[0])))


def entries_missing(q: Question) -> Iterator[Row]:
    limit = q.policy.assessments.record_entry_working_days
    entries = _entries(q)
    for v in q.attempts:
        if working_days_later(v.date, limit) <= q.day:
            missing = not any(day >= v.date for day in entries.get(v.offender_ref, []))
            yield Row(v.offender_ref, v.visit_id, missing)


def visits_outcomes(q: Question) -> Iterator[Row]:
    return (Row(v.offender_ref, v.visit_id, True, split=v.outcome.value.replace("_", " ")) for v in q.attempts)


def _listed(function) -> Members:
    return lambda q: list(function(q))


ATTEMPT_TOPICS: dict[str, Members] = {
    name: _listed(function)
    for name, function in {
        "single-crewed": single_crewed,
        "single-crewed-not-authorised": single_crewed_not_authorised,
        "unaccredited": unaccredited,
        "officers-not-recorded": officers_not_recorded,
        "announced": announced,
        "weekday-spread": weekday_spread,
        "hour-spread": hour_spread,
        "evening-or-weekend": evening_or_weekend,
        "predictable": predictable,
        "predictability-index": predictability_index,
        "entries-late": entries_late,
        "entries-missing": entries_missing,
        "visits-outcomes": visits_outcomes,
    }.items()
}
