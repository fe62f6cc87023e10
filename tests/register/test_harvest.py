"""Reading by columns gives what reading row by row gives: the same records, faults, counts, whatever the cells hold."""

from __future__ import annotations

import copy
import csv
import pickle

import builders as b
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from register.plain_reading import rows_one_by_one

from offender_mgmt.files import csv_bytes
from offender_mgmt.register import columns, csv_text
from offender_mgmt.register.columns import records_of
from offender_mgmt.register.csv_text import read_csv_text
from offender_mgmt.register.header import column_names
from offender_mgmt.register.records import RECORD_TYPES, Change, Offender, Record, Visit
from offender_mgmt.register.table import Table, read_table
from offender_mgmt.register.write import table_bytes

pytestmark = pytest.mark.many_cases

GOOD = {
    "offender_ref": ["RSO-000001", "0017", "a"],
    "visit_id": ["V-1", "V-2"],
    "date": ["2026-06-01", "2026-06-02"],
    "type": ["home_visit", "Home Visit"],
    "outcome": ["successful", "no reply"],
    "officers": ["P1;P2", ""],
    "kind": ["arms", "record_entry", "court"],
    "field": ["risk_level", "lead officer"],
    "cohort": ["rso"],
    "risk_level": ["very-high", "low"],
    "management_status": ["active"],
    "community_status": ["community", "custody"],
    "registered_on": ["2020-02-29"],
    "risk_level_set_on": ["2021-02-28"],
    "visiting_hours": ["Mon 09:00-12:00", "Mon 09:00-12:00, 17:00-20:00; Tue 10:00-11:00", ""],
    "start": ["09:30", ""],
    "end": ["10:30", ""],
    "minutes": ["0", "600"],
    "point": ["1", "2"],
    "decided_on": ["2026-06-03"],
    "task_kind": ["home_visit"],
    "code": ["duty", "leave"],
    "role": ["detective", "police staff"],
}
ODD = [
    "", " ", "'", "'=1", "''=1", "=1", "-5", "x y", "RSO-000001 ", "3-Apr", "1.23E+12", "Mar-26", "P1;P1", "P1; P2",
    "31/03/2026", "01/04/2026", "2026-02-30", "45747", "1850-01-01", "'2026-06-01", "9:30", "09:30Z", "24:00", "Y",
    "no", "maybe", "0", "7", "100001", "1_000", "\u0661", "caf\u00e9", "cafe\u0301", "a" * 65, "x" * 201, "a\tb",
    "\ufffd", "NULL", "P1\u00a0", "\u3000", "Mon 12:00-09:00", "Tue", "a,b", 'say "no"', "=\u00b1",
]  # fmt: skip


def cells(name: str) -> st.SearchStrategy[str]:
    usual = st.sampled_from(GOOD.get(name, ["", "P1", "north"]))
    return st.one_of(*[usual] * 30, st.sampled_from(ODD), st.text(max_size=4))


@st.composite
def files(draw: st.DrawFn) -> tuple[type[Record], bytes]:
    """A file of any record type: good and bad cells, blank rows, rows too short or too long, quotes astray."""
    record_type = draw(st.sampled_from(RECORD_TYPES))
    names = draw(st.permutations(column_names(record_type)))
    strategies = st.tuples(*(cells(name) for name in names))
    rows = draw(st.lists(st.one_of(strategies, strategies, st.just(("",) * len(names))), max_size=12))
    lines = csv_bytes(names, rows).split(b"\r\n")[:-1]
    for place in draw(st.sets(st.integers(1, max(1, len(lines) - 1)), max_size=2)):
        damage = draw(st.sampled_from([b",", b'"', b"\xff", b"\0"]))
        if place < len(lines):
            lines[place] = draw(st.sampled_from([lines[place] + damage, lines[place][:-3], b"", damage + lines[place]]))
    end = draw(st.sampled_from([b"\n", b"\r\n", b"\r"]))
    return record_type, end.join(lines) + draw(st.sampled_from([end, b""]))


