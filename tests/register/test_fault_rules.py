"""Every rule has a sentence, no sentence is left over, and every row of the list of faults has its test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from offender_mgmt import vocabulary
from offender_mgmt.register.fault_rules import (
    CAUTION_RULES,
    CELL_RULES,
    CONTRADICTION_RULES,
    FAULT_RULES,
    FILE_RULES,
    HEADER_RULES,
    PIN_RULES,
    ROW_RULES,
    SETTING_RULES,
)
from offender_mgmt.register.records import RECORD_TYPES

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
NOT_RULES = frozenset({"utf-8", "utf-8-sig", "no-car"})
TABLES = (FILE_RULES, HEADER_RULES, ROW_RULES, CELL_RULES, CONTRADICTION_RULES, CAUTION_RULES, SETTING_RULES, PIN_RULES)


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def codes_in_source() -> set[str]:
    """Every constant of the reader's source that is written like a rule."""
    files = [path for path in (ROOT / "offender_mgmt/register").rglob("*.py") if path.name != "fault_rules.py"]
    files += [
        ROOT / "offender_mgmt/policy/read.py",
        ROOT / "offender_mgmt/toml_text.py",
        ROOT / "offender_mgmt/planning/pins.py",
    ]
    return {text for path in files for text in strings(path) if CODE.fullmatch(text)} - NOT_RULES


def codes_of_closed_lists() -> set[str]:
    """``unknown-risk-level`` and its like, one for each closed list that a column has."""
    words = {name for name in dir(vocabulary) if isinstance(getattr(vocabulary, name), type)}
    used = {
        annotation.__name__
        for record_type in RECORD_TYPES
        for info in record_type.model_fields.values()
        if (annotation := info.annotation) is not None and getattr(annotation, "__name__", "") in words
    }
    return {"unknown-" + re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in used}


def test_every_rule_has_a_sentence_and_every_sentence_a_rule() -> None:
    assert codes_in_source() | codes_of_closed_lists() == set(FAULT_RULES)
    assert len(codes_of_closed_lists()) == 12


def test_rules_are_told_once_and_in_sentences() -> None:
    assert sum(len(table) for table in TABLES) == len(FAULT_RULES)
    for code, sentence in FAULT_RULES.items():
        assert CODE.fullmatch(code)
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def rows_of_the_map() -> dict[str, str]:
    """Row of the list of faults to what the README beside this file says of it."""
    text = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([A-D]\d+) \| (.*) \|$", text, re.MULTILINE))


def all_test_names() -> set[str]:
    names = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                names.add(node.name)
    return names


def test_every_row_of_the_list_of_faults_is_mapped() -> None:
    expected = {f"{letter}{n}" for letter, last in (("A", 21), ("B", 24), ("D", 13)) for n in range(1, last + 1)}
    assert set(rows_of_the_map()) == expected


def test_every_mapped_test_exists_and_every_test_of_a_row_is_mapped() -> None:
    mapped = {name for text in rows_of_the_map().values() for name in re.findall(r"`(test_\w+)`", text)}
    names = all_test_names()
    assert mapped <= names
    ours = {
        node.name
        for folder in ("register", "policy")
        for path in (ROOT / "tests" / folder).rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and re.match(r"test_[abd]\d\d_", node.name)
    }
    assert ours <= mapped


def test_rows_without_a_test_here_say_where_they_belong() -> None:
    for row, text in rows_of_the_map().items():
        assert "`test_" in text or text.startswith("not of the files:"), row
