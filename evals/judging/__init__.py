"""Judging by a model what no program can: rubrics, blind pairs, human labels, agreement."""
