"""A roster for others to read, in many forms; the least data by default, every form marked and read back."""
