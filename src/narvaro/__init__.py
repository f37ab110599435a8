"""School attendance, from registration to flags that explain themselves."""
