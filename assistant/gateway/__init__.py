"""The model gateway: one port, four kinds of model behind it."""
