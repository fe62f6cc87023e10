"""The inspection pack: tables, report, policy, definitions and digests in one folder, written whole or not at all."""
