"""Where one more task fits into a week as it was published: every place, what it costs, what would make one.

The week is read with the eyes of the check, not of the solver, and nothing is offered that the check does not accept.
"""
