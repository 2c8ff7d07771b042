"""Backups: everything an installation knows in one file, and back."""
