"""`python -m narvaro.cli`, for places where the script is not on the path."""

import sys

from narvaro.cli import main

sys.exit(main())
