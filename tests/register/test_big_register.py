"""The register that benchmarks are made with is a register: read without a fault, as large as it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import big_register
from benchmarks.big_register import write_big_register

from offender_mgmt.register.read import read_folder


@pytest.mark.parametrize("copies", [1, 3])
def test_big_register_is_read_without_a_fault(tmp_path: Path, copies: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(big_register, "NOMINALS_A_TEAM", 60 // copies)
    offenders = 60
    folder = write_big_register(tmp_path / "big", offenders)
    register = read_folder(folder).register
    assert len(register.offenders) == offenders
    assert (len(register.officers), len(register.teams)) == (10 * copies, copies)
    assert 40 * offenders < len(register.visits) < 60 * offenders
    assert 45 * offenders < len(register.assessments) < 75 * offenders
    assert "possible-duplicate" not in {warning.rule for warning in register.warnings}
    assert {o.lead_officer for o in register.offenders} <= {*register.officer_by_id, None}


def test_big_register_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    first, second = (write_big_register(tmp_path / name, 30) for name in ("first", "second"))
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes()