@pytest.fixture(params=[(4096, 1024, 50_000), (1, 1, 0), (3, 2, 1)], ids=["as set", "least", "small"])
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks and memories as they are, and so small that every edge is met."""
    lines, rows, remembered = request.param
    monkeypatch.setattr(csv_text, "BLOCK_ROWS", lines)
    monkeypatch.setattr(csv_text, "LEAST_ROWS", rows)
    monkeypatch.setattr(columns, "MOST_REMEMBERED", remembered)


def same_as_row_by_row(record_type: type[Record], data: bytes) -> Table[Record]:
    table = read_table("f.csv", data, record_type, allow_empty=True)
    if not table.complete:
        return table
    accepted, faults, refused = rows_one_by_one("f.csv", data, record_type)
    assert list(zip(table.numbers, table.records, strict=True)) == accepted
    assert [f for f in table.faults if f.column] == faults
    assert {f.line for f in table.faults} == table.refused
    assert refused <= table.refused
    assert table.count.read == len(table.records) + table.blank + len(table.refused)
    return table


@pytest.mark.usefixtures("sizes")
def test_columns_and_rows_agree_on_any_cells() -> None:
    seen: list[tuple[bool, bool]] = []

    @settings(max_examples=400, deadline=None, derandomize=True, database=None)
    @given(files())
    def agree(file: tuple[type[Record], bytes]) -> None:
        table = same_as_row_by_row(*file)
        seen.append((bool(table.records), bool(table.faults)))

    agree()
    assert {(True, True), (False, True)} <= set(seen)


def visits(*dates: str) -> bytes:
    header = ",".join(column_names(Visit))
    rows = [f"V-{n},RSO-000001,{day},,,home_visit,N,no_reply,," for n, day in enumerate(dates)]
    return "\n".join([header, *rows, ""]).encode()


@pytest.mark.usefixtures("sizes")
def test_dates_of_two_styles_are_told_wherever_they_stand() -> None:
    table = same_as_row_by_row(Visit, visits("2026-06-01", "", "02/06/2026", "2026-06-03", "x/y", "2026-06-05"))
    found = [(f.line, f.rule) for f in table.faults]
    mixed = "mixed-date-styles"
    assert found == [(3, "missing-value"), (4, mixed), (6, "bad-date"), (6, mixed)]
    assert list(table.numbers) == [2, 5, 7]
    assert table.refused_keys == {"V-1", "V-2", "V-4"}


def test_dates_of_two_styles_are_told_though_a_column_of_dates_is_left_out() -> None:
    data = table_bytes(Offender, [b.offender(), b.offender(offender_ref="RSO-000002")]).decode()
    names = [name for name in column_names(Offender) if name not in Offender.optional_columns]
    rows = list(csv.DictReader(data.splitlines()))
    rows[1]["registered_on"] = "01/06/2023"
    left = csv_bytes(names, [[row[name] for name in names] for row in rows])
    table = same_as_row_by_row(Offender, left)
    assert [(f.line, f.column, f.rule) for f in table.faults] == [(3, "registered_on", "mixed-date-styles")]


@pytest.mark.usefixtures("sizes")
def test_every_row_with_the_same_bad_cell_is_refused() -> None:
    table = same_as_row_by_row(Visit, visits(*["2026-06-01", "tomorrow"] * 5))
    assert sorted(table.refused) == [3, 5, 7, 9, 11]
    assert len(table.records) == 5


@pytest.mark.usefixtures("sizes")
def test_quoting_every_cell_changes_nothing() -> None:
    plain = visits(*[f"2026-06-{day:02d}" for day in range(1, 31)])
    quoted = b"\n".join(b'"' + line.replace(b",", b'","') + b'"' for line in plain.splitlines()) + b"\n"
    one_quoted = plain.replace(b"2026-06-30", b'"2026-06-30"')
    records = read_table("f.csv", plain, Visit).records
    assert len(records) == 30
    assert read_table("f.csv", quoted, Visit).records == records
    assert read_table("f.csv", one_quoted, Visit).records == records


@pytest.mark.usefixtures("sizes")
def test_blank_rows_between_are_counted_and_lines_keep_their_numbers() -> None:
    text = read_csv_text("f.csv", b"a,b\n\n , \n1,2\n,\n,2\n\n")
    assert [(row.line, row.cells) for row in text.rows] == [(1, ("a", "b")), (4, ("1", "2")), (6, ("", "2"))]
    assert text.blank == 4


@pytest.mark.parametrize(
    "record", [b.visit(), b.change(), b.assessment(), b.offender()], ids=lambda r: type(r).__name__
)
def test_records_of_columns_are_as_pydantic_makes_them(record: Record) -> None:
    record_type = type(record)
    (made,) = records_of(record_type, {name: [value] for name, value in record})
    assert made == record
    assert record == made
    assert (hash(made), repr(made), list(made)) == (hash(record), repr(record), list(record))
    assert made.model_fields_set == set(record_type.model_fields)
    assert made.model_dump() == record.model_dump()
    assert pickle.loads(pickle.dumps(made)) == record
    assert copy.deepcopy(made) == record
    assert made.replace() == record
    with pytest.raises(ValidationError):
        made.offender_ref = "RSO-000009"  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        made.no_such_field  # type: ignore[attr-defined] # noqa: B018


def test_records_share_nothing_that_changes() -> None:
    first, second = records_of(Change, {name: [value] * 2 for name, value in b.change()})
    assert first is not second
    assert first.replace(offender_ref="RSO-000009") != second
    assert second == b.change()


def test_equal_texts_become_one_value() -> None:
    table = read_table("f.csv", table_bytes(Visit, [b.visit(visit_id=f"V-{n}") for n in range(5)]), Visit)
    assert len({id(visit.date) for visit in table.records}) == 1
    assert len({id(visit.officers) for visit in table.records}) == 1


def test_limit_of_rows_counts_the_header_and_holds_a_million(monkeypatch: pytest.MonkeyPatch) -> None:
    assert csv_text.MOST_ROWS >= 1_000_000
    monkeypatch.setattr(csv_text, "MOST_ROWS", 3)
    assert read_csv_text("f.csv", b"a\n1\n2\n").faults == []
    assert [f.rule for f in read_csv_text("f.csv", b"a\n1\n2\n3\n").faults] == ["too-many-rows"]
