"""Things that are known of the demonstration portfolio."""

REAL = "felles-kommunal-journal"
