"""Customers' names in a text: every known spelling in every shape, and an alias in their place."""
