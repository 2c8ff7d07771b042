"""Public sets by path, as cases. Each names its licence; nothing of them is in this repository."""
