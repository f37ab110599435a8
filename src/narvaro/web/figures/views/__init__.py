"""The pages of figures, one module each."""
