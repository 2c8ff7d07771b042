"""Durable jobs: file x locale x segment, on SQLite in one process or on PostgreSQL with many workers."""
