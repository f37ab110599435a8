"""Pages of calls: of who calls, of who is called, and by a link."""
