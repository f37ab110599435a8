"""A programme run by authorities: phases, schools asked and joined, facts with sources."""
