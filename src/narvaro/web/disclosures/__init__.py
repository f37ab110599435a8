"""The only way anything of a pupil crosses to another authority: an act, on a ground, kept."""
