"""The pages of the routine: the common one, what a school does otherwise, and sharing it all."""
