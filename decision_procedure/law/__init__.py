"""Law as data: expressions, packs, and which law applies."""
