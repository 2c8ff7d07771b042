"""The gate: floors that a run must not fall below."""
