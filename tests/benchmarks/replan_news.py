"""Random news of a running week, seeded: who is ill, released, at court, without a car; which visit failed.

Only the files of the register and the published roster are read, as plain CSV, so that the news owe nothing to the code
that has to cope with them.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

KINDS = ("sick", "released", "risk", "no_reply", "no_car", "court", "add")
LEVELS = ("low", "medium", "high", "very_high")
TASK_OF_A_VISIT = ("HV", "HVI", "HVR", "ARMSI")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happens, and when it is told.

    Parameters
    ----------
    option, text
        As on the command line.
    moment
        From which the week is planned again.
    """

    number: int
    team: str
    kind: str
    option: str
    text: str
    moment: datetime


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def day_of(text: str) -> date:
    """A day of a register or roster."""
    return date.fromisoformat(text)


def start_of(row: Row) -> datetime:
    """When a row of a roster starts, by the clock on the wall."""
    return datetime.fromisoformat(f"{row['date']}T{row['start']}")


class Teller:
    """Tells the news of one register and its published rosters, one for each team."""

    def __init__(self, register: Path, rosters: Mapping[str, Path], seed: int) -> None:
        self.teams = sorted(rosters)
        self.rosters = {team: rows_of(path) for team, path in rosters.items()}
        days = [day_of(row["date"]) for rows in self.rosters.values() for row in rows]
        self.monday = min(days) - timedelta(days=min(days).weekday())
        self.offenders, self.officers = rows_of(register / "offenders.csv"), rows_of(register / "officers.csv")
        self.tours, self.events = rows_of(register / "tours.csv"), rows_of(register / "events.csv")
        new = f"{self.monday - timedelta(days=4)}"
        self.changed = {row["offender_ref"] for row in rows_of(register / "changes.csv") if row["date"] >= new}
        self.seed = seed

    def news(self, number: int) -> News:
        """The news of a number; teams take turns, and so do the kinds."""
        rng = random.Random(f"{self.seed}-{number}")
        team, kind = self.teams[number % len(self.teams)], KINDS[number // len(self.teams) % len(KINDS)]
        makers: dict[str, Callable[[random.Random, str, datetime], tuple[str, str, datetime]]] = {
            "sick": self._sick,
            "released": self._released,
            "risk": self._risk,
            "no_reply": self._no_reply,
            "no_car": self._no_car,
            "court": self._court,
            "add": self._add,
        }
        moment = self._moment(rng)
        for _ in range(200):
            try:
                option, text, at = makers[kind](rng, team, moment)
                return News(number, team, kind, option, text, at)
            except IndexError:  # nobody it could happen to from then on
                moment = self._moment(rng)
        raise ValueError(f"no news of this kind for {team}")

    def _moment(self, rng: random.Random) -> datetime:
        day = self.monday + timedelta(days=rng.randrange(7))
        return datetime(day.year, day.month, day.day, rng.randrange(7, 19), rng.randrange(0, 60, 5))

    def _sick(self, rng: random.Random, team: str, moment: datetime) -> tuple[str, str, datetime]:
        tour = rng.choice(self._tours(team, moment.date()))
        last = day_of(tour["date"]) + timedelta(days=rng.randrange(3))
        return "--sick", f"{tour['officer_id']}:{tour['date']}..{last}", moment

    def _released(self, rng: random.Random, team: str, moment: datetime) -> tuple[str, str, datetime]:
        away = [o for o in self._nominals(team) if o["community_status"] not in ("community", "missing")]
        return "--released", f"{rng.choice(away)['offender_ref']}:{self._later(rng, moment)}", moment

    def _risk(self, rng: random.Random, team: str, moment: datetime) -> tuple[str, str, datetime]:
        own = [o for o in self._nominals(team) if self._is_here(o) and o["risk_level"] != LEVELS[-1]]
        nominal = rng.choice([o for o in own if o["offender_ref"] not in self.changed])
        graver = LEVELS[LEVELS.index(nominal["risk_level"]) + 1 :]
        return "--risk", f"{nominal['offender_ref']}:{rng.choice(graver)}", moment

    def _no_reply(self, rng: random.Random, team: str, moment: datetime) -> tuple[str, str, datetime]:
        visit = rng.choice([row for row in self.rosters[team] if is_stop(row)])
        after = start_of(visit) + timedelta(minutes=5 * rng.randrange(1, 24 * 12))
        return "--outcome", f"{visit['task_id']}:no_reply", after

    def _no_car(self, rng: random.Random, team: str, moment: datetime) -> tuple[str, str, datetime]:
        drivers = {o["officer_id"] for o in self.officers if o["team"] == team and o["driver"].lower() in ("yes", "y")}
        tour = rng.choice([t for t in self._tours(team, moment.date()) if t["officer_id"] in drivers])
        return "--no-car", tour["officer_id"], moment

    def _court(self, rng: random.Random, team: str, moment: datetime) -> tuple[str, str, datetime]:
        tour = rng.choice(self._tours(team, moment.date() + timedelta(days=1)))
        begin = datetime.fromisoformat(f"{tour['date']}T{tour['start']}") + timedelta(minutes=30 * rng.randrange(1, 8))
        end = begin + timedelta(minutes=30 * rng.randrange(3, 9))
        own = [e for e in self.events if e["date"] == tour["date"] and tour["officer_id"] in e["officers"]]
        if begin.date() != end.date() or any(f"{begin:%H:%M}" < e["end"] and e["start"] < f"{end:%H:%M}" for e in own):
            return self._court(rng, team, moment)
        return "--court", f"{tour['officer_id']}:{tour['date']}/{begin:%H:%M}-{end:%H:%M}", moment

    def _add(self, rng: random.Random, team: str, moment: datetime) -> tuple[str, str, datetime]:
        stops = [row for row in self.rosters[team] if is_stop(row)]
        visited = {row["offender_ref"] for row in stops if start_of(row).date() <= moment.date()}
        own = [o for o in self._nominals(team) if self._is_here(o) and o["offender_ref"] not in visited]
        return "--add", f"{rng.choice(own)['offender_ref']}:{self._later(rng, moment)}", moment

    def _later(self, rng: random.Random, moment: datetime) -> date:
        days = (self.monday + timedelta(days=6) - moment.date()).days
        return moment.date() + timedelta(days=rng.randrange(days + 1))

    def _nominals(self, team: str) -> list[Row]:
        first, after = f"{self.monday}", f"{self.monday + timedelta(days=7)}"
        own = [o for o in self.offenders if o["team"] == team]
        return [o for o in own if o["registered_on"] < first and (o["register_end"] or after) >= after]

    def _is_here(self, nominal: Row) -> bool:
        return nominal["community_status"] == "community"

    def _tours(self, team: str, first: date) -> list[Row]:
        own = {o["officer_id"] for o in self.officers if o["team"] == team}
        last = self.monday + timedelta(days=6)
        return [
            tour
            for tour in self.tours
            if tour["officer_id"] in own and tour["code"] == "duty" and first <= day_of(tour["date"]) <= last
        ]


def is_stop(row: Row) -> bool:
    """Whether a row of a roster is a visit that takes time of its own."""
    return row["task_id"].split("-")[0] in TASK_OF_A_VISIT and not row["done_with"] and bool(row["outing"])


def told(number_from: int, number_to: int, teller: Teller, teams: frozenset[str]) -> Iterator[News]:
    """The news of these numbers, both included, of these teams."""
    for number in range(number_from, number_to + 1):
        if teller.teams[number % len(teller.teams)] in teams:
            yield teller.news(number)
