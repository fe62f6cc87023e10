"""Two audits, worked out by hand: who came, who went, where they are now, and whether the two are alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import builders as b
import pytest
from audit.audit_builders import DAY, nothing_else_due, policy_with
from audit.second_way.wild import wild_register

from offender_mgmt.audit.audit import audit
from offender_mgmt.audit.compare import CAME, STAYED, WENT, Comparison
from offender_mgmt.audit.compare_lines import change_words, comparison_lines
from offender_mgmt.audit.saved import SavedAudit, audit_json, read_audit
from offender_mgmt.audit.told import Told
from offender_mgmt.audit.topic import Measure
from offender_mgmt.policy import Policy, example_policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Offender
from offender_mgmt.vocabulary import CommunityStatus, ManagementStatus, RiskLevel

BEFORE = date(2026, 10, 30)
"""The Friday four weeks before."""
REACTIVE: dict[str, Any] = {
    "risk_level": RiskLevel.LOW,
    "risk_level_set_on": date(2020, 1, 1),
    "management_status": ManagementStatus.REACTIVE,
    "reactive_approved_by": "S1",
}


@pytest.fixture
def save(tmp_path: Path) -> Any:
    """Audit a register, write it, read it back."""

    def saved(register: Register, day: date, policy: Policy | None = None, days: int = 83) -> SavedAudit:
        file = replace(example_policy(), policy=policy or b.policy())
        found = audit(register, file.policy, day, day - timedelta(days=days))
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.json"
        path.write_bytes(audit_json(Told(found, file, teams=register.teams)))
        return read_audit(path)

    return saved


def registers() -> tuple[Register, Register]:
    """October and November, each as extracted.

    A is overdue in both; B is seen in between; C falls overdue; D is overdue and made reactive; E is overdue and goes
    to custody; F is overdue and gone from the register; G is new and not overdue.
    """
    seen = {"A": date(2026, 1, 1), "B": date(2026, 3, 1), "C": date(2026, 5, 10), "D": date(2025, 9, 1)}
    seen |= {"E": date(2026, 1, 1), "F": date(2026, 1, 1)}
    people = {
        ref: b.offender(offender_ref=ref, **({"risk_level": RiskLevel.LOW} if ref == "D" else {})) for ref in seen
    }
    visits = tuple(b.visit(visit_id=ref, offender_ref=ref, date=day) for ref, day in seen.items())
    done = tuple(row for ref in seen for row in nothing_else_due(ref))
    first = b.register(extract_date=BEFORE, offenders=tuple(people.values()), visits=visits, assessments=done)
    later: dict[str, Offender] = {ref: person for ref, person in people.items() if ref != "F"}
    later["D"] = people["D"].replace(**REACTIVE)
    later["E"] = people["E"].replace(community_status=CommunityStatus.CUSTODY, status_since=date(2026, 11, 2))
    later["G"] = b.offender(offender_ref="G", registered_on=date(2026, 11, 25), team="south")
    visits = (
        *(v for v in visits if v.offender_ref != "F"),
        b.visit(visit_id="B2", offender_ref="B", date=date(2026, 11, 9)),
    )
    done = tuple(row for row in done if row.offender_ref != "F")
    return first, b.register(offenders=tuple(later.values()), visits=visits, assessments=done)


def test_who_moved_and_where_they_are_now(save: Any) -> None:
    first, second = registers()
    found = Comparison(save(first, BEFORE), save(second, DAY))
    moves = found.moves("visits-overdue")
    told = {row.offender_ref: (row.move, row.where_before, row.where_after) for row in moves.itertuples()}
    active = "active in the community"
    assert told == {
        "A": (STAYED, active, active),
        "B": (WENT, active, active),
        "C": (CAME, active, active),
        "D": (WENT, active, "reactive"),
        "E": (WENT, active, "custody"),
        "F": (WENT, active, "not on file"),
    }
    # A: due on 1 July: 122 days before 31 October, 150 before 28 November. C: due on 10 November: 18 days.
    values = {row.offender_ref: (row.value_before, row.value_after) for row in moves.itertuples()}
    assert values["A"] == (122, 150)
    assert values["C"][1] == 18
    assert found.changed_places() == {
        "active in the community -> custody": ["E"],
        "active in the community -> not on file": ["F"],
        "active in the community -> reactive": ["D"],
        "not on file -> active in the community": ["G"],
    }


def test_a_backlog_that_shrank_is_not_passed_off_as_work_done(save: Any) -> None:
    first, second = registers()
    lines = list(comparison_lines(Comparison(save(first, BEFORE), save(second, DAY)), ["visits-overdue"]))
    assert lines[-10:] == [
        "Visits overdue, by the plan (visits-overdue)",
        "--------------------------------------------",
        "1 came in",
        "  active in the community before, 1 nominal: C",
        "4 went out",
        "  active in the community now, 1 nominal: B",
        "  custody now, 1 nominal: E",
        "  not on file now, 1 nominal: F",
        "  reactive now, 1 nominal: D",
        "1 stayed",
    ]
    assert "Not alike. Teams: north before, north, south after." in lines


def test_a_level_that_was_lowered_is_told(save: Any) -> None:
    lowered = b.change(date=date(2026, 11, 2), value_from="high", value_to="medium")
    register = b.register(changes=(lowered,))
    found = Comparison(save(register, BEFORE), save(register, DAY))
    assert found.changed_places() == {"high -> medium": ["RSO-000001"]}


def test_an_audit_against_itself_is_the_same(save: Any) -> None:
    saved = save(wild_register(2), DAY)
    found = Comparison(saved, saved)
    assert found.unlike() == []
    assert len(found.figure_changes()) == 0
    assert found.changed_places() == {}
    assert set(found.all_moves()["move"]) == {STAYED}
    lines = list(comparison_lines(found))
    assert "Nobody moved." in lines
    assert max(map(len, lines)) <= 80


def test_figures_that_changed_are_those_that_differ(save: Any) -> None:
    register = wild_register(2)
    before, after = save(register, BEFORE), save(register, DAY)
    changes = Comparison(before, after).figure_changes()
    key = ["topic", "measure", "by", "slice", "split"]
    words = [{tuple(row[:5]): row[5] for row in saved.figures[[*key, "words"]].to_numpy()} for saved in (before, after)]
    differ = {name for name in {*words[0], *words[1]} if words[0].get(name, "") != words[1].get(name, "")}
    found = {tuple(row) for row in changes[key].to_numpy()}
    assert differ <= found
    for row in changes.itertuples():
        name = (row.topic, row.measure, row.by, row.slice, row.split)
        assert (row.words_before, row.words_after) == (words[0].get(name, ""), words[1].get(name, ""))


def test_what_else_differs_is_said_first(save: Any) -> None:
    register = b.register()
    strict = policy_with(audit={"caseload_per_fte": 40}, visits={"decision_days": 3})
    first = replace(save(register, BEFORE, days=6), version="0.0.9", policy="Old policy")
    found = Comparison(first, save(register, DAY, policy=strict))
    assert found.unlike() == [
        f"Program: version 0.0.9 before, {found.after.version} after.",
        f"Policy: Old policy before, {b.policy().name} after.",
        "Period: 7 days before, 84 after.",
        "Policy: audit.caseload_per_fte 50 before, 40 after.",
        "Policy: visits.decision_days 7 before, 3 after.",
    ]


def test_topics_about_nominals_only(save: Any) -> None:
    saved = save(wild_register(2), DAY)
    known = Comparison(saved, saved).topics_of_nominals()
    assert {"population", "visits-overdue", "never-seen", "reactive"} <= set(known)
    assert {"single-crewed", "trend", "demand-hours", "caseload-per-fte", "warnings", "clearance"}.isdisjoint(known)


@pytest.mark.parametrize(
    ("change", "measure", "words"),
    [
        (4.0, Measure.NUMBER, "+4"),
        (-1_204.0, Measure.NUMBER, "-1,204"),
        (0.0, Measure.NUMBER, "same"),
        (-0.04, Measure.SHARE, "same"),
        (-0.06, Measure.SHARE, "-0.1 points"),
        (float("nan"), Measure.SHARE, "-"),
    ],
)
def test_change_in_words(change: float, measure: Measure, words: str) -> None:
    assert change_words(change, measure) == words


def test_a_figure_that_only_one_of_them_has_is_a_dash(save: Any) -> None:
    saved = save(b.register(), DAY)
    without = replace(saved, figures=saved.figures[saved.figures["topic"] != "never-seen"])
    lines = list(comparison_lines(Comparison(without, saved)))
    assert [line.split() for line in lines if line.startswith("Never seen  ")] == [
        ["Never", "seen", "-", "1", "of", "1", "-"]
    ]
