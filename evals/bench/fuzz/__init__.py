"""Malformed files and malformed requests, by the thousand and from a seed: what crashes, hangs or answers 500."""
