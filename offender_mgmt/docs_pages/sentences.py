"""``rules.md`` and ``faults.md``: every rule and code with its sentence."""

from __future__ import annotations

from collections.abc import Mapping

from offender_mgmt.docs_pages.markdown import code, table
from offender_mgmt.register import fault_rules
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.rules import FORM_RULES, HARD_RULES

RULES_INTRODUCTION = """# Rules of a roster

A rule has one name in the planner, in the check, in the tests and here. Its numbers come from the [policy](policy.md).

## Hard rules

The planner cannot break them; the check finds every breach in any roster.

"""

FORM_INTRODUCTION = """## What makes a roster a roster

Checked only: the planner cannot produce anything else, but a hand or a damaged file can.

"""

REASONS_INTRODUCTION = """## Why a due task is left out

The reason stands in `unassigned.csv` with a sentence of its own; the check tries to prove it wrong.

"""

FAULTS_INTRODUCTION = """# Faults of a register

A register is accepted as a whole or refused as a whole. Every fault is told at once: file, line, column, the
reference of the record where there is one, the rule, and what to do. The value itself is never shown. Exit code 2.

"""

FAULT_GROUPS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("Files", fault_rules.FILE_RULES),
    ("Headers", fault_rules.HEADER_RULES),
    ("Rows", fault_rules.ROW_RULES),
    ("Cells", fault_rules.CELL_RULES),
    ("Contradictions", fault_rules.CONTRADICTION_RULES),
    ("Settings in register.toml and policy.toml", fault_rules.SETTING_RULES),
    ("Pins for a week that is planned again", fault_rules.PIN_RULES),
    ("Warnings: accepted, but to be looked at", fault_rules.CAUTION_RULES),
)


def rules_page() -> str:
    """Hard rules, form rules and reasons."""
    text = RULES_INTRODUCTION + _sentences("rule", HARD_RULES)
    text += FORM_INTRODUCTION + _sentences("rule", FORM_RULES)
    return (text + REASONS_INTRODUCTION + _sentences("reason", REASONS)).rstrip() + "\n"


def faults_page() -> str:
    """Every fault code of the reader."""
    groups = (f"## {title}\n\n" + _sentences("rule", sentences) for title, sentences in FAULT_GROUPS)
    return (FAULTS_INTRODUCTION + "".join(groups)).rstrip() + "\n"


def _sentences(kind: str, sentences: Mapping[str, str]) -> str:
    return table((kind, "says"), ((code(name), sentence) for name, sentence in sentences.items()))
