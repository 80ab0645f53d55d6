"""A larger sample than the test's: python -m tests.calibration [first seed] [seeds] [offices] [cases an office]."""

import sys
from collections import Counter

from tests.calibration.histories import clocks
from tests.calibration.test_calibration import Outcomes, outcomes, told

given = [int(word) for word in sys.argv[1:]]
first, seeds, offices, cases = (*given, *(200, 6, 16, 16)[len(given) :])
together: Outcomes = Counter()
for seed in range(first, first + seeds):
    together += outcomes(clocks(seed, offices, cases))
print(told(together))
