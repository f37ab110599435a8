"""Programmes run by authorities."""
