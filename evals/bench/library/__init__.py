"""Benchmarks of the library: lint, import, impact, gate."""
