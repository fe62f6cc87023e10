"""What is wrong with a roster, rule by rule; written from the rules alone, without sight of the model."""

from offender_mgmt.checks.check import check_roster
from offender_mgmt.checks.violation import Violation

__all__ = ["Violation", "check_roster"]
