"""Random news of the published Essex week, each put to ``replan`` as a command, and beside some a whole new plan.

Every team's week is planned once and kept; what each piece of news came to is kept as a line of JSON, so that a long
sweep can be made in pieces: what is there is not run again. The frozen part is compared by ``replan_kept``, which knows
nothing of the package.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks import replan_kept
from benchmarks.replan_news import KINDS, News, Teller, rows_of, told

from offender_mgmt.aims import published_tasks
from offender_mgmt.calendars import parse_week
from offender_mgmt.planning import plan
from offender_mgmt.register.read import read_folder
from offender_mgmt.report.folder import read_run
from offender_mgmt.report.record import read_record
from offender_mgmt.report.told_week import told_week
from offender_mgmt.solver.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
HEADER = (
    "news", "team", "kind", "from", "exit", "check", "frozen part", "CPU s", "s", "moved", "bound",
    "points by band", "anew: moved", "anew: points by band",
)  # fmt: skip
SECONDS, MORE_THAN_BOUND = 15.0, 1
"""What issue 5 asks for: seconds for one team, and tasks moved beyond the proven minimum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of one piece of news.

    Parameters
    ----------
    moved, bound
        Published tasks that are not on their day with their officers, and the least proven.
    values, anew_values
        Risk points by band: of the re-plan, and of a whole new plan by the changed register at equal effort.
    """

    number: int
    team: str
    kind: str
    moment: str
    command: list[str]
    exit: int
    check: int | None = None
    kept: list[str] | None = None
    cpu: float = 0.0
    seconds: float = 0.0
    moved: int | None = None
    bound: int | None = None
    values: list[int] | None = None
    words: str = ""
    anew_moved: int | None = None
    anew_values: list[int] | None = None

    @property
    def is_right(self) -> bool:
        """Whether there is a roster that the check accepts, with the frozen part as it was."""
        return self.exit == 0 and self.check == 0 and self.kept == []

    @property
    def is_near(self) -> bool:
        """Whether it moves no more than the proven minimum and one task."""
        return self.moved is not None and self.bound is not None and self.moved <= self.bound + MORE_THAN_BOUND

    def cells(self) -> list[object]:
        """The row of the table."""
        kept = "no roster" if self.kept is None else "same" if not self.kept else ", ".join(self.kept[:3])
        points = [" ".join(map(str, values)) if values else "" for values in (self.values, self.anew_values)]
        proof = [_or_blank(self.moved), _or_blank(self.bound), points[0], _or_blank(self.anew_moved), points[1]]
        times = [f"{self.cpu:.1f}", f"{self.seconds:.1f}"]
        head = [self.number, self.team, self.kind, self.moment, self.exit, _or_blank(self.check), kept]
        return [*head, *times, *proof]


def _or_blank(value: int | None) -> object:
    return "" if value is None else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Which news, of which register, how hard to try, and where it is kept."""

    register: Path
    folder: Path
    first: int
    last: int
    teams: frozenset[str]
    seed: int
    effort: int
    anew_every: int
    again: bool = False
    published_effort: int = Settings().effort

    def runs(self) -> Iterator[Run]:
        """What comes of the news, one after the other."""
        names = sorted({row["team"] for row in rows_of(self.register / "officers.csv")})
        for team in names:
            self._publish(team)
        rosters = {team: self._week(team) / "roster.csv" for team in names}
        teller = Teller(self.register, rosters, self.seed)
        done = {} if self.again else {run.number: run for run in self.kept()}
        for news in told(self.first, self.last, teller, self.teams or frozenset(names)):
            known = done.get(news.number)
            run = self._and_anew(known or self._run(news))
            if run != known:
                with (self.folder / "runs.jsonl").open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(run)) + "\n")
            yield run

    def kept(self) -> list[Run]:
        """What was run before; of a number run twice the last."""
        path = self.folder / "runs.jsonl"
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        found = {run.number: run for run in (Run(**json.loads(line)) for line in lines)}
        return [found[number] for number in sorted(found)]

    def _week(self, team: str) -> Path:
        return self.folder / "weeks" / team

    def _publish(self, team: str) -> None:
        if not (self._week(team) / "run.json").is_file():
            print(f"(plans {team} once)", file=sys.stderr, flush=True)
            options = (
                "--team",
                team,
                "--out",
                self._week(team),
                "--workers",
                "1",
                "--overwrite",
                "--effort",
                self.published_effort,
            )
            _command("plan", self.register, *options)

    def _run(self, news: News) -> Run:
        week, out = self._week(news.team), self.folder / "replanned" / f"{news.number:03d}"
        asked = ["replan", self.register, week, "--freeze-before", f"{news.moment:%Y-%m-%dT%H:%M}"]
        asked += [news.option, news.text, "--effort", self.effort, "--workers", "1", "--out", out]
        ended, cpu, seconds = _command(*asked, "--overwrite")
        command = [_short(word) for word in asked]
        what: dict[str, Any] = {"number": news.number, "team": news.team, "kind": news.kind, "command": command}
        what |= {"moment": f"{news.moment:%a %H:%M}", "exit": ended.returncode, "cpu": cpu, "seconds": seconds}
        words = "" if ended.returncode == 0 else (ended.stderr.strip() or ended.stdout.strip())[-400:]
        if ended.returncode not in (0, 3) or not (out / "roster.csv").is_file():
            return Run(**what, words=words)
        check, _, _ = _command(
            "check", self.register, out / "roster.csv", "--run", out / "run.json", "--published", week
        )
        kept = replan_kept.faults(rows_of(week / "roster.csv"), rows_of(out / "roster.csv"), news)
        words += check.stdout[-400:] if check.returncode else ""
        record = json.loads((out / "run.json").read_text("utf-8"))
        changes = next(aim for aim in record["aims"] if aim["aim"] == "fewest_changes")
        what |= {"check": check.returncode, "kept": kept, "moved": changes["value"], "bound": changes["bound"]}
        what |= {"values": [band["value"] for band in record["bands"]], "words": words}
        return Run(**what)

    def _and_anew(self, run: Run) -> Run:
        """The run with a whole new plan beside it, where that is asked for and not there yet."""
        is_asked = self.anew_every > 0 and run.number % self.anew_every == 0
        if not is_asked or run.moved is None or run.anew_values is not None:
            return run
        return replace(run, **self._anew(self._week(run.team), self.folder / "replanned" / f"{run.number:03d}"))

    def _anew(self, week: Path, out: Path) -> dict[str, Any]:
        """A whole new plan by the changed register, as if nothing were published."""
        loaded, record = read_folder(self.register), read_record(out / "run.json")
        policy, horizon = loaded.policy_file.policy, parse_week(record.week or "")
        known = told_week(loaded.register, policy, horizon, record)
        result = plan(known.register, policy, horizon, Settings(effort=self.effort), workers=1)
        before = published_tasks(read_run(week, horizon), known.due)
        now = published_tasks(result.roster, known.due)
        moved = sum(now.get(task) != place for task, place in before.items() if known.due.task(task) is not None)
        return {"anew_moved": moved, "anew_values": [band.value for band in result.bands]}


