"""Scorers: each says how far an answer is right, by eyes of its own.

Nothing here imports the checks or the number engine: a judge must not share the eyes of the accused, else every zero
would be true by construction. A test holds that.
"""
