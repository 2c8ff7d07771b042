"""Benchmarks of the service: a real `koujing serve` in a process of its own, real connections, a real browser."""
