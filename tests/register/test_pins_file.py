"""A file of pins: read strictly, every fault with its line and column."""

from datetime import date, time

import pytest

from offender_mgmt.errors import DataError
from offender_mgmt.register.pins import NEVER, Pin, read_pins

HEAD = b"task,what,value\n"


def test_every_kind_of_pin_and_rows_of_one_task_add_up():
    data = (
        HEAD
        + b"HV-RSO-1,officer,P1\nHV-RSO-1,officer,P2\nHV-RSO-1,day,2026-12-01\nHV-RSO-1,time,10:00\nRSO-2,crew,P1;P3\n"
    )
    assert read_pins(data, "pins.csv") == {
        "HV-RSO-1": Pin(officers=frozenset({"P1", "P2"}), day=date(2026, 12, 1), start=time(10)),
        "RSO-2": Pin(crew=frozenset({"P1", "P3"})),
    }


def test_two_days_are_no_day():
    data = HEAD + b"HV-RSO-1,day,2026-12-01\nHV-RSO-1,day,2026-12-02\n"
    assert read_pins(data, "pins.csv")["HV-RSO-1"].day == NEVER


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"HV-RSO-1,colour,red", "pins.csv:2 [what] unknown-pin: Pin one of: officer, crew, day, time."),
        (b"HV-RSO-1,day,", "pins.csv:2 [value] missing-value: Fill in the cell."),
        (b",day,2026-12-01", "pins.csv:2 [task] missing-value: Name a task or a nominal."),
    ],
)
def test_each_fault_has_its_line_and_column(line, fault):
    with pytest.raises(DataError) as refused:
        read_pins(HEAD + line + b"\n", "pins.csv")
    assert [str(f) for f in refused.value.faults] == [fault]


def test_a_value_that_is_none_is_refused():
    with pytest.raises(DataError) as refused:
        read_pins(HEAD + b"HV-RSO-1,day,soon\nHV-RSO-1,time,later\n", "pins.csv")
    assert [(f.line, f.column) for f in refused.value.faults] == [(2, "value"), (3, "value")]


def test_a_column_is_missing():
    with pytest.raises(DataError) as refused:
        read_pins(b"task,what\n", "pins.csv")
    assert [str(f) for f in refused.value.faults] == ["pins.csv:1 [value] missing-column: Add this column."]
