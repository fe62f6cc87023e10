"""Every rule has one name: in the list, the check, the model, the reference and the tests."""

import importlib
import re
from pathlib import Path

import pytest

from offender_mgmt.checks.check import FORM, HARD
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.rules import FORM_RULES, HARD_RULES

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "docs" / "reference" / "rules.md"


def _names(rules):
    return [rule.__name__ for rule in rules]


def test_the_check_has_one_function_for_each_rule_in_the_order_of_the_list():
    assert _names(HARD) == list(HARD_RULES)
    assert _names(FORM) == list(FORM_RULES)


def test_no_function_that_looks_like_a_rule_is_left_out_of_the_check():
    """A rule written and not entered would never run: rules are the public functions that take the week alone."""
    found = set()
    for path in sorted((HERE.parent / "offender_mgmt" / "checks").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"^def ([a-z]\w*)\(week: Week\) -> Findings:", text, re.MULTILINE))
    assert found == set(HARD_RULES) | set(FORM_RULES)


def test_the_reference_documents_each_rule_and_reason():
    if not REFERENCE.is_file():
        pytest.skip("docs/reference/rules.md is not written yet: python3 run.py docs")
    documented = set(re.findall(r"^\| `(\w+)` \|", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE))
    assert documented >= set(HARD_RULES) | set(FORM_RULES)
    assert documented <= set(HARD_RULES) | set(FORM_RULES) | set(REASONS)


def test_the_model_knows_each_hard_rule():
    try:
        model = importlib.import_module("offender_mgmt.solver.rules")
    except ModuleNotFoundError as missing:
        pytest.skip(f"the model's list of rules cannot be imported: {missing.name} is not there")
    assert set(model.HARD) == set(HARD_RULES)


@pytest.mark.parametrize("rule", [*HARD_RULES, *FORM_RULES])
def test_each_rule_is_named_by_a_test_of_the_check(rule):
    named = [path.name for path in (HERE / "checks").glob("test_*.py") if f'"{rule}"' in path.read_text("utf-8")]
    assert named
