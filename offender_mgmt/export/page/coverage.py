"""What the roster comes to: overdue before and after, priority bands and aims with their bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offender_mgmt import measures
from offender_mgmt.export.page.view import View
from offender_mgmt.pages.charts import Bar, bars
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html, element, joined
from offender_mgmt.pages.tables import Cell, table
from offender_mgmt.report.aims import aim_words
from offender_mgmt.report.table import counted_words
from offender_mgmt.vocabulary import RiskLevel, Timing


@dataclass(frozen=True, slots=True)
class Overdue:
    """Tasks of one risk level over the week: before + falls_due - done = after."""

    name: str
    before: int
    falls_due: int
    done: int

    @property
    def after(self) -> int:
        """Overdue when the week has ended."""
        return self.before + self.falls_due - self.done


def overdue_by_level(view: View) -> tuple[Overdue, ...]:
    """Overdue before and after the week, gravest level first; what is put off over the whole week is not in it."""
    due, done = view.planned.due, measures.assigned_ids(view.planned.roster)
    counted = [task for task in due.tasks if measures.is_counted(task, due) and task.timing is not Timing.LOOK_AHEAD]
    rows = []
    for level in RiskLevel:
        tasks = [task for task in counted if task.risk_level is level]
        late = sum(task.timing is Timing.OVERDUE for task in tasks)
        rows.append(Overdue(level.words, late, len(tasks) - late, sum(task.task_id in done for task in tasks)))
    return tuple(rows)


def coverage_section(view: View) -> Html:
    """Overdue before the week and after it, then the priority bands."""
    levels = overdue_by_level(view)
    total = Overdue("all", *(sum(getattr(x, name) for x in levels) for name in ("before", "falls_due", "done")))
    first, last = view.days[0], view.days[-1]
    lead = (
        f"{total.before:,} tasks are overdue when the week begins on {first.day} {first:%B}; {total.falls_due:,} more"
        f" fall due in it. The roster does {total.done:,} of them: {total.after:,} are overdue after"
        f" {last.day} {last:%B}."
    )
    rows = [Bar(x.name, (float(x.done), float(x.after)), _words(x)) for x in (*levels, total)]
    header = ("risk level", "overdue before", "fall due", "done", "overdue after")
    chart = bars("Tasks by risk level", header, rows, legend=("done by this roster", "overdue afterwards"))
    deferred = measures.deferred_count(view.planned.due)
    put_off = f"Put off by a supervisor over the whole week and not counted here: {counted_words(deferred, 'task')}."
    note = element("p", put_off, class_="about") if deferred else ""
    return section("Overdue before and after", "coverage", chart, note, _bands(view), _aims(view), lead=lead)


def _words(row: Overdue) -> tuple[str, ...]:
    return tuple(f"{number:,}" for number in (row.before, row.falls_due, row.done, row.after))


def _bands(view: View) -> Html:
    """Every band, served strictly before the next, with what is proven of all other rosters."""
    header = ("priority band", "tasks due", "assigned", "risk points due", "reached", "no roster has more than")
    rows: list[Sequence[str | Cell]] = []
    for number, band in enumerate(view.planned.bands):
        figures = {"due": band.due, "scheduled": band.scheduled, "value_due": band.value_due, "value": band.value}
        cells = [Cell(f"{value:,}", value, f"bands.{number}.{name}") for name, value in figures.items()]
        bound = "not proven" if band.bound is None else f"{band.bound:,}"
        cells.append(Cell(bound, band.bound, f"bands.{number}.bound"))
        rows.append((f"{number + 1}. {band.name}", *cells))
    about = element("p", "Risk points: the weight of the risk level times the days of lateness.", class_="about")
    caption = "Priority bands, each served strictly before the next"
    return joined(table(caption, header, rows, numbers=range(1, 6)), about) if rows else Html("")


def _aims(view: View) -> Html:
    """What comes after the bands, each aim strictly before the next."""
    planned = view.planned
    rows: list[Sequence[str | Cell]] = []
    for number, aim in enumerate(planned.aims):
        words = aim_words(aim, planned.due, planned.roster, planned.policy_file.policy)
        value = Cell(f"{aim.value:,}", aim.value, f"aims.{number}.value")
        bound = "not proven" if aim.bound is None else f"{aim.bound:,}"
        rows.append((f"{number + 1}. {aim.aim.words}", value, Cell(bound, aim.bound, f"aims.{number}.bound"), words))
    caption = "Aims after the bands, each strictly before the next"
    header = ("aim", "reached", "no roster does better than", "in words")
    return table(caption, header, rows, numbers=(1, 2)) if rows else Html("")
