"""The benchmark of the audit does the work it times, and its table says what was found."""

from __future__ import annotations

from benchmarks.bench_audit import STEPS, audit_one, growth, lines_of
from benchmarks.big_register import write_big_register

from offender_mgmt.audit.topics import TOPICS


def test_a_small_register_is_audited_and_packed(tmp_path):
    found = audit_one(write_big_register(tmp_path / "register", 20))
    assert found["rows"]["offenders"] == 20
    assert found["rows"]["visits"] > 500
    assert min(found["members"], found["figures"]) > len(TOPICS)
    assert tuple(found["steps"]) == STEPS
    header, rule, row = lines_of([found])
    assert header.count("|") == rule.count("|") == row.count("|") == 10
    assert row.startswith("| 20 | ")


def test_growth_is_of_the_processors_seconds():
    def result(visits, seconds):
        return {"rows": {"visits": visits}, "steps": {"read": (99.0, seconds, 1)}}

    assert list(growth([result(100, 1.0), result(400, 3.0)])) == [
        "read: 3.0 times the seconds for 4.0 times the attempts"
    ]
