"""What is told to people: figures of a roster, the summary, the record of a run, the folder they stand in."""
