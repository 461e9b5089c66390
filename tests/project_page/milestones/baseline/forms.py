"""The form that sets baselines."""

import datetime

MAY_1 = datetime.date(2026, 5, 1)
JULY_10 = datetime.date(2026, 7, 10)
OCTOBER_5 = datetime.date(2026, 10, 5)
