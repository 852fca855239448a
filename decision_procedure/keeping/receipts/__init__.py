"""Receipts: what a report was made of, in fingerprints, so that anyone can run it again and compare."""
