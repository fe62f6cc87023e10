"""Coverage that an inspector can trust: what is overdue, by how much, and is it getting better."""
