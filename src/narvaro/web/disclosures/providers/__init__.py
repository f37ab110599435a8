"""What the items show that this side of the house can show by itself."""
