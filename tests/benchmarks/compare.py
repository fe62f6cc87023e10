"""All engines on the same instances in one run; tables in Markdown, on standard output and with --write in the page.

    python3 run.py bench                              team weeks, the example force, public instances
    python3 run.py bench --what teams --sizes 60 --seeds 1 2 --seconds 10
    python3 run.py bench --what replan --from 0 --to 199   random news of a running week (an hour); also in pieces
    python3 run.py bench --what quick                 what CI runs: one small team week, under a minute

Nothing is asserted; a run on a busy machine tells little.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks import public_runs, replan_runs, week_runs
from benchmarks.engines import GREEDY, OURS, PEERS
from benchmarks.report import PAGE, circumstances, put_into_page, table
from benchmarks.team_weeks import SEEDS, SIZES, TeamWeek, team_week, weeks_of

from offender_mgmt.register.read import read_folder
from offender_mgmt.solver.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
WHAT = ("teams", "force", "public", "replan", "quick")
REPLAN_EFFORT = 20
"""As the command has it unless told otherwise."""
QUICK_SECONDS, QUICK_EFFORT, QUICK_WEEK = 2.0, 5, (20, 1)


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for and print its table."""
    options = _options(arguments)
    for what in [options.what] if options.what else ["teams", "force", "public"]:
        print(f"## {what}\n\n{circumstances(shlex.join(arguments))}\n", flush=True)
        header, rows = _rows(what, options)
        made = []
        print(table(header, []), flush=True)
        for row in rows:
            made.append(row)
            print(table(row, []).splitlines()[0], flush=True)
        print(flush=True)
        if what == "replan":
            _put_replanned(options, circumstances(shlex.join(arguments)))
        elif options.write and what != "quick":
            put_into_page(what, f"{circumstances(shlex.join(arguments))}\n\n{table(header, made)}")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run.py bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--what", choices=WHAT, help="only this part (teams, force and public unless given)")
    parser.add_argument("--seconds", type=float, default=30.0, help="for each engine that can be told (30)")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS), help="of the team weeks (1 to 10)")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="of the team weeks (40 60 100 200)")
    parser.add_argument("--effort", type=int, default=Settings().effort, help="of our own solver")
    parser.add_argument(
        "--to-its-end",
        type=float,
        default=week_runs.LONGEST,
        metavar="SECONDS",
        help=f"stop our solver in its own row on weeks ({week_runs.LONGEST:.0f}; 0: no such row)",
    )
    parser.add_argument("--register", default="data/essex", help="register of --what force")
    parser.add_argument("--toptw", nargs="+", metavar="BASE:TOURS", help="only these public instances, e.g. c104:2")
    parser.add_argument(
        "--family", nargs="+", choices=public_runs.FAMILIES, default=[], help="only these public instances"
    )
    parser.add_argument("--every", action="store_true", help="every public instance there is (days)")
    parser.add_argument("--only-ours", action="store_true", help="run no peer on the public instances")
    parser.add_argument("--without-ours", action="store_true", help="leave our solver out of the public instances")
    parser.add_argument("--from", dest="first", type=int, default=0, help="first number of --what replan (0)")
    parser.add_argument("--to", dest="last", type=int, default=199, help="last number of --what replan (199)")
    parser.add_argument("--teams", nargs="+", default=[], help="only these teams, of --what force and replan")
    parser.add_argument("--news-seed", type=int, default=1, help="seed of the news of --what replan (1)")
    parser.add_argument("--anew-every", type=int, default=10, help="plan anew beside every so many re-plans (10)")
    parser.add_argument("--again", action="store_true", help="run again what --what replan has kept")
    parser.add_argument("--keep", default="out/bench-replan", help="folder of --what replan for what it keeps")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.relative_to(ROOT)}")
    return parser.parse_args(arguments)


def _rows(what: str, options: argparse.Namespace) -> tuple[Sequence[str], Iterable[list[object]]]:
    settings = Settings(effort=options.effort)
    if what == "replan":
        return replan_runs.HEADER, (run.cells() for run in _sweep(options).runs())
    if what == "public":
        return public_runs.HEADER, _public(options)
    if what == "teams":
        weeks = (team_week(size, seed) for size in options.sizes for seed in options.seeds)
        return week_runs.HEADER, _weeks(weeks, options.seconds, options.to_its_end, settings)
    if what == "quick":
        quick = Settings(effort=QUICK_EFFORT)
        return week_runs.HEADER, _weeks([team_week(*QUICK_WEEK)], QUICK_SECONDS, week_runs.LONGEST, quick)
    weeks = (week for week in _register(options.register) if not options.teams or week.name in options.teams)
    return week_runs.HEADER, _weeks(weeks, options.seconds, options.to_its_end, settings)


def _sweep(options: argparse.Namespace) -> replan_runs.Sweep:
    return replan_runs.Sweep(
        register=ROOT / options.register,
        folder=ROOT / options.keep,
        first=options.first,
        last=options.last,
        teams=frozenset(options.teams),
        seed=options.news_seed,
        effort=REPLAN_EFFORT,
        anew_every=options.anew_every,
        again=options.again,
    )


def _put_replanned(options: argparse.Namespace, head: str) -> None:
    """The tables of all that is kept, other pieces of the sweep included."""
    kept = _sweep(options).kept()
    tables = "\n\n".join(table(*part) for part in (replan_runs.summary(kept), replan_runs.beside(kept)))
    print(tables, flush=True)
    if options.write:
        put_into_page("replan", f"{head}\n\n{tables}")


def _register(folder: str) -> Iterator[TeamWeek]:
    loaded = read_folder(ROOT / folder)
    return weeks_of(loaded.register, loaded.policy_file.policy)


def _weeks(weeks: Iterable[TeamWeek], seconds: float, longest: float, settings: Settings) -> Iterator[list[object]]:
    for week in weeks:
        rows: list[week_runs.WeekRow] = []
        for row in week_runs.week_rows(week, seconds, settings, longest):
            rows.append(row)
            yield week_runs.cells(row, *week_runs.bounds_of(rows, week))


def _public(options: argparse.Namespace) -> Iterator[list[object]]:
    folder = public_runs.FOLDER
    if not folder.is_dir():
        yield ["skipped: no folder ../shared/benchmarks beside the checkout", *["-"] * (len(public_runs.HEADER) - 1)]
        return
    chosen = (public_runs.every if options.every else public_runs.chosen)(folder)
    if options.toptw:
        named = [(base, int(tours)) for base, _, tours in (word.partition(":") for word in options.toptw)]
        chosen = public_runs.toptw(folder, named)
    if options.family:
        chosen = (public for public in chosen if public.is_of(options.family))
    engines = [*([] if options.without_ours else [OURS]), *([] if options.only_ours else [GREEDY, *PEERS])]
    for public in chosen:
        yield from public_runs.public_rows(public, options.seconds, engines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
