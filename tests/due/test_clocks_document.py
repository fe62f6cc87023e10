"""docs/reference/clocks.md lists exactly the rules and flags that the code knows."""

from __future__ import annotations

import re
from pathlib import Path

from offender_mgmt.due.rule_names import CLOCK_RULES, FLAG_RULES

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "clocks.md").read_text(encoding="utf-8")


def test_table_lists_exactly_the_rules_in_code() -> None:
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.MULTILINE)) == sorted(CLOCK_RULES)


def test_text_names_every_flag_and_no_other() -> None:
    words = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", TEXT))
    assert words - set(CLOCK_RULES) == set(FLAG_RULES)


def test_no_name_stands_for_two_rules() -> None:
    assert len({*CLOCK_RULES, *FLAG_RULES}) == len(CLOCK_RULES) + len(FLAG_RULES)
