"""The rules behind every figure: who, when, how certain, and from what."""

from tests.spec.rules import comparison, knowledge, scope, summaries

CASES = (*comparison.CASES, *scope.CASES, *knowledge.CASES, *summaries.CASES)
