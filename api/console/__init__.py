"""The pages: what a person sees of the service."""
