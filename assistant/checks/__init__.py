"""The checks: one small class each, registered in `registry.py`, documented from themselves."""
