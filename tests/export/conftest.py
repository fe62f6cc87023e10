"""Strings that have broken other programs."""

from __future__ import annotations

import csv
import io
import json

import pytest


@pytest.fixture(scope="session")
def hard_strings(shared):
    """Naughty strings, formula payloads, and every cell of the CSV corpus."""
    corpora = shared / "corpora"
    strings = json.loads((corpora / "naughty-strings" / "strings.json").read_text("utf-8"))
    strings += (corpora / "csv-injection" / "csv-payload.txt").read_text("utf-8").splitlines()
    for path in sorted((corpora / "csv-spectrum" / "csvs").glob("*.csv")):
        strings += [cell for line in csv.reader(io.StringIO(path.read_text("utf-8"), newline="")) for cell in line]
    return list(dict.fromkeys(strings))
