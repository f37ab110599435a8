"""How far registration can be trusted: verdicts, terms, delays and contradictions."""

from tests.spec.registration import contradictions, delays, terms, verdicts

CASES = (*verdicts.CASES, *terms.CASES, *delays.CASES, *contradictions.CASES)
