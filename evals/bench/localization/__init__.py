"""Benchmarks of localization: what is released, placeholders and terms, files, speed, kills."""
