"""Subjects: what is asked and judged. Koujing in this process, a running service, and what Koujing is held against."""
