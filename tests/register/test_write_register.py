"""A register that is written reads back as the same register, and its bytes are stable and private."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import builders as b
import pytest
from folders import spotless
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offender_mgmt.errors import UsageError
from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register import Register
from offender_mgmt.register.read import read_folder
from offender_mgmt.register.records import BarrierPoint, Record, TravelRow
from offender_mgmt.register.table import read_table
from offender_mgmt.register.write import table_bytes, write_register
from offender_mgmt.vocabulary import CommunityStatus


def again(register: Register, folder: Path) -> Register:
    write_register(register, folder, example_policy_text())
    return replace(read_folder(folder).register, digests=(), rows=(), warnings=())


def full() -> Register:
    """Every column of a nominal filled, signs that need a guard, and rows in every file."""
    nominal = b.offender(
        offender_ref="0007",
        reactive_approved_by="S1",
        community_status=CommunityStatus.CUSTODY,
        status_since=date(2026, 1, 1),
        status_until=date(2026, 12, 24),
        deputy_officer="P2",
        locality='=Ham & "Wick", O\'Neill',
        register_end=date(2100, 12, 31),
        visit_interval_days=400,
        interval_authorised_by="S1",
        interval_until=date(2027, 1, 1),
        crew_size=2,
        constable_required=True,
        required_skills=("ARMS", "MOSOVO"),
        excluded_officers=("P2",),
        visiting_hours="Mon 09:00-12:00, 17:00-20:00; Tue 10:00-16:00; Sun 00:00-23:59",
        no_fixed_abode=True,
        notification_due=date(2026, 12, 1),
        markers=("violent", "dog"),
        order_end=date(2027, 5, 31),
    )
    plain = spotless()
    return replace(
        plain,
        offenders=(*plain.offenders, nominal),
        bases=(*plain.bases, b.base(base="NULL", easting=0, northing=None)),
        visits=(*plain.visits, b.visit(visit_id="V-9", announced=True, start=None, end=None)),
        events=(b.event(place="'=not a guard", offender_ref="0007"),),
        travel=(TravelRow(from_place="-Chelmsford", to_place="+44", minutes="0"),),
        barriers=(BarrierPoint(barrier="Crouch", point="0", easting="1", northing="2", way_round="Y"),),
    )


def test_g03_written_register_reads_back_equal(tmp_path: Path) -> None:
    assert again(full(), tmp_path / "r") == full()
    assert again(spotless(), tmp_path / "r") == spotless()  # over the old one


def test_bytes_are_stable_and_private(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_register(full(), tmp_path / name, example_policy_text())
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "b").iterdir())
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        assert (tmp_path / "a" / name).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700


def test_aliases_flags_times_and_blanks_are_written_as_they_are_read() -> None:
    change = table_bytes(type(b.change()), [b.change(signed_off_by=None)]).decode().splitlines()
    assert change == [
        "offender_ref,date,field,from,to,signed_off_by",
        "RSO-000001,2026-11-02,risk_level,medium,high,",
    ]
    tour = table_bytes(type(b.tour()), [b.tour(end=time(0, 5))]).decode().splitlines()
    assert tour[1] == "P1,2026-11-30,08:00,00:05,duty"
    hours = b.offender(visiting_hours="Tue 10:00-16:00; Mon 17:00-20:00, 09:00-12:00", constable_required=True)
    row = table_bytes(type(hours), [hours]).decode().splitlines()[1]
    assert '"Mon 09:00-12:00, 17:00-20:00; Tue 10:00-16:00"' in row
    assert ",Y," in row


def test_register_is_not_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "r").write_text("")
    with pytest.raises(UsageError):
        write_register(spotless(), tmp_path / "r", "")


def accepted_text() -> st.SearchStrategy[str]:
    return st.text(
        alphabet=st.one_of(st.sampled_from("=+-@' ,\"\uff1d"), st.characters(exclude_categories=("Cc", "Cs"))),
        max_size=20,
    ).filter(lambda text: "\ufffd" not in text)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(place=accepted_text())
def test_any_text_that_is_accepted_round_trips(place: str) -> None:
    record: Record = b.event(place=place)
    table = read_table("events.csv", table_bytes(type(record), [record]), type(record))
    assert table.records == (record,)
