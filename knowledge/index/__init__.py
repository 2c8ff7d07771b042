"""Indexes derived from the store: vectors and words. Each can be rebuilt from the store at any time."""
