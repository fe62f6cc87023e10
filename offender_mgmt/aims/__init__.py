"""The aims after the priority bands, worked out from a roster and the register alone: no solver in sight."""

from offender_mgmt.aims.figures import AimFigures, Published, aim_figures, joined, published_tasks, with_bounds

__all__ = ["AimFigures", "Published", "aim_figures", "joined", "published_tasks", "with_bounds"]
