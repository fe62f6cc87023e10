"""The document: as published, figures as computed, refused where it does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from export_builders import checked, export
from pydantic import ValidationError

from offender_mgmt.export.json_document import RosterDocument, json_files, schema_text

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roster.schema.json"
REASON = {"reason": "Briefing"}


def read(**asked):
    ((name, data),) = json_files(export(**asked)).items()
    assert name.endswith("_2026-W49_roster.json")
    return json.loads(data)


def test_the_published_schema_is_that_of_the_code():
    """Stale? Write it again: python3 run.py docs"""
    assert PUBLISHED.read_text("utf-8") == schema_text()


@pytest.mark.parametrize("asked", [{}, REASON])
def test_documents_are_valid_by_the_published_schema(asked):
    schema = json.loads(PUBLISHED.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    checker.validate(read(**asked))
    broken = read(**asked) | {"status": 7}
    assert not checker.is_valid(broken)
    assert not checker.is_valid(read(**asked) | {"name": "more than the schema knows"})


def test_the_fields_are_these_and_no_others():
    redacted = read()
    head = [
        "aims",
        "bands",
        "detail",
        "extract_date",
        "first_day",
        "last_day",
        "levels",
        "made_from",
        "marking",
        "reason",
    ]
    head += ["reasons", "replaces", "roster_sha256", "schema", "status", "status_words"]
    tail = ["teams", "version", "warnings", "week"]
    assert sorted(redacted) == [*head, "stops", *tail]
    assert sorted(redacted["stops"][0]) == ["date", "locality", "offender_ref", "outing", "position", "time_band"]
    full = read(**REASON)
    assert sorted(full) == sorted([*head, "left_out", *tail, "work"])
    assert sorted(full["work"][0]) == [
        *("band", "crew", "days_overdue", "done_with", "due_date", "end", "locality", "offender_ref", "outing", "part"),
        *("position", "risk_level", "start", "task_id", "task_type", "travel_minutes_before", "why"),
    ]
    assert sorted(full["left_out"][0]) == [
        *("band", "days_overdue", "due_date", "explanation", "offender_ref", "reason", "risk_level", "task_id"),
        "task_type",
    ]


def test_figures_are_those_of_the_roster():
    """Nine tasks of the small team are due; four of them are left out (REASONS_BY_HAND), one put off."""
    document, bands = read(), checked().planned.bands
    assert [band["value"] for band in document["bands"]] == [band.value for band in bands]
    assert [band["bound"] for band in document["bands"]] == [band.bound for band in bands]
    assert document["aims"] == [{"aim": "travel", "bound": 100, "value": 115}]
    assert sum(level["due"] - level["assigned"] for level in document["levels"]) == 2
    assert {reason["reason"]: reason["tasks"] for reason in document["reasons"]} == {
        "crews_full": 1,
        "no_crew_when_seen": 1,
        "no_qualified_crew": 1,
    }


def test_moments_have_their_offset():
    visit = next(work for work in read(**REASON)["work"] if work["task_id"] == "HV-RSO-000001")
    assert (visit["start"], visit["end"], visit["crew"]) == (
        "2026-11-30T09:00:00Z",
        "2026-11-30T10:00:00Z",
        ["P1", "P2"],
    )


def test_a_document_of_another_form_is_refused():
    with pytest.raises(ValidationError):
        RosterDocument.model_validate(read() | {"schema": "offender-mgmt/roster/2"})
