"""The Model Context Protocol: the assistants that people already use stay on the agreed line."""
