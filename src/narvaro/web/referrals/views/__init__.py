"""Pages of referrals: the sending side, and the receiving."""
