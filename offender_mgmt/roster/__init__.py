"""What was decided: a roster of assignments, read from and written to CSV."""
