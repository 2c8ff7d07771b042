"""Running: cases through Inspect AI, runs kept in the workspace, resumed, planned."""
