"""The twelve worked examples of how absence is measured, in order."""

from tests.spec.worked_examples import exactness, month_by_month, planning, whole_pupils

CASES = (*exactness.CASES, *month_by_month.CASES, *whole_pupils.CASES, *planning.CASES)
