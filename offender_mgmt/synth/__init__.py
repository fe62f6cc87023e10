"""A seeded, plainly synthetic Essex of any size."""
