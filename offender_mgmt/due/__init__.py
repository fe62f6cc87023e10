"""What is due: the clocks, and the tasks they make."""
