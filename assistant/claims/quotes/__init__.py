"""Quotations: whether somebody said it, in these words."""
