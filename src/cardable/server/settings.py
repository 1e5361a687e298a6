"""Django's settings, made from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cardable.language import ENGLISH
from cardable.language import LANGUAGES as SPOKEN
from cardable.server.environment import read_environment

ENVIRONMENT = read_environment()
_PACKAGE = Path(__file__).parents[1]

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
ROOT_URLCONF = "cardable.server.urls"
WSGI_APPLICATION = "cardable.server.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organizations.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    # Before the framework's own, so that its templates are ours.
    "cardable.server.ui",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "cardable.server.organizations",
    "cardable.server.people",
    "cardable.server.events",
    "cardable.server.presentation",
    "cardable.server.companies",
    "cardable.server.connections",
    "cardable.server.syncs",
    "cardable.server.insights",
    "cardable.server.audit",
    "cardable.server.operations",
    "cardable.server.portal",
    "cardable.server.link",
]

MIDDLEWARE = [
    "cardable.server.health.HealthMiddleware",
    "cardable.server.operations.metrics.MetricsMiddleware",
    "cardable.server.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cardable.server.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cardable.server.people.cookies.CookieMiddleware",
    "cardable.server.tenancy.TenancyMiddleware",
    "cardable.server.languages.LanguageMiddleware",
    "cardable.server.audit.middleware.AuditMiddleware",
    "cardable.server.organizations.doors.DoorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cardable.server.portal.context.navigation",
            ],
            "builtins": [
                "cardable.server.ui.templatetags.ui",
                "cardable.server.ui.templatetags.ui_parts",
                "cardable.server.ui.templatetags.ui_frames",
            ],
        },
    }
]


def _database(url: str, *, role: str | None) -> dict[str, Any]:
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    # A reader waits seconds, never for ever; migrations wait as long as they must.
    limits = "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=15min"
    options: dict[str, Any] = {"connect_timeout": 5}
    if role:
        options["options"] = f"-c role={role} {limits}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port") or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options,
    }


APPLICATION_ROLE = "cardable_application"
DATABASES = {
    # Every request and job works as a role that row-level security binds; only migrations do not.
    "default": _database(ENVIRONMENT.database_url, role=APPLICATION_ROLE),
    "owner": _database(ENVIRONMENT.database_url, role=None) | {"TEST": {"MIRROR": "default"}},
}

FORM_RENDERER = "cardable.server.ui.forms.FormRenderer"
SHOW_PARTS = ENVIRONMENT.show_parts

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "cardable.server.people.passwords.PasswordRules"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

ACCOUNT_ADAPTER = "cardable.server.people.accounts.AccountAdapter"
ACCOUNT_FORMS = {"reset_password_from_key": "cardable.server.people.resetting.NewPasswordForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# Behind a proxy every visitor would seem to come from it.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.is_https else 0
# Failures to sign in are counted by people/throttling.py.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "20/h/ip,5/h/key"}
SOCIALACCOUNT_ADAPTER = "cardable.server.people.social.SocialAdapter"
# A form's answer may not lead to another site, so providers are reached by a link.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# One for all processes, so that what is counted in it is counted once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cardable_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "cardable.server.people.session_store"
# The prefix makes browsers refuse such a cookie from elsewhere; it takes https.
_COOKIE_PREFIX = "__Host-" if ENVIRONMENT.is_https else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}cardable_session"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
if ENVIRONMENT.is_https:
    # The address is https, so what stands before us speaks it and says so.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.is_https
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = ENGLISH
LANGUAGES = list(SPOKEN.items())
LANGUAGE_COOKIE_NAME = f"{_COOKIE_PREFIX}cardable_language"
LOCALE_PATHS = [str(_PACKAGE / part / "locale") for part in ("server/portal", "server/link", "server", "")]
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = str(ENVIRONMENT.data / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cardable.server.ui.addresses.Addresses"},
}
WHITENOISE_USE_FINDERS = False

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
if ENVIRONMENT.smtp_url:
    _smtp = urlsplit(ENVIRONMENT.smtp_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname
    EMAIL_PORT = _smtp.port or (465 if _smtp.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = _smtp.scheme == "smtp" and bool(_smtp.username)
    EMAIL_TIMEOUT = 15
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(ENVIRONMENT.data / "mail")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "cardable.server.logs.Line"},
        "json": {"()": "cardable.server.logs.JsonLine"},
    },
    "filters": {"quiet": {"()": "cardable.server.logs.Quiet"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": ENVIRONMENT.log_format,
            "filters": ["quiet"],
        }
    },
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    "loggers": {
        # The framework's own handlers would write around ours.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        # What jobs do is said by cardable.jobs, without their arguments.
        "procrastinate": {"level": "WARNING"},
        "procrastinate.blueprints": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR"},
    },
}
