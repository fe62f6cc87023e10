"""Why work is in a published week or is not, each reason proved, and what would be the smallest change to fit it in."""
