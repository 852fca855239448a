"""Whole reports: verdicts with what follows from them, and what is asked of the check again."""
