"""What must not change: found before the model sees it, put in place or under a token, and looked for afterwards."""
