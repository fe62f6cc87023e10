"""The aims after the priority bands in words: what was reached of each, and how much better any roster could be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from offender_mgmt import measures
from offender_mgmt.aims import AimFigures
from offender_mgmt.due.task import DueList
from offender_mgmt.policy import Policy
from offender_mgmt.report.table import heading, hours, wrapped
from offender_mgmt.roster.roster import Roster
from offender_mgmt.vocabulary import Aim


def aim_lines(aims: Sequence[AimFigures], due: DueList, roster: Roster, policy: Policy) -> list[str]:
    """One numbered sentence for each aim; no lines when there are none."""
    if not aims:
        return []
    lines = heading("With the bands served so: aims, each strictly before the next")
    for number, aim in enumerate(aims, 1):
        lines += wrapped(f"{number}. {aim.aim.words}: {aim_words(aim, due, roster, policy)}", indent="   ")
    return lines


def aim_words(aim: AimFigures, due: DueList, roster: Roster, policy: Policy) -> str:
    """What was reached of an aim, and what is proven of all other rosters."""
    words = _Words(aim, due, roster, policy)
    return f"{words.reached()}{words.proven()}"


def reached_words(aim: AimFigures, due: DueList, roster: Roster, policy: Policy) -> str:
    """What was reached of an aim, and nothing of other rosters."""
    return _Words(aim, due, roster, policy).reached()


class _Words:
    """One aim in words."""

    def __init__(self, figures: AimFigures, due: DueList, roster: Roster, policy: Policy) -> None:
        self._figures, self._due, self._roster, self._policy = figures, due, roster, policy
        self._visits = len(measures.outing_rows(roster))
        self._reached: dict[Aim, Callable[[], str]] = {
            Aim.CONTINUITY: self._continuity,
            Aim.SECOND_SEAT: self._second_seat,
            Aim.VARIETY: self._variety,
            Aim.EVENINGS_AND_WEEKENDS: self._evenings_and_weekends,
            Aim.EVEN_LOAD: self._even_load,
            Aim.ONE_ADDRESS_TOGETHER: self._at_one_address,
            Aim.ONE_ADDRESS_APART: self._at_one_address,
            Aim.FEWEST_CHANGES: self._fewest_changes,
            Aim.TRAVEL: self._travel,
        }

    def reached(self) -> str:
        """What this roster reaches."""
        return self._reached[self._figures.aim]()

    def proven(self) -> str:
        """What is proven of all other rosters."""
        bound = self._figures.bound
        if bound is None or (bound == 0 < self._figures.value):
            return ". Whether another roster does better is not proven."
        if bound == self._figures.value:
            return "; no roster does better."
        least = "more" if self._figures.aim.more_is_better else "less"
        number = f"{hours(bound)} hours" if self._figures.aim is Aim.TRAVEL else f"{bound:,}"
        return f"; no roster has {least} than {number}."

    def _continuity(self) -> str:
        lead = measures.lead_present(self._due, self._roster)
        deputy = measures.deputy_instead(self._due, self._roster)
        told = f"lead officer at {lead.count:,} of {lead.of:,} visits, deputy at {deputy:,}"
        return f"{told}; {self._figures.value:,} points with the desk work of lead officers"

    def _of_visits(self) -> str:
        return f"{self._figures.value:,} of {self._visits:,} visits"

    def _second_seat(self) -> str:
        attempts = _last(self._policy.aims.second_seat_last_n)
        return f"{self._of_visits()} with a second officer who was at {attempts}"

    def _variety(self) -> str:
        attempts = _last(self._policy.aims.vary_last_n)
        return f"{self._of_visits()} on the weekday and in the part of the day of {attempts}"

    def _evenings_and_weekends(self) -> str:
        percent = self._policy.aims.evening_weekend_percent
        return f"{self._figures.value:,} fewer than the {percent}% of visits asked for"

    def _even_load(self) -> str:
        weeks = self._policy.aims.load_weeks
        back = f", the {weeks} weeks before counted in" if weeks else ""
        return f"the highest is {self._figures.value:,} risk-weighted visits in 1,000 hours of duty{back}"

    def _at_one_address(self) -> str:
        return f"{self._of_visits()} at the address of another visit of the same outing, the first there not counted"

    def _fewest_changes(self) -> str:
        return f"{self._figures.value:,} tasks of the published roster are not on their day with their officers"

    def _travel(self) -> str:
        return f"{hours(self._figures.value)} hours" if self._figures.value else "none"


def _last(attempts: int) -> str:
    return f"one of the last {attempts} attempts" if attempts > 1 else "the last attempt"
