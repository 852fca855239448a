"""What is kept of a report: receipts, the ledger, the archive."""
