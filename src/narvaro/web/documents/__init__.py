"""Forms filled in: drafts, signing, addenda, PDF and DOCX, and the library of the routine."""
