"""All settings, read from the environment; `.env.example` describes each variable."""

from datetime import timedelta
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from fkj_portfolio.environment import (
    database_from_url,
    email_from_url,
    env,
    env_bool,
    env_int,
    env_list,
)

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env_bool("DEBUG")
SECRET_KEY = env("SECRET_KEY", "insecure-development-key" if DEBUG else None)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_NAME = env("SITE_NAME", "Porteføljen")

ROOT_URLCONF = "fkj_portfolio.urls"
WSGI_APPLICATION = "fkj_portfolio.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "exchange",
    "overview",
    "project_page",
    "register",
    "history",
    "pages",
    "milestones",
    "projects",
    "accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    # The built-in templates of form fields, beneath ours in templates/django/forms/.
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "pghistory",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before what serves static files, so that they have the policy too.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # ADR 0021; static files are compressed beforehand.
    "django.middleware.gzip.GZipMiddleware",
    "fkj_portfolio.middleware.LanguageMiddleware",
    "fkj_portfolio.outages.OutageMiddleware",
    "fkj_portfolio.refusals.NonsenseMiddleware",
    # Before whatever asks the database, who somebody is too.
    "fkj_portfolio.limits.BudgetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.MemberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fkj_portfolio.refusals.MethodMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fkj_portfolio.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    # ADR 0023.
    "accounts.once.SendOnceMiddleware",
]

TEMPLATES = [
    {
        # Our pages, and the fields of every form.
        "BACKEND": "fkj_portfolio.templates.Templates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "fkj_portfolio.templates.environment",
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fkj_portfolio.http.site",
            ],
            "functions": [
                "fkj_portfolio.form_keys.form_key",
                "fkj_portfolio.kept_forms.kept_form",
                "history.between.words.delivery_in_words",
                "history.between.words.sum_up",
                "history.between.words.sum_up_moves",
                "milestones.deeds.changes_in_words",
                "milestones.models.anchors.milestone_anchor",
                "milestones.words.days_moved",
                "milestones.words.progress_in_words",
                "milestones.words.slip_from_original_in_words",
                "milestones.words.slip_in_words",
                "projects.as_of.address_on",
                "projects.words.report_day",
                "projects.words.signal_in_words",
                "projects.words.signal_reason",
            ],
        },
    },
    {
        # What libraries render with Django's own: the administration, and the mails and messages of the login.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fkj_portfolio.http.site",
            ],
            # Beside the token of every form, which needs no loading either.
            "builtins": ["fkj_portfolio.form_keys"],
        },
    },
]
FORM_RENDERER = "fkj_portfolio.forms.SiteFormRenderer"

# The database

DATABASES = {"default": database_from_url(env("DATABASE_URL"))}

# How long the queries of one request may take: many times what any page needs, and no more than others can spare.
SECONDS_OF_READERS, SECONDS_OF_USERS = 5, 20

# Every change to what people edit is kept by trigger, and what is kept is never changed.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_BASE_MODEL = "fkj_portfolio.history.Event"
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)

# What is counted between requests, above all the attempts to log in: in the database, so that all
# workers on all machines count together, and in one step, which the cache in files can't promise.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "fkj_portfolio_cache",
        # Rather many than that a flood of addresses pushes out what is still counted.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Accounts

AUTH_USER_MODEL = "accounts.User"
# E-mails are unique whatever their case, by a constraint that the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Words that no password should be little more than, beside the name of the site.
PASSWORD_WORDS = env_list(
    "PASSWORD_WORDS",
    "portefølje,portfolio,prosjekt,tiltak,digitalisering,digital,leder,kommune,passord",
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "accounts.passwords.MinimumLengthValidator"},
    {"NAME": "accounts.passwords.ContextWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "projects:overview"
LOGOUT_REDIRECT_URL = "projects:overview"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
# A user has one e-mail, that of our own model; allauth's own generator would copy it to a
# table of its own, by which an old address could still log in.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    # Whoever only opens the login is not counted, nor who leaves a field empty.
    "login": None,
    # ADR 0029: guesses from unknown places, by network and by account; and those of one known place.
    "login_failed": "20/m/ip,5/5m/key",
    "login_failed_where_known": "10/5m/key",
    "reset_password": "20/m/ip",
    # Not told to whoever asks: only some accounts get letters.
    "reset_password_letter": "5/h/key",
}

# Sessions end by themselves: some hours after the last request, more where somebody has asked to
# be kept logged in, and in any case some days after the login. The database keeps the time.
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE = timedelta(hours=env_int("SESSION_IDLE_HOURS", "8", at_least=1))
SESSION_IDLE_KEPT = timedelta(hours=env_int("SESSION_IDLE_HOURS_KEPT", "96", at_least=1))
SESSION_LIFE = timedelta(days=env_int("SESSION_LIFE_DAYS", "14", at_least=1))
SESSION_COOKIE_AGE = int(SESSION_LIFE.total_seconds())
# How long a login is proof enough of who it is, before a password, an e-mail or a role is changed.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Who came in from where is about persons: it is kept for so long. The database keeps a month at least.
SECURITY_LOG_DAYS = env_int("SECURITY_LOG_DAYS", "180", at_least=30)

# Language and time

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "fkj_portfolio.formats"
TIME_ZONE = "Europe/Oslo"
USE_THOUSAND_SEPARATOR = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Nobody else's pages use our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "fkj_portfolio.static_files.StaticStorage"
    },
}

# E-mail

globals().update(email_from_url(env("EMAIL_URL", "console://")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", "porteføljen <noreply@localhost>")

# Security

HTTPS = env_bool("HTTPS", "true")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Whatever watches the site asks the server itself, not the proxy that ends TLS.
SECURE_REDIRECT_EXEMPT = ["^helse/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env_bool("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Whose attempts to log in are counted: else everyone would share the proxy's address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", "")
CSRF_FAILURE_VIEW = "fkj_portfolio.refusals.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
# No other host, and no page without TLS, can set a cookie of such a name.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
MESSAGE_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
MESSAGE_STORAGE = "fkj_portfolio.messages.MessageStorage"
# Says that a browser has been let in before: accounts.throttle.
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}device"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Designsystemet draws its icons with data: addresses.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Whatever tells of an error leaves out what the environment keeps secret.
DEFAULT_EXCEPTION_REPORTER = "fkj_portfolio.error_reports.ErrorReport"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "fkj_portfolio.log.LineFormatter"}},
    "filters": {
        "without_outages": {
            "()": "django.utils.log.CallbackFilter",
            "callback": "ext://fkj_portfolio.outages.is_told_here",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_outages"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Who came in, who was refused, whose rights were changed.
    "loggers": {"security": {"level": "INFO"}},
}

if not HTTPS and not DEBUG and not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}:
    raise ImproperlyConfigured("HTTPS=false is only for this machine: cookies would be readable.")
