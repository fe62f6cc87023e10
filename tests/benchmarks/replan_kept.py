"""Whether a roster keeps what had begun, told from the two CSV files alone and not with the package's own code.

What the news say did not take place is left aside, and nothing else: the failed visit with what goes with it; outings
and desk work of an officer on days of sick leave, or at the hours of court; and, of a visit that stays, the entry and
the write-up of an officer who is ill or at court then (somebody else of the crew makes them, or nobody is left to).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from benchmarks.replan_news import News, Row, is_stop, start_of

WITH_VISIT = ("INTEL", "ENTRY", "ARMSW")
SAME = (
    "task_id",
    "date",
    "start",
    "end",
    "lead",
    "crew",
    "outing",
    "position",
    "travel_minutes_before",
    "part",
    "done_with",
)


def faults(before: Iterable[Row], after: Iterable[Row], news: News) -> list[str]:
    """Rows that had begun and are not there, and rows that are new and begin before the moment."""
    old, new = [r for r in before if _is_work(r)], [r for r in after if _is_work(r)]
    begun = _begun(old, news.moment)
    stays = [row for row in begun if not _did_not_happen(row, old, news)]
    shortened = {row["outing"] for row in begun if row["outing"] and _did_not_happen(row, old, news)}
    there = {_key(row, shortened) for row in new}
    lost = [row["task_id"] for row in stays if _key(row, shortened) not in there]
    known = {_key(row, shortened) for row in old}
    early = [row["task_id"] for row in new if start_of(row) < news.moment and _key(row, shortened) not in known]
    return [f"lost {task}" for task in lost] + [f"early {task}" for task in early]


def _is_work(row: Row) -> bool:
    return not row["task_id"].startswith("EVENT-") and not row["done_with"].startswith("EVENT-")


def _task(news: News) -> str:
    return news.text.rpartition(":")[0] if news.kind == "no_reply" else ""


def _key(row: Row, shortened: set[str]) -> tuple[str, ...]:
    """What must be the same; in an outing that lost a stop the places of the others are counted anew."""
    left_aside = ("position", "travel_minutes_before") if row["outing"] in shortened else ()
    return tuple(row[name] for name in SAME if name not in left_aside)


def _begun(rows: list[Row], moment: datetime) -> list[Row]:
    """Outings that had left, or whose check had begun, with all that goes with their visits; desk work by task."""
    outings: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["outing"]:
            outings[row["date"], row["outing"]].append(row)
    found = []
    for stops in outings.values():
        refs = {row["offender_ref"] for row in stops}
        goes_with = [row for row in rows if row["offender_ref"] in refs and _goes_with_visit(row)]
        leaving = [start_of(r) - timedelta(minutes=int(r["travel_minutes_before"] or 0)) for r in stops]
        if min([*leaving, *map(start_of, goes_with)]) < moment:
            found += [*stops, *goes_with]
    desk: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not row["outing"] and not _goes_with_visit(row):
            desk[row["task_id"]].append(row)
    for parts in desk.values():
        found += parts if min(map(start_of, parts)) < moment else []
    return found


def _goes_with_visit(row: Row) -> bool:
    return row["task_id"].split("-")[0] in WITH_VISIT and row["task_id"].endswith("-NEXT")


def _did_not_happen(row: Row, rows: list[Row], news: News) -> bool:
    if news.kind == "no_reply":
        failed = next(other for other in rows if other["task_id"] == _task(news))
        same_visit = row["task_id"] == failed["task_id"] or row["done_with"] == failed["task_id"]
        return same_visit or (_goes_with_visit(row) and row["offender_ref"] == failed["offender_ref"])
    if news.kind == "released":  # nobody was seen before the day of the release
        ref, _, day = news.text.partition(":")
        visit = next((r for r in rows if is_stop(r) and r["offender_ref"] == ref), None)
        is_of_it = row["outing"] != "" or _goes_with_visit(row)
        return visit is not None and visit["date"] < day and is_of_it and row["offender_ref"] == ref
    if news.kind not in ("sick", "court"):
        return False
    visit = next(
        (r for r in rows if _goes_with_visit(row) and is_stop(r) and r["offender_ref"] == row["offender_ref"]), row
    )
    mates = [r for r in rows if r["outing"] and (r["date"], r["outing"]) == (visit["date"], visit["outing"])]
    parts = [r for r in rows if r["task_id"] == row["task_id"]]
    return any(_is_hit(other, news) for other in (*parts, *mates))


def _is_hit(row: Row, news: News) -> bool:
    """Whether an officer of the row is ill that day, or at court while the crew is out or the desk work is done."""
    officer, _, when = news.text.partition(":")
    if officer not in row["crew"].split(";"):
        return False
    if news.kind == "sick":
        first, _, last = when.partition("..")
        return date.fromisoformat(first) <= date.fromisoformat(row["date"]) <= date.fromisoformat(last or first)
    day, _, hours = when.partition("/")
    begin, _, end = hours.partition("-")
    if row["outing"]:
        return row["date"] == day
    return row["date"] == day and row["start"] < end and begin < row["end"]
