"""Routes under /v1: the same core and the same JSON as the command line."""
