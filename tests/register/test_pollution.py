"""Damage to one place of a good file at a time: the reader refuses, or reads exactly what was meant."""

from __future__ import annotations

from pathlib import Path

import builders as b
import pytest
from folders import spotless

from offender_mgmt.register import Register
from offender_mgmt.register.read import FIELD_OF_FILE
from offender_mgmt.register.records import RECORD_TYPES, BarrierPoint, Record, TravelRow
from offender_mgmt.register.table import Table, read_table
from offender_mgmt.register.write import table_bytes


def full_register() -> Register:
    """Rows in every file."""
    travel = TravelRow(from_place="Chelmsford", to_place="Harlow", minutes="40")
    point = BarrierPoint(barrier="Crouch", point="1", easting="580000", northing="196000")
    return spotless(travel=(travel, travel.replace(to_place="Maldon")), barriers=(point, point.replace(point=2)))


def records_of(record_type: type[Record]) -> tuple[Record, ...]:
    found: tuple[Record, ...] = getattr(full_register(), FIELD_OF_FILE[record_type.file_name])
    return found


def damages(lines: list[list[str]]) -> list[tuple[int, str, list[list[str]]]]:
    """Every row and column: the cell dropped, a cell added, a stray quote in it, a quote opened before it."""
    made = []
    for row in range(1, len(lines)):
        for column in range(len(lines[0])):
            cells = lines[row]
            for kind, changed in {
                "dropped": cells[:column] + cells[column + 1 :],
                "added": [*cells[:column], "", *cells[column:]],
                "stray quote": [*cells[:column], cells[column] + 'x"', *cells[column + 1 :]],
                "quote opened": [*cells[:column], '"' + cells[column], *cells[column + 1 :]],
                "delimiter lost": [*cells[:column], " ".join(cells[column : column + 2]), *cells[column + 2 :]],
            }.items():
                if changed != cells:
                    made.append((row + 1, kind, [*lines[:row], changed, *lines[row + 1 :]]))
    return made


def text_of(lines: list[list[str]]) -> bytes:
    return "".join(",".join(cells) + "\r\n" for cells in lines).encode()


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda t: t.file_name)
def test_a04_a05_damage_to_one_cell_refuses_its_row_and_keeps_the_others(record_type: type[Record]) -> None:
    records = records_of(record_type)
    plain = table_bytes(record_type, records).decode().splitlines()
    lines = [line.split(",") for line in plain if '"' not in line]  # a quoted cell would need quotes of its own
    kept = [record for record, line in zip(records, plain[1:], strict=True) if '"' not in line]
    assert len(lines) >= 2
    cases = damages(lines)
    assert len(cases) >= 4 * (len(lines) - 1) * len(lines[0])
    for line, kind, changed in cases:
        table = read_table("f.csv", text_of(changed), record_type)
        assert {fault.line for fault in table.faults} == {line}, kind
        assert list(table.records) == kept[: line - 2] + kept[line - 1 :]
        assert table.count.read == table.count.accepted + table.count.refused + table.count.blank


def twenty_rows() -> bytes:
    records = [b.visit(visit_id=f"V-{n}", officers=("P1", "P2"), single_crew_authorised_by="S1") for n in range(20)]
    return table_bytes(type(records[0]), records)


def test_a03_cut_at_every_byte_is_refused_or_an_exact_beginning() -> None:
    data = twenty_rows()
    record_type = type(b.visit())
    whole = read_table("visits.csv", data, record_type).records
    undetected = 0
    for length in range(len(data)):
        table: Table[Record] = read_table("visits.csv", data[:length], record_type)
        assert table.count.read == table.count.accepted + table.count.refused + table.count.blank
        if table.faults:
            continue
        at_line_end = data[:length].endswith((b"\n", b"\r"))
        assert at_line_end or [w.rule for w in table.warnings] == ["no-line-end"]
        if table.records != whole[: len(table.records)]:
            # Cut inside the last cell of a row: no format can tell, so it is warned of (and register.toml can).
            assert not at_line_end
            assert table.records[:-1] == whole[: len(table.records) - 1]
            undetected += 1
    assert undetected == 2 * 20  # the last cell, "S1", cut to "S" and to nothing in each of the 20 rows


@pytest.mark.parametrize("percent", range(0, 100, 10))
def test_a02_truncated_copy_at_every_tenth_is_refused_by_the_stated_row_count(tmp_path: Path, percent: int) -> None:
    from folders import folder_of, places

    from offender_mgmt.errors import DataError
    from offender_mgmt.register.read import read_folder

    records = tuple(b.visit(visit_id=f"V-{n}") for n in range(20))
    folder = folder_of(tmp_path, spotless(visits=records))
    with (folder / "register.toml").open("a") as about:
        about.write('[files."visits.csv"]\nrows = 20\n')
    lines = (folder / "visits.csv").read_bytes().splitlines(keepends=True)
    (folder / "visits.csv").write_bytes(b"".join(lines[: 1 + 20 * percent // 100]))
    with pytest.raises(DataError) as caught:
        read_folder(folder)
    assert ("visits.csv", 0, "", "row-count-differs") in places(caught.value.faults)
