"""Templates: what a kind of content consists of, declared as data, and its prompts in Jinja2."""
