"""A year's catalogue against the records of its matters: what differs, and how far each item has come."""
