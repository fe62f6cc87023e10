"""``export html``: the roster as one page that opens without a network, on a screen, on paper or read aloud."""
