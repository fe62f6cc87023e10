"""One extract after another: what changed, and which extracts are not to be trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import builders as b
import pytest

from offender_mgmt.errors import UsageError
from offender_mgmt.register import Register
from offender_mgmt.register.compare import ExtractDiff, RiskChange, compare_extracts
from offender_mgmt.vocabulary import CommunityStatus, RiskLevel


def many(count: int, **changes: object) -> Register:
    """A register of ``count`` nominals R000, R001, ..."""
    nominals = tuple(b.offender(offender_ref=f"R{n:03}") for n in range(count))
    return b.register(**{"offenders": nominals, "digests": (("offenders.csv", str(count)),), **changes})


def compare(previous: Register, current: Register, **options: object) -> ExtractDiff:
    return compare_extracts(previous, current, b.policy(), **options)  # type: ignore[arg-type]


def test_a17_the_same_files_again_are_told_and_nothing_is_done() -> None:
    diff = compare(many(5), many(5))
    assert diff.same
    assert diff.words == "already read, nothing changed"


def test_a17_registers_without_digests_are_compared_by_content() -> None:
    assert not compare(many(5, digests=()), many(5, digests=())).same


def test_a17_older_extract_is_refused_unless_forced() -> None:
    older = many(6, extract_date=date(2026, 11, 26))
    with pytest.raises(UsageError, match="older"):
        compare(many(5), older)
    assert compare(many(5), older, force=True).new == ("R005",)
    assert compare(many(5), many(6)).new == ("R005",)  # the same day is no older


@pytest.mark.parametrize("percent", range(10, 100, 10))
def test_a02_fall_at_every_tenth_is_refused(percent: int) -> None:
    with pytest.raises(UsageError, match=f"accept {percent}"):
        compare(many(100), many(100 - percent))


def test_a02_b20_fall_above_policy_needs_its_number_and_lists_the_removed() -> None:
    # The example policy accepts a fall of 5 per cent.
    assert compare(many(100), many(95)).removed == ("R095", "R096", "R097", "R098", "R099")
    with pytest.raises(UsageError, match=r"offenders.csv has 6 rows fewer of 100.*accept 6.*R094, R095") as caught:
        compare(many(100), many(94))
    assert "R093" not in str(caught.value)
    with pytest.raises(UsageError):
        compare(many(100), many(94), accept_fall=5)
    assert len(compare(many(100), many(94), accept_fall=6).removed) == 6


def test_a02_a_log_that_lost_rows_is_refused_too() -> None:
    visits = tuple(b.visit(visit_id=f"V{n}") for n in range(10))
    with pytest.raises(UsageError, match=r"visits\.csv has 1 rows fewer of 10"):
        compare(many(2, visits=visits), many(3, visits=visits[1:]))


def test_b20_every_kind_of_difference_is_told() -> None:
    old = many(40)
    nominals = list(old.offenders)
    nominals[0] = nominals[0].replace(risk_level=RiskLevel.HIGH)
    nominals[1] = nominals[1].replace(community_status=CommunityStatus.CUSTODY)
    nominals[2] = nominals[2].replace(community_status=CommunityStatus.HOSPITAL)
    new = b.offender(offender_ref="R900")
    now = replace(old, offenders=(*nominals[:-1], new), digests=())
    diff = compare(old, now)
    assert (diff.new, diff.removed, diff.to_custody) == (("R900",), ("R039",), ("R001",))
    assert diff.risk_changes == (RiskChange("R000", RiskLevel.MEDIUM, RiskLevel.HIGH),)
    assert diff.words == "1 new, 1 removed, 1 to custody, 1 risk change"
    back = compare(now, replace(old, digests=()))
    assert back.back == ("R001", "R002")
    assert back.words == "1 new, 1 removed, 2 back in the community, 1 risk change"


def test_nothing_changed_in_any_nominal() -> None:
    diff = compare(many(3), replace(many(3), digests=(), visits=(b.visit(),)))
    assert diff.words == "no nominal changed"


def test_two_risk_changes_are_plural() -> None:
    old = many(2)
    now = replace(old, offenders=tuple(o.replace(risk_level=RiskLevel.LOW) for o in old.offenders), digests=())
    assert compare(old, now).words == "2 risk changes"
