"""Our solver with the same seconds as any other engine: it streams better and better answers, the last one counts."""

from __future__ import annotations

from threading import Thread

from offender_mgmt.instance.model import Instance
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, solve


def solve_in_time(instance: Instance, settings: Settings, seconds: float) -> Answer:
    """The answer where the effort ends before the seconds do, else the best one by then, with what is proven by then.

    For a process that ends with its answer: the search that is cut goes on in its thread until then.

    Raises
    ------
    Exception
        Whatever ended the search, or ``TimeoutError`` where there is no answer yet.
    """
    told: list[Answer] = []
    last: list[Answer] = []
    faults: list[Exception] = []

    def search() -> None:
        try:
            last.append(solve(instance, settings, on_better=told.append))
        except Exception as fault:  # told by the thread that waits
            faults.append(fault)

    thread = Thread(target=search, daemon=True)
    thread.start()
    thread.join(seconds)
    if faults:
        raise faults[0]
    answers = last or told
    if not answers:
        raise TimeoutError("no answer in time")
    return answers[-1]
