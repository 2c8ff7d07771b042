"""How Koujing grows: large libraries, long runs, many at once."""
