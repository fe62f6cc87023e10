"""Backlogs that were published, rebuilt nominal by nominal: the audit must say what was said of them, and no less.

400 overdue of 1,297 with 38 high risk, caseloads of 215, 203 and 120 (part-time); 98 of 1,769 in the community and
2,256 on the register; 217 visits and 151 assessments overdue, the worst eight months each, none of them high risk.
"""

from __future__ import annotations

from datetime import date

import builders as b
import pytest
from audit.stories.figures_told import Told, told
from audit.stories.scenario import EXTRACT, Force

from offender_mgmt.vocabulary import RiskLevel

pytestmark = pytest.mark.many_cases

VH, H, M, L = RiskLevel
PART_TIME_HOURS = 20


def four_hundred_of_1297() -> tuple[Force, dict[str, list[str]]]:
    """26 very high, 233 high, 389 medium, 649 low; overdue: 38 high, 112 medium, 250 low."""
    force, groups = Force(), {}
    force.add(26, VH)
    groups["high"] = force.add(38, H, days_overdue=20)
    force.add(195, H)
    groups["medium"] = force.add(100, M, days_overdue=45)
    groups["medium over three months"] = force.add(12, M, days_overdue=120)
    force.add(277, M)
    groups["low"] = force.add(250, L, days_overdue=200)
    force.add(399, L)
    return force, groups


@pytest.fixture(scope="module")
def essex_2016() -> Told:
    force, _ = four_hundred_of_1297()
    names = ("A215", "B203", "C120", *(f"P{n:02}" for n in range(16)))
    hours = {"C120": PART_TIME_HOURS}
    force.officers = tuple(b.officer(officer_id=name, contract_hours=hours.get(name)) for name in names)
    force.led_by({"A215": 215, "B203": 203, "C120": 120, **{f"P{n:02}": 48 if n < 7 else 47 for n in range(16)}})
    return told(force.register())


def test_size_of_the_backlog_and_how_much_of_it_is_high_risk(essex_2016: Told) -> None:
    # 400 / 1297 = 30.84 %
    assert essex_2016.count("visits-overdue") == (400, 1297)
    assert essex_2016.value("visits-overdue", "share") == pytest.approx(30.84, abs=0.005)
    by_tier = {level: essex_2016.count("visits-overdue", by="tier", slice_=level) for level in RiskLevel}
    assert by_tier == {VH: (0, 26), H: (38, 233), M: (112, 389), L: (250, 649)}


def test_how_overdue(essex_2016: Told) -> None:
    # In order: 38 of 20 days, 100 of 45, 12 of 120, 250 of 200: the 200th and 201st and the 360th are 200 days.
    assert essex_2016.value("visits-overdue", "median") == 200
    assert essex_2016.value("visits-overdue", "90th percentile") == 200
    assert essex_2016.value("visits-overdue", "most") == 200
    assert essex_2016.value("visits-overdue", "most", by="tier", slice_="high") == 20
    bands = essex_2016.splits("visits-overdue", "bands")
    assert list(bands.values()) == [0, 38, 100, 12, 250]


def test_risk_in_the_backlog(essex_2016: Told) -> None:
    # weight x (7 + days, at most 182): high 38 x 4 x 27, medium 100 x 2 x 52 and 12 x 2 x 127, low 250 x 1 x 189
    assert essex_2016.value("visits-overdue-risk", "total") == 38 * 108 + 100 * 104 + 12 * 254 + 250 * 189 == 64_802


def test_coverage_says_the_other_side(essex_2016: Told) -> None:
    assert essex_2016.count("coverage-by-plan") == (897, 1297)
    assert essex_2016.count("coverage-by-tier") == (897, 1297)


def test_caseloads_of_215_203_and_120_part_time(essex_2016: Told) -> None:
    # 120 nominals on half the hours are 240 per full-time equivalent; 1,297 over 18 and a half.
    assert essex_2016.count("caseload-over") == (3, 19)
    assert essex_2016.value("caseload-over", "most") == 240
    assert essex_2016.value("caseload-per-fte", "ratio") == pytest.approx(1297 / 18.5)


def test_98_of_1769_in_the_community_and_not_of_2256_on_the_register() -> None:
    force = Force()
    force.add(35, VH)
    force.add(318, H)
    force.add(98, M, days_overdue=15)
    force.add(433, M)
    force.add(885, L)
    force.in_custody(487)
    names = [f"P{n:02}" for n in range(23)]
    force.officers = tuple(b.officer(officer_id=name) for name in names)
    force.led_by({name: 99 if n < 2 else 98 for n, name in enumerate(names)})  # 2 x 99 + 21 x 98 = 2,256
    found = told(force.register())
    assert found.count("visits-overdue") == (98, 1769)
    assert found.value("visits-overdue", "share") == pytest.approx(5.54, abs=0.005)  # 4.34 % of 2,256 would flatter
    assert found.value("population", "number") == 2256
    where = found.splits("population")
    assert {words: number for words, number in where.items() if number} == {
        "active in the community": 1769,
        "custody": 487,
    }
    # "About 100 to one": every one of the 23 leads more than 50.
    assert found.value("caseload-per-fte", "ratio") == pytest.approx(2256 / 23)
    assert found.count("caseload-over") == (23, 23)


def test_217_visits_and_151_assessments_overdue_the_worst_at_eight_months_and_none_high() -> None:
    eight_months = (date(2026, 11, 28) - date(2026, 3, 28)).days
    assert (eight_months, EXTRACT) == (245, date(2026, 11, 27))
    force = Force()
    force.add(30, VH)
    force.add(250, H)
    force.add(100, M, days_overdue=60, arms_overdue=60)
    force.add(30, M, arms_overdue=10)
    force.add(1, M, days_overdue=eight_months)
    force.add(1, L, arms_overdue=eight_months)
    force.add(116, L, days_overdue=30)
    force.add(20, L, arms_overdue=100)
    force.add(973, L)
    found = told(force.register())
    assert found.count("visits-overdue") == (217, 1521)
    assert found.count("arms-overdue") == (151, 1521)
    for topic in ("visits-overdue", "arms-overdue"):
        assert found.value(topic, "most") == eight_months
        assert found.count(topic, by="tier", slice_="high") == (0, 250)
        assert found.count(topic, by="tier", slice_="very_high") == (0, 30)
    assert sum(found.splits("visits-overdue", "bands").values()) == 217
    # 100 of 60 days, 116 of 30 and one of 245: 8-30, 31-90 and 181 and more
    assert list(found.splits("visits-overdue", "bands").values()) == [0, 116, 100, 0, 1]
    assert list(found.splits("arms-overdue", "bands").values()) == [0, 30, 100, 20, 1]
