"""The policy file is read strictly: a misspelt, missing, odd or contradictory setting is a fault, all at once."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offender_mgmt.errors import DataError, Fault
from offender_mgmt.policy import example_policy, read_policy
from offender_mgmt.policy.read import example_policy_text, parse_policy, parse_policy_bytes
from offender_mgmt.toml_text import LARGEST_BYTES

EXAMPLE = example_policy_text()


def faults_of(text: str) -> tuple[Fault, ...]:
    try:
        parse_policy(text, "policy.toml")
    except DataError as error:
        return error.faults
    return ()


def changed(old: str, new: str) -> list[tuple[str, str]]:
    """Key and rule of the faults of the example policy with one text replaced."""
    assert old in EXAMPLE
    return [(fault.column, fault.rule) for fault in faults_of(EXAMPLE.replace(old, new, 1))]


def setting(key: str, value: str) -> list[tuple[str, str]]:
    """Key and rule of the faults of the example policy with one setting's value replaced."""
    head, _, tail = EXAMPLE.partition(f"[{key}]\nvalue = ")
    assert tail
    end = tail.index("\nunit = ")
    text = f"{head}[{key}]\nvalue = {value}{tail[end:]}"
    return [(fault.column, fault.rule) for fault in faults_of(text)]


def test_example_policy_is_read_and_says_what_is_unverified() -> None:
    example = example_policy()
    assert faults_of(EXAMPLE) == ()
    assert "visits.interval_months" not in example.unverified
    assert "visits.repeat_days" in example.unverified
    assert set(example.provenance) >= set(example.unverified)


def test_a21_misspelt_setting_is_refused_with_the_one_that_is_meant() -> None:
    faults = faults_of(EXAMPLE.replace("[visits.repeat_days]", "[visits.repeat_dayz]"))
    assert [(f.column, f.rule) for f in faults] == [
        ("visits.repeat_days", "missing-setting"),
        ("visits.repeat_dayz", "unknown-setting"),
    ]
    assert faults[1].advice == "Did you mean visits.repeat_days?"


def test_a21_unknown_section_and_key_are_refused() -> None:
    extra = '\n[zzz.qqq]\nvalue = 1\nunit = "u"\nsource = "s"\nverified = true\n'
    assert [(f.column, f.rule) for f in faults_of(EXAMPLE + extra)] == [("zzz", "unknown-setting")]
    assert [(f.column, f.rule) for f in faults_of("qqq = 1\n" + EXAMPLE)] == [("qqq", "unknown-setting")]


def test_a21_duplicate_key_is_refused_with_its_line() -> None:
    fault = faults_of('name = "a"\nname = "b"\n')[0]
    assert (fault.rule, fault.line) == ("not-toml", 2)
    assert faults_of(EXAMPLE + EXAMPLE[EXAMPLE.index("[visits.interval_months]") :])[0].rule == "not-toml"


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 20_000, "x = " + "{a = " * 20_000, "[" + "a." * 20_000 + "a]", "a." * 20_000 + "a = 1"],
    ids=["arrays", "inline tables", "header", "dotted key"],
)
def test_a21_deep_nesting_is_one_fault(text: str) -> None:
    assert {fault.rule for fault in faults_of(text)} == {"line-too-long"}


@pytest.mark.parametrize("text", ["x = " + "[\n" * 20_000, "[" + "a." * 900 + "a]\nvalue = 1", "[" + "a." * 990 + "a]"])
def test_a21_deep_nesting_within_the_limits_is_one_fault(text: str) -> None:
    assert "nested-too-deep" in {fault.rule for fault in faults_of(text)}


@pytest.mark.parametrize(
    "value",
    ["nan", "inf", "-inf", "1e400", "1.0", "1.5", '"1"', "true", "[1]", "{}", "0", "-1", "99999999999999999999"],
)
def test_a21_b19_number_that_is_none_is_refused(value: str) -> None:
    assert setting("visits.decision_days", value) == [("visits.decision_days", "bad-setting")]


@pytest.mark.parametrize("value", ["1", '"yes"', '"true"', "[]"])
def test_a21_yes_or_no_is_true_or_false(value: str) -> None:
    assert setting("crews.driver_needed", value) == [("crews.driver_needed", "bad-setting")]


