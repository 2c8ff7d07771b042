"""`koujing eval`: the commands."""
