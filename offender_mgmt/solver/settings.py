"""How hard to try. Effort is counted in deterministic steps, never in seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace

SEEDS = 2**31
"""Engines know no greater ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits of a solve.

    Parameters
    ----------
    seed
        Seed of everything that draws lots.
    effort
        Most steps of each large-neighbourhood search; more takes longer and may find more.
    courses
        Times that a team is searched, each course drawing lots of its own; the best roster counts.
    most_routes
        A week with no more routes than this has them all in its tables.
    near_routes
        Any other begins with about so many, and its tables grow as the prices ask for it.
    draft_routes
        The same for the first draft, which must be there in a moment.
    routes_a_window
        Most routes of a kind that are looked at for a window each time the tables grow.
    grow_rounds
        Times the tables grow where nothing is claimed about the routes that are left out.
    columns_a_round
        Most columns that column generation adds in a round.
    cut_rounds
        Most rounds of cuts for each bound.
    exact_columns
        Where no more columns than this could matter, an integer search over all of them proves what it finds.
    nodes
        Most nodes of the search tree in such an exact search.
    most_columns
        Most columns that a large-neighbourhood search draws from, best-priced first.
    step_columns
        Most columns that one of its steps looks at, until a whole week was solved with them.
    beside
        Steps of such a search at the same time, each on a core of its own; with more than one the answer depends on
        which is done first, and need not come again.
    looks
        Places that the search for long tours looks at for each step of effort.
    strands
        Searches for long tours beside each other; more find more, on as many cores in the same time.
    pool_columns
        Most routes of its best plans that are put together anew at once.
    labels
        Most partial routes from one end that the search for long routes holds before it gives up.
    comparisons
        Comparisons of such that all its searches together make for each step of effort.
    """

    seed: int = 1
    effort: int = 60
    courses: int = 1
    most_routes: int = 300_000
    near_routes: int = 50_000
    draft_routes: int = 300
    routes_a_window: int = 50
    grow_rounds: int = 2
    columns_a_round: int = 600
    cut_rounds: int = 4
    exact_columns: int = 2_000
    nodes: int = 40
    most_columns: int = 20_000
    step_columns: int = 800
    beside: int = 1
    looks: int = 50_000_000
    strands: int = 1
    pool_columns: int = 1_000
    labels: int = 200_000
    comparisons: int = 70_000_000

    def again(self) -> Settings:
        """The same for a week that is planned again: most of it stands already, and somebody waits for the answer."""
        return replace(self, cut_rounds=min(self.cut_rounds, 2), most_columns=min(self.most_columns, 6_000))

    def with_other_lots(self, number: int) -> Settings:
        """The same with other lots, for one of several searches counted from 0: with a seed of its own."""
        return replace(self, seed=(self.seed + number) % SEEDS)