def test_a21_dates_are_dates() -> None:
    assert setting("duty.extra_bank_holidays", "[2026-06-15]") == []
    assert setting("duty.extra_bank_holidays", '["someday"]') == [("duty.extra_bank_holidays.0", "bad-setting")]
    assert setting("duty.extra_bank_holidays", "[2026-06-15T01:00:00]") == [
        ("duty.extra_bank_holidays.0", "bad-setting")
    ]


@pytest.mark.parametrize(
    "levels", ["{ high = 3, medium = 6, low = 12 }", "{ very_hi = 1, high = 3, medium = 6, low = 12 }"]
)
def test_b19_every_risk_level_needs_its_value(levels: str) -> None:
    assert {rule for _, rule in setting("visits.interval_months", levels)} <= {"settings-at-odds", "bad-setting"}
    assert setting("visits.interval_months", levels)


@settings(max_examples=150, deadline=None)
@given(value=st.integers(-(2**70), 2**70))
def test_b19_whole_numbers_are_bounded(value: int) -> None:
    # Days are 1 to 3660, weights 1 to 1000.
    assert bool(setting("visits.decision_days", str(value))) != (1 <= value <= 3660)
    weights = f"{{ very_high = {value}, high = 4, medium = 2, low = 1 }}"
    assert bool(setting("priorities.level_weights", weights)) != (1 <= value <= 1000)


def test_setting_without_unit_or_source_is_refused() -> None:
    assert changed('unit = "calendar months"\n', "") == [("visits.interval_months.unit", "missing-setting")]
    assert changed('unit = "calendar months"\n', 'unit = ""\n') == [("visits.interval_months.unit", "bad-setting")]
    assert changed("verified = true\n", 'verified = "yes"\n') == [("visits.interval_months.verified", "bad-setting")]
    bare = EXAMPLE + "\n[zzz]\nbare = 1\n"
    assert ("zzz.bare", "no-source") in [(f.column, f.rule) for f in faults_of(bare)]


def test_all_faults_are_told_at_once() -> None:
    text = EXAMPLE.replace("[visits.repeat_days]", "[visits.repeat]").replace("value = 4\n", "value = 0\n", 1)
    assert len(faults_of(text)) == 3


def test_a21_policy_files_that_are_no_text(tmp_path: Path) -> None:
    cases = {b"\xff\xfe": "not-utf8", b"name = \x00": "not-toml", b"#" * (LARGEST_BYTES + 1): "unreadable-file"}
    for data, rule in cases.items():
        path = tmp_path / "policy.toml"
        path.write_bytes(data)
        with pytest.raises(DataError) as caught:
            read_policy(path)
        assert [fault.rule for fault in caught.value.faults] == [rule]
    with pytest.raises(DataError) as caught:
        parse_policy_bytes(b"#" * (LARGEST_BYTES + 1), "policy.toml")
    assert [fault.rule for fault in caught.value.faults] == ["file-too-large"]


def test_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.encode())
    assert read_policy(path) == example_policy()


def test_a12_odd_policy_paths(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "none"):
        with pytest.raises(DataError) as caught:
            read_policy(path)
        assert [fault.rule for fault in caught.value.faults] == ["unreadable-file"]


def test_a21_json_test_suite_is_never_a_policy(shared: Path) -> None:
    files = sorted((shared / "corpora/json-parsing").glob("*.json"))
    assert len(files) == 159
    for path in files:
        with pytest.raises(DataError) as caught:
            parse_policy_bytes(path.read_bytes(), path.name)
        assert all(fault.advice and "\n" not in str(fault) for fault in caught.value.faults)


def test_a21_values_are_never_repeated() -> None:
    secret = json.dumps("SECRETVALUE")
    for key in ("visits.decision_days", "visits.interval_months", "priorities.bands", "crews.roles", "visits.hours_to"):
        head, _, tail = EXAMPLE.partition(f"[{key}]\nvalue = ")
        text = f"{head}[{key}]\nvalue = {secret}{tail[tail.index(chr(10) + 'unit = ') :]}"
        assert faults_of(text)
        assert "SECRETVALUE" not in "".join(str(fault) for fault in faults_of(text))
