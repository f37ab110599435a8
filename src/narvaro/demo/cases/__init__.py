"""The awkward cases of the invented municipality, one file per kind."""

from narvaro.demo.cases.book import Book
from narvaro.demo.cases.staged import SchoolCases
from narvaro.demo.cases.writing import append_rows, told_cases, write_cases

__all__ = ["Book", "SchoolCases", "append_rows", "told_cases", "write_cases"]
