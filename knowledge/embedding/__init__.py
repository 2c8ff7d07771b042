"""Embeddings: texts as unit vectors, embedded or from an endpoint that the operator names."""
