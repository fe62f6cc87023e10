"""Random weeks of a small team: synthetic registers, rosters filled at random place by place, tasks taken out again."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from offender_mgmt.calendars import week_after
from offender_mgmt.due import DueList, due_list
from offender_mgmt.due.task import Task
from offender_mgmt.instance.build import build_instance
from offender_mgmt.places.find import places_of
from offender_mgmt.places.published import Published
from offender_mgmt.places.roster_with import left_out_rows, roster_with
from offender_mgmt.places.suggest import published_week
from offender_mgmt.planning.decode import decode, event_assignments
from offender_mgmt.policy import Policy, example_policy
from offender_mgmt.policy.model import ExposureLimit
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Roster
from offender_mgmt.solver.bands import BandProof
from offender_mgmt.solver.solve import Answer, SolveStatus
from offender_mgmt.solver.timetable import Timetable
from offender_mgmt.synth.make import make_register
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import RiskLevel


@dataclass(frozen=True)
class RandomWeek:
    """A register with its policy, due list and a lawful roster."""

    register: Register
    policy: Policy
    due: DueList
    roster: Roster

    def published(self, not_before: int = 0) -> Published:
        """The week as one more task finds it."""
        return published_week(self.register, self.policy, self.due, self.roster, not_before)

    def open_tasks(self) -> list[Task]:
        """Tasks that are not in the roster and stand by themselves."""
        done = {row.task_id for row in self.roster.assignments}
        return [task for task in self.due.tasks if task.task_id not in done and not task.is_companion]


def random_policy(rng: random.Random) -> Policy:
    """The example policy; now and then with fewer visits a day, or a limit on visits of a level."""
    policy = example_policy().policy
    visits = policy.visits.model_copy(update={"visits_per_day": rng.choice([2, 3, 4, 4])})
    limits = (ExposureLimit(levels=(RiskLevel.HIGH, RiskLevel.MEDIUM), most_a_day=1, most_a_week=3),)
    crews = policy.crews.model_copy(update={"exposure_limits": limits if rng.random() < 0.2 else ()})
    return policy.model_copy(update={"visits": visits, "crews": crews})


def random_register(rng: random.Random, offenders: int, officers: int) -> Register:
    """A synthetic register of one team; some nominals with hours of their own, some officers who may not pair."""
    register = make_register(SynthSettings(seed=rng.randrange(10**6), offenders=offenders, officers=officers, teams=1))
    people = list(register.officers)
    if rng.random() < 0.3:
        first, second = rng.sample(range(len(people)), 2)
        people[first] = people[first].replace(not_paired_with=(people[second].officer_id,))
    return replace(register, officers=tuple(people))


def empty_roster(register: Register, policy: Policy, due: DueList) -> Roster:
    """A roster with fixed events only, and what they do."""
    (team,) = register.teams
    instance, names = build_instance(register, policy, due, team, Travel(register, policy))
    proofs = tuple(BandProof(value, None) for value in instance.band_points(instance.given))
    part = decode(instance, names, due, Answer(SolveStatus.FALLBACK, Timetable((), ()), proofs, ()))
    bare = Roster(due.horizon, (*event_assignments(register, due), *part.assignments))
    week = published_week(register, policy, due, bare).week
    done = {row.task_id for row in bare.assignments}
    left = [task for task in due.tasks if task.task_id not in done]
    return replace(bare, unassigned=tuple(left_out_rows(week, bare, left)))


def random_week(seed: int, offenders: int = 30, officers: int = 4, tries: int = 40) -> tuple[RandomWeek, Task]:
    """A week whose roster was filled by putting random tasks at random places, and a task that was left out of it."""
    rng = random.Random(seed)
    policy = random_policy(rng)
    register = random_register(rng, offenders, officers)
    due = due_list(register, policy, week_after(register.extract_date))
    week = RandomWeek(register, policy, due, empty_roster(register, policy, due))
    held = rng.choice([task for task in week.open_tasks() if rng.random() < 0.2 or task.kind.is_field])
    for _ in range(tries):
        tasks = [task for task in week.open_tasks() if task is not held]
        if tasks:
            week = _with_one_more(week, rng.choice(tasks), rng)
    return week, held


def _with_one_more(week: RandomWeek, task: Task, rng: random.Random) -> RandomWeek:
    published = week.published()
    spots = [spot for spot in places_of(published, task, enough=0) if not spot.gives_way]
    return replace(week, roster=roster_with(published, rng.choice(spots))) if spots else week
