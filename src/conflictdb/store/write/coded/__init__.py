"""The rows of datasets, written in batches: what is new, what a release changed, and what it took back."""
