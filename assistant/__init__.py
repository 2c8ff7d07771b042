"""From a brief to a checked draft: evidence, generation, checks, repair; the model gateway; the command line."""
