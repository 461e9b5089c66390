"""The settings of the site, with the addresses of the measurements beside its own."""

from fkj_portfolio.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
