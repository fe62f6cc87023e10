"""``export ics``: a calendar for each officer (RFC 5545); reference and time only, and only where policy allows it.

A visit keeps its UID over the versions of a week's roster. Told of the calendars written before, a visit that was
changed gets the next SEQUENCE, and one that is gone stays in as CANCELLED, so that it vanishes from the diaries too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

from icalendar import Calendar, Event

from offender_mgmt import __version__
from offender_mgmt.errors import UsageError
from offender_mgmt.export.marks import Marks
from offender_mgmt.export.rows import Export, is_stop
from offender_mgmt.files import read_bounded, shown
from offender_mgmt.roster.write import order_in_file

LARGEST_CALENDAR_BYTES = 10_000_000
DOMAIN = "offender-mgmt.invalid"
"""Makes the UIDs unlike those of other programs; nobody can own a name that ends so."""
TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One visit in one officer's calendar."""

    uid: str
    offender_ref: str
    start: datetime
    end: datetime
    status: str
    sequence: int = 0


def calendar_files(export: Export, previous: Path | None = None) -> dict[str, bytes]:
    """Each officer's calendar by name of file.

    Parameters
    ----------
    previous
        Folder with the calendars written last, of whatever version.

    Raises
    ------
    UsageError
        When policy does not allow calendars, or a previous one cannot be read.
    """
    if not export.run.planned.policy_file.policy.exports.calendars:
        raise UsageError(
            "Policy does not allow calendars: they are often synced to private phones. "
            "Maybe: a force that wants them sets exports.calendars to true in its policy.toml."
        )
    now, before = _entries(export), _read_folder(previous, export.marks) if previous else {}
    return {
        export.marks.file_name(f"officer-{officer}", "ics"): calendar_bytes(
            updated(now.get(officer, ()), before.get(officer, ())), export.marks
        )
        for officer in sorted(now.keys() | before.keys())
    }


def _entries(export: Export) -> dict[str, list[Entry]]:
    """What stands in the roster, by officer."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    status = CONFIRMED if export.marks.approval else TENTATIVE
    seen: Counter[str] = Counter()
    for row in sorted(filter(is_stop, export.run.planned.roster.assignments), key=order_in_file):
        for officer in row.crew:
            name = f"{export.marks.week}-{row.offender_ref}-{officer}"
            seen[name] += 1
            uid = f"{name}-{seen[name]}@{DOMAIN}"  # one visit a week is the rule, but a roster may break it
            start, end = (datetime.fromtimestamp(at * 60, UTC) for at in (row.start, row.end))
            entries[officer].append(Entry(uid, row.offender_ref, start, end, status))
    return entries


def updated(now: Iterable[Entry], before: Iterable[Entry]) -> list[Entry]:
    """Entries of today with the sequence that follows from those of before, and what is gone as cancelled."""
    known = {entry.uid: entry for entry in before}
    kept = [_next(entry, known.pop(entry.uid, None)) for entry in now]
    gone = [_next(replace(entry, status=CANCELLED), entry) for entry in known.values()]
    return sorted([*kept, *gone], key=lambda entry: (entry.start, entry.uid))


def _next(entry: Entry, before: Entry | None) -> Entry:
    """The entry with the same sequence as before if nothing changed, else with the next."""
    if before is None:
        return entry
    same = replace(entry, sequence=before.sequence)
    return same if same == before else replace(entry, sequence=before.sequence + 1)


def calendar_bytes(entries: Iterable[Entry], marks: Marks) -> bytes:
    """A calendar, times in UTC so that no table of time zones is needed."""
    calendar = Calendar()
    calendar.add("prodid", f"-//offender-mgmt//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, marks))
    return bytes(calendar.to_ical())


def _event(entry: Entry, marks: Marks) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", datetime.combine(marks.extract_date, time(), UTC))
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    event.add("class", "CONFIDENTIAL")
    event.add("summary", entry.offender_ref)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    event.add("comment", "; ".join((marks.marking, marks.status_words, marks.roster_words)))
    return event


def _read_folder(folder: Path, marks: Marks) -> dict[str, list[Entry]]:
    """The calendars of a week by officer."""
    middle = f"_{marks.week}_officer-"
    found: dict[str, list[Entry]] = {}
    for path in sorted(folder.glob(f"*{middle}*.ics")):
        officer = path.stem.rpartition(middle)[2]
        if officer in found:
            raise UsageError(f"{shown(folder)} holds two calendars of one officer. Maybe: keep the last one only.")
        found[officer] = read_calendar(path)
    if not found:
        raise UsageError(f"{shown(folder)} holds no calendar of {marks.week}. Maybe: leave --previous out.")
    return found


def read_calendar(path: Path) -> list[Entry]:
    """The entries of a calendar of ours.

    Raises
    ------
    UsageError
        When it is none of ours.
    """
    try:
        calendar = Calendar.from_ical(read_bounded(path, LARGEST_CALENDAR_BYTES))
        return [_entry(event) for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, AttributeError, TypeError):
        raise UsageError(f"{shown(path)} is no calendar of this program.") from None


def _entry(event: Mapping[str, object]) -> Entry:
    uid = str(event["uid"])
    if not uid.endswith(f"@{DOMAIN}"):
        raise ValueError("not ours")
    return Entry(
        uid=uid,
        offender_ref=str(event["summary"]),
        start=_moment(event["dtstart"]),
        end=_moment(event["dtend"]),
        status=str(event["status"]),
        sequence=int(str(event["sequence"])),
    )


def _moment(value: object) -> datetime:
    found = getattr(value, "dt", None)
    if not isinstance(found, datetime) or found.tzinfo is None:
        raise ValueError("not a moment")
    return found.astimezone(UTC)