def summary(runs: Sequence[Run]) -> tuple[tuple[str, ...], list[list[object]]]:
    """A line for each kind of news and one for all."""
    header = ("news", "runs", "right", "CPU s: median, most", "s: median, most", f"CPU s up to {SECONDS:.0f}", "moved",
              "sum of bounds", "moved at most bound + 1", "no bound")  # fmt: skip
    groups = [(kind.replace("_", " "), [run for run in runs if run.kind == kind]) for kind in KINDS]
    rows = [_line(name, group) for name, group in (*groups, ("all", list(runs))) if group]
    return header, rows


def _line(name: str, runs: Sequence[Run]) -> list[object]:
    made = [run for run in runs if run.moved is not None]
    cpu, seconds = [run.cpu for run in runs], [run.seconds for run in runs]
    return [
        name,
        len(runs),
        f"{sum(run.is_right for run in runs)}",
        f"{statistics.median(cpu):.1f}, {max(cpu):.1f}",
        f"{statistics.median(seconds):.1f}, {max(seconds):.1f}",
        sum(run.cpu <= SECONDS for run in runs),
        sum(run.moved or 0 for run in made),
        sum(run.bound or 0 for run in made),
        sum(run.is_near for run in made),
        sum(run.bound is None for run in made),
    ]


def beside(runs: Iterable[Run]) -> tuple[tuple[str, ...], list[list[object]]]:
    """Where the week was planned anew too: what moves, and the points of each band."""
    header = ("news", "team", "kind", "from", "moved", "bound", "anew: moved", "points by band", "anew: points by band")
    rows: list[list[object]] = []
    for run in runs:
        if run.anew_values is not None and run.values is not None:
            points = (" ".join(map(str, values)) for values in (run.values, run.anew_values))
            head = [run.number, run.team, run.kind.replace("_", " "), run.moment, run.moved, _or_blank(run.bound)]
            rows.append([*head, run.anew_moved, *points])
    return header, rows


def _command(*words: object) -> tuple[subprocess.CompletedProcess[str], float, float]:
    """A command of the program, its seconds of the processor, those of its children included, and by the clock."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "offender_mgmt", *map(str, words)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    after, seconds = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    return ended, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds


def _short(word: object) -> str:
    return str(word.relative_to(ROOT)) if isinstance(word, Path) and word.is_relative_to(ROOT) else str(word)
