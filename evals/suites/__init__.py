"""Suites: what is asked of Koujing, and who looks at the answers. One module each, listed in `registry`."""
