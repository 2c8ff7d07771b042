"""What becomes of a draft once it stands: editing, review, approval, publication, and what is missing for each."""
