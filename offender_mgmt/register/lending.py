"""Officers lent to another team for whole tours: which team an officer works for when, and from which station.

An officer has one tour of duty a day, and a tour is one team's. For a lent tour the officer counts as one of that
team and starts from its station: the one where most of the team's own officers are based.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from offender_mgmt.register.records import Officer, Tour
from offender_mgmt.register.tour_times import tour_span
from offender_mgmt.vocabulary import TourCode


@dataclass(frozen=True)
class Lending:
    """Who of a register works for which team, tour by tour."""

    officers: tuple[Officer, ...]
    tours: tuple[Tour, ...]

    @cached_property
    def _known(self) -> Mapping[str, Officer]:
        return {officer.officer_id: officer for officer in self.officers}

    @cached_property
    def lent(self) -> Mapping[str, tuple[Tour, ...]]:
        """Tours of duty for another team than the officer's own, by officer; most registers have none."""
        found: dict[str, list[Tour]] = defaultdict(list)
        for tour in self.tours:
            officer = self._known.get(tour.officer_id)
            if tour.lent_to is None or tour.code is not TourCode.DUTY or officer is None:
                continue
            if tour.lent_to != officer.team:
                found[tour.officer_id].append(tour)
        return {officer: tuple(tours) for officer, tours in found.items()}

    def team_of(self, tour: Tour) -> str | None:
        """The team that a tour is worked for; ``None`` of an officer whom the register does not know."""
        officer = self._known.get(tour.officer_id)
        return tour.lent_to or (officer.team if officer else None)

    def teams_of(self, officer: Officer) -> frozenset[str]:
        """The officer's own team and all that it is lent to."""
        return frozenset({officer.team, *(t.lent_to for t in self.lent.get(officer.officer_id, ()) if t.lent_to)})

    def officers_of(self, team: str) -> tuple[Officer, ...]:
        """The team's own officers and those lent to it, these as officers of the team; in order of id."""
        found = [self._as_of(o, team) for o in self.officers if team in self.teams_of(o)]
        return tuple(sorted(found, key=lambda o: o.officer_id))

    def officer_at(self, officer: Officer, minute: int) -> Officer:
        """The officer as one of the team that the tour of duty at a moment is worked for."""
        for start, end, team in self._spans.get(officer.officer_id, ()):
            if start <= minute < end:
                return self._as_of(officer, team)
        return officer

    def _as_of(self, officer: Officer, team: str) -> Officer:
        if officer.team == team:
            return officer
        return officer.model_copy(update={"team": team, "base": self._station_of.get(team, officer.base)})

    @cached_property
    def _spans(self) -> Mapping[str, tuple[tuple[int, int, str], ...]]:
        """Start and end of every lent tour, and the team it is worked for."""
        return {
            officer: tuple((*span, tour.lent_to or "") for tour in tours if (span := tour_span(tour)))
            for officer, tours in self.lent.items()
        }

    @cached_property
    def _station_of(self) -> Mapping[str, str]:
        """The station of most of a team's own officers, the first by name among equals."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for officer in self.officers:
            counts[officer.team][officer.base] += 1
        return {team: min(of_team, key=lambda base: (-of_team[base], base)) for team, of_team in counts.items()}

    def of_team(self, team: str) -> tuple[tuple[Officer, ...], tuple[Tour, ...]]:
        """Officers and tours of a team alone: who is lent to it belongs to it, and is lent out in all other tours."""
        officers = self.officers_of(team)
        return officers, tuple(self._tours_of(team, {o.officer_id for o in officers}))

    def _tours_of(self, team: str, ids: set[str]) -> Iterator[Tour]:
        for tour in self.tours:
            if tour.officer_id in ids:
                works_for = self.team_of(tour)
                lent_to = None if works_for == team else works_for
                yield tour if tour.lent_to == lent_to else tour.model_copy(update={"lent_to": lent_to})
