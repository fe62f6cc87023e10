"""Rule ``frozen_kept``: what had begun stays to the minute, and nothing new begins before the moment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import builders as b

from offender_mgmt.calendars import week_of
from offender_mgmt.checks import check_roster
from offender_mgmt.due import due_list
from offender_mgmt.planning import plan
from offender_mgmt.roster.frozen import Replanned, frozen_rows, mark_of
from offender_mgmt.roster.roster import Roster
from offender_mgmt.solver.settings import Settings

WEEK = week_of(b.MONDAY)
REGISTER = b.register()
DUE = due_list(REGISTER, b.policy(), WEEK)
PUBLISHED = plan(REGISTER, b.policy(), WEEK, Settings(effort=1), workers=1).roster
VISIT = next(row for row in PUBLISHED.assignments if row.kind.is_field)
CHECK = next(row for row in PUBLISHED.assignments if row.task_id.startswith("INTEL"))


def found(roster: Roster, moment: int) -> set[str]:
    frozen = frozen_rows(PUBLISHED.assignments, moment)
    held = Replanned(freeze_before=moment, bands_first=3, frozen=frozen)
    return {v.rule for v in check_roster(REGISTER, b.policy(), DUE, roster, replanned=held)}


def with_visit(**changes: Any) -> Roster:
    rows = tuple(replace(r, **changes) if r is VISIT else r for r in PUBLISHED.assignments)
    return replace(PUBLISHED, assignments=rows)


def test_an_outing_begins_with_its_first_intelligence_check() -> None:
    assert frozen_rows(PUBLISHED.assignments, CHECK.start) == ()
    assert frozen_rows(PUBLISHED.assignments, CHECK.start + 1) == PUBLISHED.assignments


def test_frozen_kept_allows_the_published_roster() -> None:
    assert "frozen_kept" not in found(PUBLISHED, VISIT.start)


def test_frozen_kept_finds_a_visit_moved_by_a_minute_or_given_to_another_crew() -> None:
    assert "frozen_kept" in found(with_visit(start=VISIT.start + 1, end=VISIT.end + 1), VISIT.start)
    assert "frozen_kept" in found(with_visit(crew=("P2", "P1")), VISIT.start)


def test_frozen_kept_is_silent_about_what_had_not_begun() -> None:
    later = with_visit(start=VISIT.start + 1, end=VISIT.end + 1)
    assert "frozen_kept" not in found(later, CHECK.start)


def test_frozen_kept_finds_new_work_before_the_moment() -> None:
    rows = tuple(replace(row, start=row.start - 5, end=row.end - 5) for row in PUBLISHED.assignments)
    assert "frozen_kept" in found(replace(PUBLISHED, assignments=rows), CHECK.start)


def test_frozen_kept_holds_by_the_marks_alone() -> None:
    """As a record has them: the published roster passes, a damaged row does not, and without marks nothing is said."""
    moment = VISIT.start
    marks = frozenset(map(mark_of, frozen_rows(PUBLISHED.assignments, moment)))

    def rules(roster: Roster, marks: frozenset[tuple[str, str]] | None) -> set[str]:
        held = Replanned(freeze_before=moment, bands_first=3, marks=marks)
        return {v.rule for v in check_roster(REGISTER, b.policy(), DUE, roster, replanned=held)}

    moved = with_visit(start=VISIT.start + 1, end=VISIT.end + 1)
    assert "frozen_kept" not in rules(PUBLISHED, marks)
    assert "frozen_kept" in rules(moved, marks)
    assert "frozen_kept" not in rules(moved, None)
