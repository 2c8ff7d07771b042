"""File formats: each in its own file, listed in `registry`."""
