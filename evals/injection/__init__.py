"""Attacks by instructions in the material: what they ask, where they stand, and a model that obeys them all."""
