"""Design system: base pages, components, charts, words; nothing of schools in it."""
