"""Who may do what: people, keys, roles, sign-in, limits."""
