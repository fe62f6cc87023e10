"""What is wrong with a roster: one function per rule, none of which has heard of the solver."""
