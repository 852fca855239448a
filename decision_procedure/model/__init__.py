"""What a county hands in: records, typed and checked for consistency."""
