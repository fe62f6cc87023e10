"""The weekly plan: every team's instance solved, read back into references, and judged by the check."""

from offender_mgmt.planning.plan import Planner, PlanResult, TeamResult, plan
from offender_mgmt.planning.watch import Stop

__all__ = ["PlanResult", "Planner", "Stop", "TeamResult", "plan"]
