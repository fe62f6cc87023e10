"""CSV as text: whatever is damaged is refused with its line, and nothing after it is swallowed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from offender_mgmt.errors import Fault
from offender_mgmt.files import csv_bytes, unguard_cell
from offender_mgmt.register import csv_text
from offender_mgmt.register.csv_text import read_csv_text
from offender_mgmt.register.header import MOST_COLUMNS
from offender_mgmt.register.table import parse_csv

CONSISTENT = ("comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "quotes_and_newlines")
CONSISTENT += ("simple", "simple_crlf", "utf8")
INVALID_UTF8 = {
    "lone continuation": b"\x80",
    "lone continuations": b"\xbf\x80",
    "two-byte start alone": b"\xc3",
    "three-byte start alone": b"\xe2",
    "three-byte start and one": b"\xe2\x82",
    "four-byte start alone": b"\xf0",
    "four-byte start and two": b"\xf0\x9f\x98",
    "overlong slash": b"\xc0\xaf",
    "overlong slash, three bytes": b"\xe0\x80\xaf",
    "overlong slash, four bytes": b"\xf0\x80\x80\xaf",
    "surrogate": b"\xed\xa0\x80",
    "surrogate pair": b"\xed\xa0\xbd\xed\xb8\x80",
    "above the last character": b"\xf4\x90\x80\x80",
    "five-byte form": b"\xf8\x88\x80\x80\x80",
    "six-byte form": b"\xfc\x84\x80\x80\x80\x80",
    "never a byte": b"\xfe",
    "never a byte either": b"\xff",
    "Windows-1252 letter": "Nu\u00f1ez".encode("cp1252"),
}


def rows(data: bytes) -> list[tuple[str, ...]]:
    """Header and rows of a file that must be without fault."""
    header, found, faults = parse_csv("f.csv", data)
    assert faults == ()
    return [header, *(row.cells for row in found)]


def rules(faults: tuple[Fault, ...] | list[Fault]) -> list[tuple[int, str]]:
    return [(fault.line, fault.rule) for fault in faults]


def test_a01_empty_file_is_refused() -> None:
    for data in (b"", b"\r\n\r\n", b"  "):
        assert rules(parse_csv("f.csv", data)[2]) == [(0, "file-empty")]


def test_a01_frictionless_empty(shared: Path) -> None:
    data = (shared / "corpora/frictionless-bad-tables/empty.csv").read_bytes()
    assert rules(parse_csv("f.csv", data)[2]) == [(0, "file-empty")]


@pytest.mark.parametrize("stem", CONSISTENT)
def test_a10_csv_spectrum_reads_as_its_json(shared: Path, stem: str) -> None:
    folder = shared / "corpora/csv-spectrum"
    header, *found = rows((folder / "csvs" / f"{stem}.csv").read_bytes())
    expected = json.loads((folder / "json" / f"{stem}.json").read_text())
    assert [dict(zip(header, row, strict=True)) for row in found] == expected


def test_a10_csv_spectrum_round_trip(shared: Path) -> None:
    paths = sorted((shared / "corpora/csv-spectrum/csvs").glob("*.csv"))
    paths = [path for path in paths if path.stem != "location_coordinates"]  # a bare quote in a cell: the next test
    assert len(paths) == 11
    for path in paths:
        header, *found = rows(path.read_bytes())
        again_header, *again = rows(csv_bytes(header, found))
        assert (again_header, [tuple(unguard_cell(c) for c in row) for row in again]) == (header, found)


def test_a05_csv_spectrum_bare_quote_in_a_cell_is_refused(shared: Path) -> None:
    data = (shared / "corpora/csv-spectrum/csvs/location_coordinates.csv").read_bytes()
    assert rules(parse_csv("f.csv", data)[2]) == [(2, "stray-quote")]


def test_a10_every_line_end_and_mixture_gives_the_same_rows() -> None:
    expected = [("a", "b"), ("1", "2"), ("3", "4")]
    for first in ("\n", "\r", "\r\n"):
        for second in ("\n", "\r", "\r\n"):
            for last in ("", "\n", "\r", "\r\n"):
                assert rows(f"a,b{first}1,2{second}3,4{last}".encode()) == expected


def test_a10_other_line_separators_are_text() -> None:
    assert rows("a\n1\u2028\x0b\x0c\x852\n".encode()) == [("a",), ("1\u2028\x0b\x0c\x852",)]


def test_a10_line_break_in_a_cell_is_kept_or_refused_as_asked() -> None:
    data = b'a,b\n1,"x\r\ny"\n2,z\n'
    assert rows(data)[1:] == [("1", "x\r\ny"), ("2", "z")]
    strict = read_csv_text("f.csv", data, line_breaks=False)
    assert rules(strict.faults)[0] == (2, "quote-not-closed")


def test_a05_stray_quotes_are_refused_on_their_line_and_nothing_else() -> None:
    cases = {
        b'1,x"y': "stray-quote",
        b'1,"x"y': "stray-quote",
        b'1, "x"': "stray-quote",
        b'1,"x" ': "stray-quote",
        b'1,"x': "quote-not-closed",
        b'1,x"': "stray-quote",
        b'1,"x\\"y"': "stray-quote",
    }
    for line, rule in cases.items():
        text = read_csv_text("f.csv", b"a,b\n" + line + b"\n2,z\n", line_breaks=False)
        assert rules(text.faults) == [(2, rule)], line
        assert text.rows[-1] == (3, ("2", "z"))


def test_a05_bad_quote_early_in_a_thousand_rows_swallows_none() -> None:
    lines = [b"a,b", *(b'%d,"x,y"' % n for n in range(1000))]
    lines[3] = b'2,"x,y'
    for line_breaks in (True, False):
        text = read_csv_text("f.csv", b"\n".join(lines) + b"\n", line_breaks=line_breaks)
        assert [fault.line for fault in text.faults] == [4]
        assert len(text.rows) == 1000


def test_a05_quote_that_opens_inside_a_later_line_names_that_line() -> None:
    _, found, faults = parse_csv("f.csv", b'a,b,c\n1,"x\ny","z\n2,3,4\n')
    assert rules(faults) == [(3, "quote-not-closed")]
    assert found == ((4, ("2", "3", "4")),)


def test_a05_frictionless_mixed_escapes_refuse_the_row(shared: Path) -> None:
    data = (shared / "corpora/frictionless-bad-tables/escaping.csv").read_bytes()
    assert "stray-quote" in [rule for _, rule in rules(parse_csv("f.csv", data)[2])]


def test_a04_short_and_long_rows_are_refused_by_line(shared: Path) -> None:
    data = (shared / "corpora/frictionless-bad-tables/defective-rows.csv").read_bytes()
    expected = [line for line, row in enumerate(csv.reader(io.StringIO(data.decode())), start=1) if len(row) != 3]
    faults = parse_csv("f.csv", data)[2]
    assert [fault.line for fault in faults] == expected
    assert len(expected) == 2


def test_a06_blank_and_repeated_names(shared: Path) -> None:
    folder = shared / "corpora/frictionless-bad-tables"
    for file, rule in {"blank-headers.csv": "column-without-name", "duplicate-headers.csv": "column-twice"}.items():
        assert rule in [fault.rule for fault in parse_csv("f.csv", (folder / file).read_bytes())[2]]


def test_a06_names_that_differ_in_case_only_are_the_same() -> None:
    assert rules(parse_csv("f.csv", b"id,ID\n1,2\n")[2]) == [(1, "column-twice")]


def test_a07_other_delimiters_are_refused(shared: Path) -> None:
    semicolons = (shared / "corpora/frictionless-bad-tables/issue-1009-semicolon.csv").read_bytes()
    for data in (semicolons, b"a;b\n1;2\n", b"a\tb\n1\t2\n", b"a|b\n1|2\n"):
        assert "other-delimiter" in [fault.rule for fault in parse_csv("f.csv", data)[2]]


def test_a08_blank_rows_are_skipped_and_counted(shared: Path) -> None:
    text = read_csv_text("f.csv", (shared / "corpora/frictionless-bad-tables/blank-rows.csv").read_bytes())
    assert text.blank == 1
    assert text.faults == []
    spread = read_csv_text("f.csv", b"\na,b\n,\n1,2\n\n  , \n")
    assert (spread.blank, [row.line for row in spread.rows]) == (4, [2, 4])


def test_a09_byte_order_mark_is_accepted_once(shared: Path) -> None:
    data = (shared / "corpora/frictionless-bad-tables/bom.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert not rows(data)[0][0].startswith("\ufeff")


def test_a09_utf_16_is_refused() -> None:
    assert rules(parse_csv("f.csv", "a,b\n1,2\n".encode("utf-16"))[2]) == [(0, "utf-16")]
    assert {rule for _, rule in rules(parse_csv("f.csv", "a,b\n".encode("utf-16-le"))[2])} >= {"nul-byte"}


@pytest.mark.parametrize("kind", INVALID_UTF8)
def test_a09_invalid_utf8_refuses_its_line_with_the_byte_and_keeps_the_others(kind: str) -> None:
    good, bad = "é,2\n".encode(), b"x" + INVALID_UTF8[kind] + b",2\n"
    _, found, faults = parse_csv("f.csv", b"a,b\n" + good + bad + b"3,4\n")
    assert rules(faults) == [(3, "not-utf8")]
    offset = int(faults[0].advice.split()[1])  # "Byte N of the file ..."
    start = len(b"a,b\n") + len(good) + 1
    assert start <= offset <= start + len(INVALID_UTF8[kind])
    assert [row.cells for row in found] == [("é", "2"), ("3", "4")]


def test_a09_latin1_is_refused_with_its_line(shared: Path) -> None:
    data = (shared / "corpora/frictionless-bad-tables/latin1.csv").read_bytes()
    assert {rule for _, rule in rules(parse_csv("f.csv", data)[2])} == {"not-utf8"}


def test_a09_null_byte_is_refused_on_its_line() -> None:
    assert rules(parse_csv("f.csv", b"a,b\n1,\x002\n3,4\n")[2]) == [(2, "nul-byte")]


def test_a11_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = b",".join(b"c%d" % n for n in range(10_000)) + b"\n"
    assert rules(parse_csv("f.csv", wide)[2]) == [(1, "too-many-columns")]
    assert MOST_COLUMNS < 10_000
    long = b"a,b\n1," + b"x" * 131_073 + b"\n2,3\n"
    _, found, faults = parse_csv("f.csv", long)
    assert (rules(faults), len(found)) == ([(2, "cell-too-long")], 1)
    many = b"a,b\n" + b"1,2\n" * 1_000_000
    assert rules(parse_csv("f.csv", many)[2]) == [(0, "too-many-rows")]
    monkeypatch.setattr(csv_text, "LARGEST_FILE_BYTES", 7)
    assert rules(parse_csv("f.csv", b"a,b\n1,2\n")[2]) == [(0, "file-too-large")]
    assert parse_csv("f.csv", b"a,b\n1,2")[2] == ()


def test_a11_quoted_cell_over_many_lines_is_bounded() -> None:
    data = b'a,b\n1,"' + b"x\n" * 20_000 + b'"\n2,3\n'
    assert (2, "quote-not-closed") in rules(parse_csv("f.csv", data)[2])


@pytest.mark.parametrize("start", [start for start, _ in csv_text.FIRST_BYTES])
def test_a13_other_kinds_of_file_are_told_by_their_first_bytes(start: bytes) -> None:
    assert rules(parse_csv("f.csv", start + b"a,b\n1,2\n")[2]) == [(0, "not-a-csv-file")]


def test_faults_of_several_lines_are_all_told() -> None:
    _, found, faults = parse_csv("f.csv", b'a,b\n1\n1,"x"y\n\xff,2\n1,2,3\n1,2\n')
    assert rules(faults) == [(2, "cell-count"), (3, "stray-quote"), (4, "not-utf8"), (5, "cell-count")]
    assert [row.line for row in found] == [6]


def test_no_header_that_can_be_read() -> None:
    assert rules(parse_csv("f.csv", b'"a\n')[2]) == [(1, "quote-not-closed")]


def test_robust_against_every_corpus_file(shared: Path) -> None:
    names = ("csvw-validation", "frictionless-bad-tables")
    files = [path for name in names for path in (shared / "corpora" / name).rglob("*.csv")]
    assert len(files) > 100
    for path in files:
        header, found, faults = parse_csv(path.name, path.read_bytes())
        assert faults or all(len(row.cells) == len(header) for row in found)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xef\xbb\xbf,\n"])
def test_a01_file_of_a_byte_order_mark_and_nothing_else_has_no_header(data: bytes) -> None:
    assert rules(parse_csv("f.csv", data)[2]) == [(0, "header-not-found")]
