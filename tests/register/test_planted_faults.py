"""Two hundred faults of many kinds, planted at random in a register of 300 nominals, are all told in one run."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

import builders as b
import pytest
from folders import faults_in, folder_of, places, put_rows, rows_of

from offender_mgmt.register import Register
from offender_mgmt.register.read import RegisterRefusedError, read_folder
from offender_mgmt.vocabulary import RiskLevel

PLANTED = 200
NOMINALS = 300
Place = tuple[str, int, str, str]


def generated(dice: random.Random) -> Register:
    """300 nominals with two visits, an assessment, a change, a deferral each; 20 officers with a week of tours."""
    offenders, visits, assessments, changes, deferrals = [], [], [], [], []
    for n in range(NOMINALS):
        ref = f"RSO-{n:06}"
        level = dice.choice(list(RiskLevel))
        offenders.append(
            b.offender(offender_ref=ref, risk_level=level, easting=540_000 + n * 100, lead_officer=f"P{n % 20}")
        )
        first = date(2026, 1, 1) + timedelta(days=dice.randrange(100))
        for k in range(2):
            day = first + timedelta(days=90 * k)
            visits.append(b.visit(visit_id=f"V-{n}-{k}", offender_ref=ref, date=day, officers=("P1", "P2")))
        assessments.append(b.assessment(offender_ref=ref))
        before = dice.choice([other for other in RiskLevel if other is not level])
        changes.append(b.change(offender_ref=ref, value_from=before.value, value_to=level.value))
        deferrals.append(b.deferral(offender_ref=ref))
    officers = [b.officer(officer_id=f"P{n}") for n in range(20)]
    days = [b.MONDAY + timedelta(days=n) for n in range(5)]
    tours = [b.tour(officer_id=f"P{n}", date=day) for n in range(20) for day in days]
    events = [b.event(event_id=f"E-{n}", officers=(f"P{n}",), start=time(9 + n % 5), end=time(15)) for n in range(20)]
    return b.register(
        offenders=tuple(offenders),
        officers=tuple(officers),
        tours=tuple(tours),
        visits=tuple(visits),
        assessments=tuple(assessments),
        changes=tuple(changes),
        deferrals=tuple(deferrals),
        events=tuple(events),
    )


@dataclass(frozen=True)
class Kind:
    """A way to spoil one cell, the rule that must tell of it, and the column it tells, where that is another."""

    file: str
    column: str
    text: str
    rule: str
    told: str = ""


KINDS = (
    Kind("offenders.csv", "cohort", "x", "unknown-cohort"),
    Kind("offenders.csv", "risk_level", "Medium-High", "unknown-risk-level"),
    Kind("offenders.csv", "risk_level", "", "missing-value"),
    Kind("offenders.csv", "management_status", "?", "unknown-management-status"),
    Kind("offenders.csv", "community_status", "prison", "unknown-community-status"),
    Kind("offenders.csv", "risk_level_set_on", "2026-02-30", "no-such-date"),
    Kind("offenders.csv", "risk_level_set_on", "2026-11-28", "date-after-extract"),
    Kind("offenders.csv", "registered_on", "45012", "changed-by-spreadsheet"),
    Kind("offenders.csv", "registered_on", "01/06/2023", "mixed-date-styles"),
    Kind("offenders.csv", "register_end", "2020-01-01", "ends-before-it-begins"),
    Kind("offenders.csv", "easting", "1E5", "bad-number"),
    Kind("offenders.csv", "northing", "-1", "bad-number"),
    Kind("offenders.csv", "team", "north team", "bad-reference"),
    Kind("offenders.csv", "locality", "a\x07b", "control-character"),
    Kind("offenders.csv", "locality", "lost \ufffd", "lost-character"),
    Kind("offenders.csv", "locality", "x" * 201, "text-too-long"),
    Kind("offenders.csv", "visit_interval_days", "0", "bad-number"),
    Kind("offenders.csv", "visiting_hours", "Mon 9-12", "bad-visiting-hours"),
    Kind("offenders.csv", "visiting_hours", "Mon 09:00-12:00; Mon 11:00-13:00", "overlapping-hours"),
    Kind("offenders.csv", "no_fixed_abode", "maybe", "bad-yes-no"),
    Kind("offenders.csv", "markers", "dog;dog", "listed-twice"),
    Kind("officers.csv", "role", "chief", "unknown-role"),
    Kind("officers.csv", "base", "Nowhere", "unknown-base"),
    Kind("tours.csv", "code", "off", "unknown-tour-code"),
    Kind("tours.csv", "end", "23:30", "tour-too-long"),
    Kind("tours.csv", "end", "", "half-a-time"),
    Kind("tours.csv", "start", "8:00", "bad-time"),
    Kind("tours.csv", "officer_id", "P9{line}", "unknown-officer"),
    Kind("visits.csv", "outcome", "success", "unknown-visit-outcome"),
    Kind("visits.csv", "type", "call", "unknown-visit-type"),
    Kind("visits.csv", "date", "2027-01-01", "date-after-extract"),
    Kind("visits.csv", "date", "2023-05-31", "before-registration"),
    Kind("visits.csv", "date", "2101-01-01", "date-out-of-range"),
    Kind("visits.csv", "offender_ref", "RSO-999999", "unknown-nominal"),
    Kind("visits.csv", "officers", "", "successful-visit-without-officers"),
    Kind("visits.csv", "end", "09:00", "ends-before-start"),
    Kind("visits.csv", "start", "10:00+01:00", "time-with-offset"),
    Kind("assessments.csv", "kind", "arm", "unknown-assessment-kind"),
    Kind("assessments.csv", "date", "June", "bad-date"),
    Kind("changes.csv", "from", "highest", "bad-change-value"),
    Kind("changes.csv", "field", "colour", "unknown-change-field"),
    Kind("deferrals.csv", "until", "2026-11-19", "ends-before-it-begins"),
    Kind("deferrals.csv", "task_kind", "holiday", "unknown-task-kind"),
    Kind("deferrals.csv", "reason", "", "missing-value"),
    Kind("events.csv", "kind", "joint_visit", "joint-visit-without-nominal", "offender_ref"),
    Kind("events.csv", "kind", "party", "unknown-event-kind"),
    Kind("events.csv", "end", "", "event-without-times"),
)
SHAPES = ("cell added", "cell dropped", "stray quote")


def plant(folder: Path, dice: random.Random) -> set[Place]:
    """Spoil 200 rows, each in one way.

    The first row of a file stays, because the style of dates is compared with it. The first half of the nominals
    have faults of their own, the other half in what is on record of them: of a refused nominal no rule says more.
    """
    tables = {path.name: rows_of(folder, path.name) for path in folder.glob("*.csv")}
    free = {name: free_lines(name, rows) for name, rows in tables.items()}
    for lines in free.values():
        dice.shuffle(lines)
    planted: set[Place] = set()
    shaped: dict[str, dict[int, str]] = {name: {} for name in tables}
    while len(planted) < PLANTED:
        number = len(planted)
        if number < 20:
            file = ("visits.csv", "changes.csv")[number % 2]
            line, shape = free[file].pop(), SHAPES[number % 3]
            shaped[file][line] = shape
            planted.add((file, line, "", "stray-quote" if shape == "stray quote" else "cell-count"))
            continue
        kind = KINDS[number % len(KINDS)] if number < 160 else dice.choice([k for k in KINDS if k.file in LARGE])
        line = free[kind.file].pop()
        rows = tables[kind.file]
        rows[line - 1][rows[0].index(kind.column)] = kind.text.format(line=line)
        planted.add((kind.file, line, kind.told or kind.column, kind.rule))
    for name, rows in tables.items():
        put_rows(folder, name, rows)
        reshape(folder / name, shaped[name])
    return planted


LARGE = ("offenders.csv", "visits.csv", "assessments.csv", "changes.csv", "deferrals.csv")


def free_lines(name: str, rows: list[list[str]]) -> list[int]:
    """Lines of a file that may be spoilt."""
    middle = 2 + (len(rows) - 1) // 2
    if name == "offenders.csv":
        return list(range(3, middle))
    return list(range(middle if name in LARGE else 3, len(rows) + 1))


def reshape(path: Path, shapes: dict[int, str]) -> None:
    lines = path.read_bytes().decode().split("\r\n")
    for line, shape in shapes.items():
        text = lines[line - 1]
        changed = {"cell added": text + ",x", "cell dropped": text.rpartition(",")[0], "stray quote": text + 'x"'}
        lines[line - 1] = changed[shape]
    path.write_bytes("\r\n".join(lines).encode())


@pytest.mark.parametrize("seed", range(3))
def test_a20_two_hundred_planted_faults_are_all_told_in_one_run(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    folder = folder_of(tmp_path, generated(dice))
    assert faults_in(folder) == ()
    planted = plant(folder, dice)
    assert len(planted) == PLANTED
    assert {rule for *_, rule in planted} >= {kind.rule for kind in KINDS}
    found = places(faults_in(folder))
    assert len(found) == len(set(found))
    assert set(found) == planted


def test_a20_rows_are_counted_whatever_was_planted(tmp_path: Path) -> None:
    dice = random.Random(1)
    folder = folder_of(tmp_path, generated(dice))
    planted = plant(folder, dice)
    with pytest.raises(RegisterRefusedError) as caught:
        read_folder(folder)
    for count in caught.value.rows:
        assert count.read == count.accepted + count.refused + count.blank + count.repeated
        assert count.refused == sum(file == count.file for file, *_ in planted)
    assert sum(count.refused for count in caught.value.rows) == PLANTED
