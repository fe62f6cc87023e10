"""What was left out and why: every task that is due, and how often each reason holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from offender_mgmt import measures
from offender_mgmt.due.task import Task
from offender_mgmt.export.page.view import View
from offender_mgmt.pages.document import section
from offender_mgmt.pages.html import Html, element
from offender_mgmt.pages.tables import framed, table
from offender_mgmt.report.table import counted_words
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Unassigned
from offender_mgmt.vocabulary import Timing

WHEN = {Timing.OVERDUE: "overdue", Timing.DUE: "due this week", Timing.LOOK_AHEAD: "due later"}
HEADER = ("nominal", "locality", "work", "risk level", "when", "days overdue", "why it is left out")
FULL_HEADER = ("task", "nominal", "locality", "kind", "risk level", "when", "days overdue", "due", "why it is left out")


def left_out_section(view: View) -> Html:
    """Reasons in numbers, then every task, the most pressing first."""
    found = left_out(view)
    title, name = "Left out, and why", "left-out"
    if not found:
        return section(title, name, element("p", "No task is left out."))
    counts = Counter(task.timing for task, _ in found)
    numbers = ", ".join(f"{counts[timing]:,} {words}" for timing, words in WHEN.items())
    lead = f"{counted_words(len(found), 'task')}: {numbers}. Most pressing first."
    reasons = Counter(row.reason for _, row in found)
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    rows = ((REASONS.get(reason, reason), f"{count:,}") for reason, count in ordered)
    return section(
        title, name, table("Reasons", ("reason", "tasks"), rows, numbers=(1,)), _tasks(view, found), lead=lead
    )


def left_out(view: View) -> list[tuple[Task, Unassigned]]:
    """What counts as due in its band and is not in the roster, by band and risk points."""
    due = view.planned.due
    rows = ((due.task(row.task_id), row) for row in view.planned.roster.unassigned)
    found = [(task, row) for task, row in rows if task is not None and measures.is_counted(task, due)]
    return sorted(found, key=lambda pair: (pair[0].band, -pair[0].points, pair[0].task_id))


def _tasks(view: View, found: Sequence[tuple[Task, Unassigned]]) -> Html:
    caption = "Every task that is left out"
    heads = (element("th", name, scope="col") for name in (FULL_HEADER if view.is_full else HEADER))
    whole = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", heads)),
        element("tbody", (_line(view, task, row) for task, row in found)),
        class_="sortable small",
    )
    return framed(whole, caption)


def _line(view: View, task: Task, row: Unassigned) -> Html:
    nominal = view.planned.register.offender_by_ref.get(task.offender_ref)
    where = nominal.locality if nominal else ""
    late = element(
        "td", f"{task.days_overdue:,}" if task.days_overdue else "", class_="number", data_order=task.days_overdue
    )
    level = element("td", task.risk_level.words, data_order=task.risk_level.rank)
    shared = (level, element("td", WHEN[task.timing]), late)
    if view.is_full:
        texts: tuple[Html, ...] = tuple(element("td", text) for text in (task.offender_ref, where, task.kind.words))
        why = row.explanation or REASONS.get(row.reason, "")
        cells = (element("th", task.task_id, scope="row"), *texts, *shared, element("td", task.due_date.isoformat()))
    else:
        why = REASONS.get(row.reason, row.reason)
        work = "visit" if task.kind.is_field else "desk work"
        texts = tuple(element("td", text) for text in (where, work))
        cells = (element("th", task.offender_ref, scope="row"), *texts, *shared)
    return element("tr", cells, element("td", why), data_team=task.team, data_tiers=task.risk_level.value)
