"""Sources, uploads, loads, month-end runs and their receipts."""
