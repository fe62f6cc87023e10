"""What stands in a pack."""

from __future__ import annotations

import hashlib

from offender_mgmt.audit.definitions import DEFINITION_COLUMNS, definition_rows, definitions_markdown
from offender_mgmt.audit.frames import frame_csv
from offender_mgmt.audit.pack.report import report_page
from offender_mgmt.audit.saved import AUDIT_FILE, audit_json
from offender_mgmt.audit.summary import summary_lines
from offender_mgmt.audit.told import Told
from offender_mgmt.files import csv_bytes

REPORT, SUMMARY, FIGURES, POLICY = "report.html", "summary.txt", "figures.csv", "policy.toml"
DEFINITIONS, DEFINITIONS_TEXT, DIGESTS = "definitions.csv", "definitions.md", "digests.csv"
MEMBERS = "members"
WHAT_FOR = {
    REPORT: "the report: questions, charts, tables, lists",
    SUMMARY: "the same as on the screen",
    FIGURES: "every figure, one a row",
    f"{MEMBERS}/": "the list behind each figure, one file for each topic",
    AUDIT_FILE: "all of it for programs, and for: offender-mgmt compare",
    DEFINITIONS: f"how each figure is defined ({DEFINITIONS_TEXT}: to be read)",
    POLICY: "the policy that was used",
    DIGESTS: "SHA-256 of every file read and of every file here",
}


def pack_files(told: Told, policy: bytes) -> dict[str, bytes]:
    """Every file of a pack by name; the last one seals the others.

    Parameters
    ----------
    policy
        The policy file that was used, as it was read.
    """
    audit = told.audit
    files = {
        REPORT: report_page(told),
        SUMMARY: "".join(f"{line}\n" for line in summary_lines(told)).encode("utf-8"),
        FIGURES: frame_csv(audit.figures),
        **{f"{MEMBERS}/{name}.csv": frame_csv(rows) for name, rows in audit.members.items()},
        AUDIT_FILE: audit_json(told),
        DEFINITIONS: csv_bytes(DEFINITION_COLUMNS, definition_rows(audit.topics)),
        DEFINITIONS_TEXT: f"# How each figure is defined\n\n{definitions_markdown(audit.topics)}".encode(),
        POLICY: policy,
    }
    return {**files, DIGESTS: _digests(told, files)}


def _digests(told: Told, files: dict[str, bytes]) -> bytes:
    read = [("read", name, digest) for name, digest in told.inputs]
    written = [("pack", name, hashlib.sha256(data).hexdigest()) for name, data in files.items()]
    return csv_bytes(("where", "file", "sha256"), [*read, *written])
