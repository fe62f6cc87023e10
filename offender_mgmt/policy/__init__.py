"""What the rules are: a policy file, read and checked into frozen values."""

from offender_mgmt.policy.model import Policy
from offender_mgmt.policy.read import PolicyFile, example_policy, read_policy

__all__ = ["Policy", "PolicyFile", "example_policy", "read_policy"]
