"""Pages for people: one self-contained HTML file, read on a screen or on paper, that asks nothing of any network."""
