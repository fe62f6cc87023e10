"""A seeded, plainly synthetic Essex of any size."""

from offender_mgmt.synth.make import make_register, write_example
from offender_mgmt.synth.settings import SynthSettings

__all__ = ["SynthSettings", "make_register", "write_example"]
