"""Checks of a translated segment against its source: one small class per rule, listed in `registry`."""
