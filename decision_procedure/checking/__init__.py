"""One record and one law: every duty tested, and the verdict on each."""
