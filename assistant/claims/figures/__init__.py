"""Figures and dates: whether a source has them, and whether it says them of the same thing."""
