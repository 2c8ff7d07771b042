"""Names: what a text calls by name, and whether the sources or the library know it there."""
