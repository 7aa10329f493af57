"""Customer acquisition cost."""
