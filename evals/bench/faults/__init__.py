"""Faults of models, databases and machines: what the user sees, and that nothing is lost or done twice."""
