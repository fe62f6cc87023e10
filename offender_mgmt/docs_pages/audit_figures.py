"""``audit.md``: how every figure of the audit is defined, in the words of its topic."""

from __future__ import annotations

from offender_mgmt.audit.compare import FIGURE_CHANGES, MOVE_COLUMNS
from offender_mgmt.audit.definitions import definitions_markdown
from offender_mgmt.audit.figures import FIGURE_COLUMNS
from offender_mgmt.audit.pack.files import WHAT_FOR
from offender_mgmt.audit.questions import QUESTIONS, Question
from offender_mgmt.audit.topic import MEMBER_COLUMNS
from offender_mgmt.audit.topics import TOPICS
from offender_mgmt.docs_pages.markdown import code, table

INTRODUCTION = """# Figures of the audit

What `offender-mgmt audit` counts, and how; enough for a second person to compute the same figures from the same
register. The same words stand in every inspection pack. How to make one: [audit coverage](../how-to/audit-coverage.md).

- **As at a day** means at its end: records of the day count, and **overdue** is what was due on the day or before it,
  as in the plan of the next day. Days overdue are counted from the due date to the day after.
- A past day is rebuilt from the logs: visits, assessments, changes, deferrals. Columns that no log covers (notification
  and order dates, ends of registers, skills, contracts, the duty roster) are as extracted; the definitions say where.
- The **period** ends on the day; it is `audit.period_weeks` long unless `--from` says otherwise.
- Work that was put off or cancelled stays overdue. Rescheduled, cancelled, attempted and done are never added up.
- A share of nobody is "none due", neither 0 nor 100 %. A share that one decimal would round to nobody or everybody is
  said to be under 0.1 % or over 99.9 %.
- Risk level is the level in force: a lowering that nobody signed off does not count.

"""

COLUMNS = """

`value` is a number, `counted` and `of` are how many members count and how many there are, `words` is how people read
it. Figures are cut by force, risk level (`tier`) and, where `--by` asks for it, team, officer and
district.

In `members/NAME.csv`, one row per member of the topic NAME: `offender_ref` is blank where the member is no nominal,
`item` where it is the nominal; `officer` is the nominal's lead, or the officer the member is about; `date` is the day
that made it a member; `counted` is Y or N.

"""


def audit_page() -> str:
    """What is in a pack, the ten questions, and every definition."""
    text = INTRODUCTION + "## The inspection pack\n\n"
    text += table(("file", "holds"), ((code(name), words) for name, words in WHAT_FOR.items()))
    text += f"Columns of `figures.csv`: {_columns(FIGURE_COLUMNS)}.{COLUMNS}"
    text += f"Columns of a list: {_columns(MEMBER_COLUMNS)}.\n\n"
    text += f"`compare --figures` writes {_columns(FIGURE_CHANGES)}; `--moves` {_columns(MOVE_COLUMNS)}.\n\n"
    text += "## The ten questions\n\nWhat each line of the summary rests on.\n\n"
    text += table(("line", "question", "topics"), map(_question, QUESTIONS))
    text += "## Measures\n\n"
    return (text + definitions_markdown(TOPICS)).rstrip() + "\n"


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(map(code, names))


def _question(question: Question) -> tuple[str, str, str]:
    return question.name, question.text, _columns(question.topics)
