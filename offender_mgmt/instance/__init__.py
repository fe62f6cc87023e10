"""What the solver sees: one team's week in plain numbers, with nothing left to prepare or look up."""

from offender_mgmt.instance.build import Names, build_instance
from offender_mgmt.instance.model import Call, DeskTask, Instance, OfficerData, Shift, WriteUp

__all__ = ["Call", "DeskTask", "Instance", "Names", "OfficerData", "Shift", "WriteUp", "build_instance"]
