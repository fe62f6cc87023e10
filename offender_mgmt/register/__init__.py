"""What we are told: the register folder, read strictly into frozen records."""

from offender_mgmt.register.register import Register

__all__ = ["Register"]
