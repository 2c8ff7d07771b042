"""Benchmarks and, later, suites that judge the drafts."""
