"""What holds for every form of export: nothing leaks, nothing changes, everything is marked, the bytes repeat."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from export_builders import approved, checked, export, in_parts, with_canaries, with_texts
from forms import MAKERS, all_text, as_told, texts_of

from offender_mgmt.export.positions import degrees
from offender_mgmt.files import FORMULA_SIGNS

pytestmark = pytest.mark.many_cases

ROOT = Path(__file__).resolve().parents[2]
REASON = {"reason": "Briefing"}
FULL_FORMS = sorted(MAKERS.keys() - {"ics"})
"""Forms that hold text which is not a reference; a calendar has references only."""


@pytest.mark.parametrize("form", MAKERS)
def test_a_canary_in_every_field_is_in_no_redacted_export(form):
    files = MAKERS[form](export(with_canaries()))
    assert files
    for name, data in files.items():
        assert "CANARY" not in name + all_text(name, data)


@pytest.mark.parametrize("form", FULL_FORMS)
def test_the_canary_sings_where_a_reason_was_given(form):
    """The test above would see a leak. Maps tell no reasons and no bands of what is left out."""
    found = "".join(all_text(*file) for file in MAKERS[form](export(with_canaries(), **REASON)).items())
    assert "CANARY-why" in found
    assert ("CANARY-explanation" in found) == (form in ("json", "xlsx", "html"))


@pytest.mark.parametrize("form", MAKERS)
def test_redacted_files_hold_no_exact_time_place_or_kind_of_task(form):
    """Visits at 09:00 and 10:15; a calendar tells the time, which is what it is for."""
    register = checked().planned.register
    exact = (570_137, 207_863)
    run = checked(
        replace(register, offenders=tuple(o.replace(easting=exact[0], northing=exact[1]) for o in register.offenders))
    )
    longitude, latitude = degrees([exact], 4)[0]
    secrets = ["ARMSI", "HV-RSO", "home_visit", *map(str, exact), str(longitude), str(latitude)]
    secrets += [] if form == "ics" else ["10:15", "1015", "11:15"]  # at 09:00 there is a hearing too
    for name, data in MAKERS[form](export(run)).items():
        text = all_text(name, data)
        assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize("form", MAKERS)
def test_every_file_says_its_marking_and_its_status(form):
    for approval, status, words in (
        (None, "DRAFT", "nobody has approved"),
        (approved(), "VERSION-2", "replaces version 1"),
    ):
        for name, data in MAKERS[form](export(approval=approval)).items():
            text = all_text(name, data).replace("\r\n ", "")
            assert name.startswith(f"OFFICIAL-SENSITIVE_{status}_2026-W49_")
            assert "OFFICIAL-SENSITIVE" in text
            assert words in text
            assert "0123456789ab" in text  # which roster


@pytest.mark.parametrize("form", FULL_FORMS)
def test_the_reason_and_what_is_wrong_stand_on_every_full_file(form):
    run = checked(violations=("one",), changes=("roster.csv was changed after the roster was planned",))
    for name, data in MAKERS[form](export(run, despite="court asked", **REASON)).items():
        text = all_text(name, data)
        assert "Briefing" in text
        assert "let out because: court asked" in text
        assert "roster.csv was changed" in text


@pytest.mark.parametrize("form", FULL_FORMS)
@pytest.mark.parametrize("asked", [{}, REASON])
def test_hard_strings_come_back_as_they_were(hard_strings, form, asked):
    for texts in in_parts(hard_strings):
        files = MAKERS[form](export(with_texts(texts), **asked))
        found = set().union(*(texts_of(name, data) for name, data in files.items()))
        assert {as_told(form, text) for text in texts if text} <= found


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_a_hard_string_starts_a_formula(hard_strings, form):
    for texts in in_parts(hard_strings):
        for name, data in MAKERS[form](export(with_texts(texts), **REASON)).items():
            for cell in cells_of(name, data):
                assert not cell.lstrip().startswith(tuple(FORMULA_SIGNS)), cell


def cells_of(name, data):
    """Cells as a spreadsheet sees them, guards and all."""
    if name.endswith(".csv"):
        return [cell for line in csv.reader(io.StringIO(data.decode("utf-8"), newline="")) for cell in line]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    return [value for sheet in book for row in sheet.values for value in row if isinstance(value, str)]


@pytest.mark.parametrize("form", MAKERS)
def test_the_same_roster_gives_the_same_bytes(form):
    assert MAKERS[form](export()) == MAKERS[form](export())


PRINT_DIGEST = """
import hashlib, sys
sys.path += ["tests", "tests/export"]
from export_builders import export
from forms import MAKERS
for form, make in MAKERS.items():
    for name, data in make(export()).items():
        print(form, name, hashlib.sha256(data).hexdigest())
"""


def test_the_bytes_depend_on_no_language_time_zone_or_hash_seed():
    said = set()
    for language, zone, seed in (("C", "UTC", "1"), ("de_DE.UTF-8", "Asia/Tokyo", "2")):
        settings = {**os.environ, "LANG": language, "LC_ALL": language, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", PRINT_DIGEST]
        said.add(subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True).stdout)
    assert len(said) == 1
    assert len(said.pop().splitlines()) > len(MAKERS)


@pytest.mark.parametrize("form", MAKERS)
def test_an_empty_roster_can_be_exported(form):
    run = checked(roster=replace(checked().planned.roster, assignments=(), unassigned=()))
    for name, data in MAKERS[form](export(run)).items():
        assert "RSO-" not in all_text(name, data)
