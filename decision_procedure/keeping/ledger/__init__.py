"""The ledger: receipts in an order that nobody can change unseen."""
