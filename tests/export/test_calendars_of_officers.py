"""Calendars: off unless policy says so, accepted by a strict reader, changed and cancelled as RFC 5545 has it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from export_builders import approved, checked, export
from forms import with_calendars
from ical.calendar_stream import IcsCalendarStream

from offender_mgmt.errors import UsageError
from offender_mgmt.export.calendar_files import Entry, calendar_files, read_calendar, updated

P2 = "OFFICIAL-SENSITIVE_DRAFT_2026-W49_officer-P2.ics"
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


def calendars(run=None, previous=None, **asked):
    return calendar_files(with_calendars(export(run, **asked)), previous)


def written(folder, files):
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def moved(minutes=60, without=()):
    """The run with its visits later, and some nominals' left out."""
    roster = checked().planned.roster
    rows = tuple(
        replace(row, start=row.start + minutes, end=row.end + minutes)
        for row in roster.assignments
        if row.offender_ref not in without
    )
    return checked(roster=replace(roster, assignments=rows))


def events(data):
    return {event.summary: event for event in IcsCalendarStream.calendar_from_ics(data.decode("utf-8")).events}


def test_they_are_off_by_default():
    with pytest.raises(UsageError, match="Policy does not allow calendars"):
        calendar_files(export())


def test_a_strict_reader_finds_reference_and_time_and_nothing_else():
    files = calendars()
    assert [name.rpartition("-")[2] for name in files] == ["P1.ics", "P2.ics", "P3.ics"]
    found = events(files[P2])
    assert list(found) == ["RSO-000001", "RSO-000002"]
    visit = found["RSO-000001"]
    assert (visit.dtstart, visit.dtend) == (AT, datetime(2026, 11, 30, 10, tzinfo=UTC))
    assert (visit.sequence, visit.status, visit.classification) == (0, "TENTATIVE", "CONFIDENTIAL")
    assert (visit.location, visit.description, visit.categories) == (None, None, [])
    properties = {line.split(":")[0].split(";")[0] for line in unfolded(files[P2])}
    assert properties == {
        *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "SEQUENCE", "STATUS", "CLASS", "SUMMARY"),
        *("DTSTART", "DTEND", "COMMENT"),
    }


def unfolded(data):
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def test_lines_end_and_fold_as_the_standard_has_it():
    for data in calendars().values():
        assert data.count(b"\n") == data.count(b"\r\n")
        assert max(map(len, data.split(b"\r\n"))) <= 75


def test_a_version_is_confirmed():
    (_, data), *_ = calendars(approval=approved()).items()
    assert {event.status for event in events(data).values()} == {"CONFIRMED"}


def test_what_did_not_change_is_the_same_bytes(tmp_path):
    first = calendars()
    assert calendars(previous=written(tmp_path / "first", first)) == first


def test_a_moved_visit_is_the_same_entry_with_the_next_sequence(tmp_path):
    first = calendars()
    second = calendars(moved(), previous=written(tmp_path / "first", first))
    before, after = events(first[P2])["RSO-000001"], events(second[P2])["RSO-000001"]
    assert (before.uid, before.sequence) == (after.uid, 0)
    assert (after.sequence, after.dtstart) == (1, datetime(2026, 11, 30, 10, tzinfo=UTC))


def test_a_visit_that_is_gone_is_cancelled_and_stays_so(tmp_path):
    first = calendars()
    second = calendars(moved(0, without=("RSO-000001",)), previous=written(tmp_path / "first", first))
    gone = events(second[P2])["RSO-000001"]
    assert (gone.status, gone.sequence, gone.dtstart) == ("CANCELLED", 1, AT)
    assert events(second[P2])["RSO-000002"].sequence == 0
    third = calendars(moved(0, without=("RSO-000001",)), previous=written(tmp_path / "second", second))
    assert third == second
    fourth = calendars(previous=written(tmp_path / "third", third))
    back = events(fourth[P2])["RSO-000001"]
    assert (back.status, back.sequence) == ("TENTATIVE", 2)


def test_an_officer_who_has_no_visit_any_more_gets_a_calendar_of_cancellations(tmp_path):
    first = calendars()
    run = moved(0, without=("RSO-000001", "RSO-000002"))
    second = calendars(run, previous=written(tmp_path / "first", first))
    assert {event.status for event in events(second[P2]).values()} == {"CANCELLED"}


def test_a_later_version_follows_the_draft(tmp_path):
    first = calendars()
    second = calendars(previous=written(tmp_path / "first", first), approval=approved(1, None))
    data = second[P2.replace("DRAFT", "VERSION-1")]
    assert {(event.status, event.sequence) for event in events(data).values()} == {("CONFIRMED", 1)}


def test_two_visits_to_one_nominal_are_two_entries():
    roster = checked().planned.roster
    visit = next(row for row in roster.assignments if row.task_id == "HV-RSO-000001")
    again = replace(visit, start=visit.start + 300, end=visit.end + 300)
    run = checked(roster=replace(roster, assignments=(*roster.assignments, again)))
    uids = re.findall(rb"UID:(\S+)", calendars(run)[P2])
    assert len(uids) == len(set(uids)) == 3


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            "is no calendar of this program",
        ),
        (b"no calendar", "is no calendar of this program"),
        (b"", "is no calendar of this program"),
    ],
)
def test_a_previous_calendar_of_another_program_is_refused(tmp_path, text, advice):
    with pytest.raises(UsageError, match=advice):
        calendars(previous=written(tmp_path / "first", {P2: text}))


def test_a_folder_without_calendars_of_the_week_or_with_two_of_one_officer_is_refused(tmp_path):
    with pytest.raises(UsageError, match="holds no calendar of 2026-W49"):
        calendars(previous=written(tmp_path / "none", {}))
    both = {P2: calendars()[P2], P2.replace("DRAFT", "VERSION-1"): calendars()[P2]}
    with pytest.raises(UsageError, match="two calendars of one officer"):
        calendars(previous=written(tmp_path / "both", both))


def test_entries_are_read_back_as_they_were(tmp_path):
    written(tmp_path, calendars())
    assert read_calendar(tmp_path / P2)[0] == Entry(
        "2026-W49-RSO-000001-P2-1@offender-mgmt.invalid",
        "RSO-000001",
        AT,
        datetime(2026, 11, 30, 10, tzinfo=UTC),
        "TENTATIVE",
    )
    assert updated([], []) == []
