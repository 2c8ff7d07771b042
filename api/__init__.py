"""The HTTP service: the same core and the same JSON as the command line."""
