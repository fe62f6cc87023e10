"""What is due: the clocks, and the tasks they make."""

from offender_mgmt.due.due import due_list
from offender_mgmt.due.task import DueList, Flag, Pause, Task

__all__ = ["DueList", "Flag", "Pause", "Task", "due_list"]
