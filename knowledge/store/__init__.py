"""The truth: tables, migrations and repositories."""
