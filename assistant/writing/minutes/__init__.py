"""Minutes of a meeting, read from its transcript line by line: topics, decisions, actions, what comes next.

What must be exact is read by program; a language model only sums up one topic at a time, from a few lines of it.
"""
