"""One file of the register: its header, its cells, its counts; what is refused says where and why, never what."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import builders as b
import pytest

from offender_mgmt.register.header import column_names
from offender_mgmt.register.records import (
    RECORD_TYPES,
    Change,
    Deferral,
    Event,
    Offender,
    Officer,
    Record,
    Tour,
    TravelRow,
    Visit,
)
from offender_mgmt.register.table import Table, read_table
from offender_mgmt.register.write import table_bytes
from offender_mgmt.vocabulary import RiskLevel

OFFENDER = {
    "offender_ref": "RSO-000001",
    "cohort": "rso",
    "risk_level": "medium",
    "risk_level_set_on": "2024-01-10",
    "management_status": "active",
    "community_status": "community",
    "team": "north",
    "registered_on": "2023-06-01",
}
VISIT = {"visit_id": "V-1", "offender_ref": "RSO-000001", "date": "2026-06-01", "type": "search", "outcome": "refused"}


def csv_of(record_type: type[Record], *rows: dict[str, str]) -> bytes:
    """A file with all columns and these cells, unquoted."""
    names = column_names(record_type)
    lines = [",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def read(record_type: type[Record], *rows: dict[str, str]) -> Table[Any]:
    return read_table(record_type.file_name, csv_of(record_type, *rows), record_type)


def found(table: Table[Any]) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.rule) for fault in table.faults]


def test_row_with_required_cells_only_takes_the_defaults() -> None:
    table = read(Offender, OFFENDER)
    expected = b.offender(lead_officer=None, easting=None, northing=None, locality="")
    assert table.records == (expected,)
    assert (table.count.read, table.count.accepted, table.count.refused, table.count.blank) == (1, 1, 0, 0)


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_a02_header_only_is_refused_unless_allowed(record_type: type[Record]) -> None:
    data = csv_of(record_type)
    assert found(read_table("f.csv", data, record_type)) == [(0, "", "header-only")]
    assert read_table("f.csv", data, record_type, allow_empty=True).faults == ()


def test_a06_order_and_case_of_the_header_are_free() -> None:
    names = column_names(Visit)
    header = [name.title() for name in reversed(names)]
    row = [VISIT.get(name, "") for name in reversed(names)]
    table = read_table("visits.csv", f" {' , '.join(header)} \n{','.join(row)}\n".encode(), Visit)
    assert table.faults == ()
    assert table.records == read(Visit, VISIT).records


def test_a06_unknown_missing_and_misspelt_columns() -> None:
    data = csv_of(Visit, VISIT).replace(b"outcome", b"outcom", 1)
    table = read_table("visits.csv", data, Visit)
    assert found(table) == [(1, "column 8", "unknown-column"), (1, "outcome", "missing-column")]
    assert table.faults[0].advice == "Did you mean outcome?"


def test_columns_that_came_later_may_be_left_out() -> None:
    names = [name for name in column_names(Offender) if name != "order_end"]
    data = f"{','.join(names)}\n{','.join(OFFENDER.get(name, '') for name in names)}\n".encode()
    table = read_table("offenders.csv", data, Offender)
    assert table.faults == ()
    assert table.records == read(Offender, OFFENDER).records
    assert table.records[0].order_end is None
    misspelt = read_table("offenders.csv", data.replace(b"markers\n", b"markers,order_ends\n", 1), Offender)
    assert found(misspelt) == [(1, "column 29", "unknown-column")]
    assert misspelt.faults[0].advice == "Did you mean order_end?"
    assert (1, "risk_level", "missing-column") in found(
        read_table("offenders.csv", data.replace(b"risk_level,", b"", 1), Offender)
    )


@pytest.mark.parametrize(("hours", "rule"), [("1", []), ("80", []), ("81", ["bad-number"]), ("0", ["bad-number"])])
def test_contract_hours_are_hours_of_a_week(hours: str, rule: list[str]) -> None:
    officer = {"officer_id": "P1", "role": "constable", "team": "North", "base": "Colchester", "contract_hours": hours}
    assert [fault.rule for fault in read(Officer, officer).faults] == rule


def test_a06_unknown_column_is_refused_without_repeating_its_name() -> None:
    data = csv_of(Visit, VISIT).replace(b"visit_id,", b"visit_id,Zebedee,", 1)
    fault = read_table("visits.csv", data, Visit).faults[0]
    assert (fault.column, fault.rule) == ("column 2", "unknown-column")
    assert "ebedee" not in str(fault)


def test_a06_blank_and_repeated_columns() -> None:
    data = csv_of(Visit, VISIT)
    blank = read_table("visits.csv", data.replace(b"announced", b"", 1), Visit)
    assert (1, "column 7", "column-without-name") in found(blank)
    twice = read_table("visits.csv", data.replace(b"announced", b"DATE", 1), Visit)
    assert (1, "column 7", "column-twice") in found(twice)


def test_a06_frictionless_headers_are_refused(shared: Path) -> None:
    folder = shared / "corpora/frictionless-bad-tables"
    for name in ("without-headers", "table-unicode-headers", "numeric-labels", "schema-errors", "country-3"):
        table = read_table("offenders.csv", (folder / f"{name}.csv").read_bytes(), Offender)
        assert [rule for _, _, rule in found(table)] == ["header-not-found"]
        assert table.records == ()


def test_a07_other_delimiters_and_quotes_are_refused() -> None:
    data = csv_of(Visit, VISIT)
    for sign in (b";", b"\t", b"|"):
        table = read_table("visits.csv", data.replace(b",", sign), Visit)
        assert [rule for _, _, rule in found(table)] == ["other-delimiter"]
    quoted = "\n".join(",".join(f"'{cell}'" for cell in line.split(",")) for line in data.decode().splitlines())
    assert [rule for _, _, rule in found(read_table("visits.csv", quoted.encode(), Visit))] == ["other-quotes"]


def test_a07_decimal_comma_is_an_extra_cell() -> None:
    data = csv_of(TravelRow, {"from_place": "A", "to_place": "B", "minutes": "7,5"})
    assert found(read_table("travel.csv", data, TravelRow)) == [(2, "", "cell-count")]


@pytest.mark.parametrize("title", ["Extract of team north", "# comment", "Extract,north,2026", '"Extract, north"'])
def test_a08_title_above_is_refused_with_the_line_of_the_header(title: str) -> None:
    for count in (1, 3):
        data = f"{title}\n".encode() * count + csv_of(Visit, VISIT)
        table = read_table("visits.csv", data, Visit)
        assert found(table) == [(1, "", "header-not-first")]
        assert f"line {count + 1}:" in table.faults[0].advice


def test_a08_frictionless_titles_find_no_header_of_ours(shared: Path) -> None:
    for name in ("skip-rows-before-headers", "matrix-with-comment"):
        data = (shared / f"corpora/frictionless-bad-tables/{name}.csv").read_bytes()
        assert [rule for _, _, rule in found(read_table("visits.csv", data, Visit))] == ["header-not-found"]


def test_a08_blank_and_comment_lines_between_and_below() -> None:
    lines = csv_of(Visit, VISIT, {**VISIT, "visit_id": "V-2"}).decode().splitlines()
    blanks = "\n".join(["", lines[0], "", lines[1], ",,,,,,,,,", lines[2], "", "   "]) + "\n"
    table = read_table("visits.csv", blanks.encode(), Visit)
    assert (table.faults, table.count.read, table.count.accepted, table.count.blank) == ((), 7, 2, 5)
    comment = "\n".join([lines[0], lines[1], "# checked", lines[2], "total: 2"]) + "\n"
    table = read_table("visits.csv", comment.encode(), Visit)
    assert found(table) == [(3, "", "cell-count"), (5, "", "cell-count")]
    assert (table.count.read, table.count.accepted, table.count.refused) == (4, 2, 2)


def test_a05_register_cells_hold_no_line_breaks() -> None:
    data = csv_of(Event, {"event_id": "E"}).replace(b"E,", b'E,"a\nb",', 1)
    assert (2, "", "quote-not-closed") in found(read_table("events.csv", data, Event))


@pytest.mark.parametrize("text", ["NA", "N/A", "null", "None", "nan", "NaN", "TRUE", "#N/A", "-", "undefined"])
def test_a14_words_that_programs_take_for_nothing_are_kept_as_text(text: str) -> None:
    assert read(Offender, {**OFFENDER, "locality": text}).records[0].locality == text


@pytest.mark.parametrize("text", ["NA", "null", "None", "nan", "TRUE", "007", "0", "1_000"])
def test_a14_a15_references_are_text_kept_exactly(text: str) -> None:
    assert read(Offender, {**OFFENDER, "offender_ref": text}).records[0].offender_ref == text


def test_a15_leading_zeros_of_collar_numbers_are_kept(shared: Path) -> None:
    officer = {"officer_id": "0123", "role": "constable", "team": "north", "base": "b"}
    assert read(Officer, officer).records[0].officer_id == "0123"
    lines = (shared / "corpora/frictionless-bad-tables/leading-zeros.csv").read_text().splitlines()
    for text in lines[1:]:
        assert read(Officer, {**officer, "officer_id": text}).records[0].officer_id == text


NOT_NUMBERS = ("1E5", "3-4", "1_000", "٣", "+44", "-0", "-1", "NaN", "inf", "1e400", "1.5", "0x10", "²", "700001")


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_a15_numbers_are_ascii_digits_within_bounds(text: str) -> None:
    assert found(read(Offender, {**OFFENDER, "easting": text})) == [(2, "easting", "bad-number")]


def test_a15_frictionless_numbers(shared: Path) -> None:
    lines = (shared / "corpora/frictionless-bad-tables/number-test.csv").read_text().splitlines()[1:]
    for cell in (cell for line in lines for cell in line.split(",")):
        table = read(Offender, {**OFFENDER, "easting": cell})
        whole = cell.strip().isascii() and cell.strip().isdigit() and int(cell) <= 700_000
        assert bool(table.faults) != (whole or not cell.strip())


@pytest.mark.parametrize("text", ["1.23E+12", "1E5", "12-Mar", "3-Apr-26", "Mar-26"])
def test_a16_reference_changed_by_a_spreadsheet(text: str) -> None:
    assert found(read(Offender, {**OFFENDER, "offender_ref": text})) == [(2, "offender_ref", "changed-by-spreadsheet")]


@pytest.mark.parametrize("text", ["45012", "45012.5"])
def test_a16_date_changed_by_a_spreadsheet(text: str) -> None:
    assert found(read(Offender, {**OFFENDER, "registered_on": text})) == [
        (2, "registered_on", "changed-by-spreadsheet")
    ]


@pytest.mark.parametrize("text", ["HIGH", " high ", "High"])
def test_b01_case_and_spaces_of_a_risk_level_are_forgiven(text: str) -> None:
    assert read(Offender, {**OFFENDER, "risk_level": text}).records[0].risk_level is RiskLevel.HIGH


@pytest.mark.parametrize("text", ["very high", "Very-High", "VERY_HIGH"])
def test_b01_very_high_as_people_write_it(text: str) -> None:
    assert read(Offender, {**OFFENDER, "risk_level": text}).records[0].risk_level is RiskLevel.VERY_HIGH


def test_b01_unknown_or_missing_risk_level_is_refused_never_low() -> None:
    for text, rule in {"Medium-High": "unknown-risk-level", "3": "unknown-risk-level", "": "missing-value"}.items():
        table = read(Offender, {**OFFENDER, "risk_level": text})
        assert found(table) == [(2, "risk_level", rule)]
        assert table.records == ()


@pytest.mark.parametrize("outcome", ["successful - no reply", "successful; no_reply", "success", ""])
def test_b06_outcome_is_one_word_so_a_no_reply_is_never_a_success(outcome: str) -> None:
    table = read(Visit, {**VISIT, "outcome": outcome})
    assert [column for _, column, _ in found(table)] == ["outcome"]
    assert table.records == ()


@pytest.mark.parametrize("days", ["0", "-7", "1.5", "100001"])
def test_b07_interval_of_zero_or_less_is_refused(days: str) -> None:
    assert found(read(Offender, {**OFFENDER, "visit_interval_days": days})) == [
        (2, "visit_interval_days", "bad-number")
    ]


def test_b07_blank_interval_is_none() -> None:
    assert read(Offender, OFFENDER).records[0].visit_interval_days is None


@pytest.mark.parametrize("text", ["see notes", "NFA", "51.7N"])
def test_b11_words_for_a_position_are_refused(text: str) -> None:
    assert found(read(Offender, {**OFFENDER, "northing": text})) == [(2, "northing", "bad-number")]


@pytest.mark.parametrize("text", ["O'Neill", "Nuñez", "X", "x" * 200, "Null", "מרכז", "👍", "a\u200bb", "\u202eabc"])
def test_b21_b22_text_is_kept_unchanged(text: str) -> None:
    assert read(Offender, {**OFFENDER, "locality": text}).records[0].locality == text


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\x07b", "a\x7fb", "a\x85b"])
def test_b21_control_characters_are_refused(text: str) -> None:
    assert found(read(Offender, {**OFFENDER, "locality": text})) == [(2, "locality", "control-character")]


def test_b21_look_alike_references_are_never_merged() -> None:
    cyrillic = read(Offender, {**OFFENDER, "offender_ref": "RS\u041e-000001"})
    assert found(cyrillic) == [(2, "offender_ref", "bad-reference")]
    table = read(Offender, {**OFFENDER, "offender_ref": "R-O1"}, {**OFFENDER, "offender_ref": "R-o1"})
    assert [record.offender_ref for record in table.records] == ["R-O1", "R-o1"]


FREE_TEXT = [
    (Offender, OFFENDER, "locality"),
    (
        Deferral,
        {"task_kind": "home_visit", "offender_ref": "R", "decided_on": "2026-01-01", "authoriser": "S"},
        "reason",
    ),
    (Event, {"event_id": "E", "kind": "court", "date": "2026-01-01", "officers": "P1"}, "place"),
    (TravelRow, {"to_place": "B", "minutes": "5"}, "from_place"),
    (Change, {"offender_ref": "R", "date": "2026-01-01", "field": "lead_officer"}, "to"),
]


@pytest.mark.parametrize(("record_type", "row", "column"), FREE_TEXT, ids=lambda value: str(value)[:20])
def test_b22_naughty_strings_are_accepted_unchanged_or_refused(
    shared: Path, record_type: type[Record], row: dict[str, str], column: str
) -> None:
    import unicodedata

    accepted = 0
    for text in json.loads((shared / "corpora/naughty-strings/strings.json").read_text()):
        names = column_names(record_type)
        cells = [{**row, column: text}.get(name, "") for name in names]
        quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
        try:
            data = f"{','.join(names)}\n{quoted}\n".encode()
        except UnicodeEncodeError:
            continue  # a lone surrogate cannot be in a UTF-8 file
        table = read_table(record_type.file_name, data, record_type)
        if table.faults:
            assert table.records == ()
            assert len(text) < 4 or text not in "".join(str(fault) for fault in table.faults)
            continue
        accepted += 1
        kept = dict(table.records[0].model_dump(by_alias=True))[column]
        assert kept == unicodedata.normalize("NFC", text).strip()
        assert read_table("f.csv", table_bytes(record_type, table.records), record_type).records == table.records
    assert accepted > 200


def test_d01_all_ambiguous_dates_are_read_day_first() -> None:
    for day in range(1, 13):
        for month in range(1, 13):
            row = {
                **OFFENDER,
                "risk_level_set_on": f"{day:02}/{month:02}/2026",
                "registered_on": f"2026-{month:02}-{day:02}",
            }
            record = read(Offender, row).records[0]
            assert record.risk_level_set_on == record.registered_on == date(2026, month, day)


def test_d01_month_first_is_never_guessed() -> None:
    assert found(read(Visit, {**VISIT, "date": "04/13/2026"})) == [(2, "date", "no-such-date")]


def test_d01_mixed_styles_in_one_column_are_refused_once_per_row() -> None:
    table = read(Visit, VISIT, {**VISIT, "date": "01/06/2026"}, VISIT, {**VISIT, "date": "02/06/2026"})
    assert found(table) == [(3, "date", "mixed-date-styles"), (5, "date", "mixed-date-styles")]
    assert (table.count.accepted, table.count.refused) == (2, 2)
    assert "Line 2" in table.faults[0].advice


def test_d01_two_columns_may_differ_in_style() -> None:
    row = {**OFFENDER, "risk_level_set_on": "10/01/2024", "status_since": "10/01/2024"}
    assert read(Offender, row, {**row, "offender_ref": "R-2"}).faults == ()


NOT_DATES = (
    ("31/02/2026", "no-such-date"),
    ("30/02/2024", "no-such-date"),
    ("29/02/2100", "no-such-date"),
    ("29/02/2025", "no-such-date"),
    ("00/00/0000", "date-out-of-range"),
    ("1900-01-00", "no-such-date"),
    ("20226-01-01", "bad-date"),
    ("01/02/26", "bad-date"),
    ("2026-1-1", "bad-date"),
    ("1/1/2026", "bad-date"),
    ("1899-12-31", "date-out-of-range"),
    ("2101-01-01", "date-out-of-range"),
    ("2026-01-01T00:00", "bad-date"),
    ("1 June 2026", "bad-date"),
    ("\uff12\uff10\uff12\uff16-01-01", "bad-date"),
    ("", "missing-value"),
)


@pytest.mark.parametrize(("text", "rule"), NOT_DATES)
def test_d02_days_that_do_not_exist_are_refused(text: str, rule: str) -> None:
    assert found(read(Visit, {**VISIT, "date": text})) == [(2, "date", rule)]


@pytest.mark.parametrize(("text", "day"), [("1900-01-01", date(1900, 1, 1)), ("31/12/2100", date(2100, 12, 31))])
def test_d02_first_and_last_day_are_accepted(text: str, day: date) -> None:
    assert read(Visit, {**VISIT, "date": text}).records[0].date == day


def test_d04_leap_day_is_a_day() -> None:
    assert read(Visit, {**VISIT, "date": "29/02/2024"}).records[0].date == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["09:30Z", "09:30+01:00", "09:30+0100", "09:30:00Z"])
def test_d13_time_with_offset_is_refused(text: str) -> None:
    assert found(read(Visit, {**VISIT, "start": text})) == [(2, "start", "time-with-offset")]


def test_d13_frictionless_offset_times_are_refused(shared: Path) -> None:
    for line in (shared / "corpora/frictionless-bad-tables/timezone.csv").read_text().splitlines()[1:]:
        assert found(read(Visit, {**VISIT, "start": line.split(",")[0]}))[0][1] == "start"


@pytest.mark.parametrize("text", ["24:00", "9:30", "09:60", "0930", "09.30", "9am", "09:30:00"])
def test_times_are_four_digits_on_the_24_hour_clock(text: str) -> None:
    assert found(read(Visit, {**VISIT, "start": text})) == [(2, "start", "bad-time")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Monday 09:00-12:00", "bad-visiting-hours"),
        ("Mon", "bad-visiting-hours"),
        ("Mon 09:00", "bad-visiting-hours"),
        ("Mon 12:00-09:00", "bad-visiting-hours"),
        ("Mon 09:00-12:00; Mon 11:00-13:00", "overlapping-hours"),
        ("Mon 09:00-25:00", "bad-time"),
    ],
)
def test_visiting_hours_that_are_refused(text: str, rule: str) -> None:
    assert found(read(Offender, {**OFFENDER, "visiting_hours": text})) == [(2, "visiting_hours", rule)]


def test_visiting_hours_may_touch() -> None:
    row = {**OFFENDER, "visiting_hours": "tue 10:00-11:00; Mon 12:00-13:00; mon 09:00-12:00;"}
    spans = ((0, time(9), time(12)), (0, time(12), time(13)), (1, time(10), time(11)))
    assert read(Offender, row).records[0].visiting_hours == spans


def test_lists_hold_references_once() -> None:
    assert found(read(Visit, {**VISIT, "officers": "P1;P2;P1"})) == [(2, "officers", "listed-twice")]
    assert found(read(Visit, {**VISIT, "officers": "P1;P 2"})) == [(2, "officers", "bad-reference")]
    assert read(Visit, {**VISIT, "officers": " P1 ; P2;"}).records[0].officers == ("P1", "P2")


def test_blank_list_and_text_that_must_be_filled() -> None:
    event = {"event_id": "E", "kind": "court", "date": "2026-01-01"}
    assert found(read(Event, event)) == [(2, "officers", "missing-value")]
    deferral = {"task_kind": "home_visit", "offender_ref": "R", "decided_on": "2026-01-01", "authoriser": "S"}
    assert found(read(Deferral, deferral)) == [(2, "reason", "missing-value")]


def test_several_faults_of_one_row_are_all_told_with_its_reference_and_no_value() -> None:
    table = read(Offender, {**OFFENDER, "cohort": "SECRETWORD", "team": "", "crew_size": "SECRETTOO"})
    assert found(table) == [
        (2, "cohort", "unknown-cohort"),
        (2, "crew_size", "bad-number"),
        (2, "team", "missing-value"),
    ]
    assert {fault.ref for fault in table.faults} == {"RSO-000001"}
    assert "SECRET" not in "".join(str(fault) for fault in table.faults)
    assert table.refused_keys == {"RSO-000001"}


def test_reference_that_is_itself_at_fault_is_not_repeated() -> None:
    table = read(Offender, {**OFFENDER, "offender_ref": "John Smith", "cohort": "x"})
    assert {fault.ref for fault in table.faults} == {""}


def test_a03_last_line_cut_short_is_told_as_such() -> None:
    data = csv_of(Tour, {"officer_id": "P1", "date": "2026-01-01", "code": "leave"})
    assert found(read_table("tours.csv", data[:-8], Tour)) == [(2, "", "file-cut-off")]
    table = read_table("tours.csv", data[:-1], Tour)
    assert (table.faults, [w.rule for w in table.warnings]) == ((), ["no-line-end"])


def test_guarded_cells_are_unguarded_exactly_once() -> None:
    assert read(Offender, {**OFFENDER, "locality": "'=1"}).records[0].locality == "=1"
    assert read(Offender, {**OFFENDER, "locality": "''=1"}).records[0].locality == "'=1"
    assert read(Offender, {**OFFENDER, "locality": "'s-Hof"}).records[0].locality == "'s-Hof"


def test_unreadable_lines_above_the_header_are_told() -> None:
    table = read_table("visits.csv", b'"Extract\n' + csv_of(Visit, VISIT), Visit)
    assert found(table) == [(1, "", "quote-not-closed")]
    assert not table.complete


class Odd(Record):
    """A column that has no validator of its own."""

    key_fields = ("number",)
    number: int


def test_what_only_the_library_refuses_is_told_in_our_words() -> None:
    table = read_table("odd.csv", b"number\nSECRET\n", Odd)
    assert found(table) == [(2, "number", "bad-value")]
    assert "SECRET" not in str(table.faults[0])


def test_file_of_which_no_line_can_be_read() -> None:
    table = read_table("visits.csv", b'"visit_id\n"V-1\n', Visit)
    assert (1, "quote-not-closed") in [(line, rule) for line, _, rule in found(table)]
    assert table.records == ()
