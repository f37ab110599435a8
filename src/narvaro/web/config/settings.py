"""Django's settings, made from the environment. docs/operate/settings.md lists every name."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from narvaro.web.config.environment import Environment

_env = Environment()

# What this installation is
DEMO = _env.is_on("DEMO")
TODAY = _env.day("TODAY") if DEMO else None
CLOCK = _env.hour("CLOCK") if DEMO else None
DATA_FOLDER = _env.path("DATA", Path("data"))
LEDGER = _env.path("LEDGER", DATA_FOLDER / "ledger")
PROGRAMME_FOLDER = _env.path("PROGRAMMES", DATA_FOLDER / "programmes")
SECRETS_FOLDER = _env.path("SECRETS", DATA_FOLDER / "secrets")
DEBUG = False

# Secrets: files only, never values in the environment
SECRET_KEY = _env.secret("SECRET_KEY_FILE", SECRETS_FOLDER / "django.key", length=32).hex()
PERSONAL_NUMBER_KEY = _env.secret(
    "PERSONAL_NUMBER_KEY_FILE", SECRETS_FOLDER / "personal-numbers.key", length=32
)
LOG_KEY = _env.secret("LOG_KEY_FILE", SECRETS_FOLDER / "log.key", length=32)
LOG_HEADS = _env.path("LOG_HEADS", DATA_FOLDER / "log-heads.jsonl")
LOG_KEPT_DAYS = _env.whole("LOG_KEPT_DAYS", 1_826, low=365, high=7_305)
KEY_FILE = _env.path("KEY_FILE", LEDGER.with_name(LEDGER.name + ".key"))

# Where it answers
ALLOWED_HOSTS = _env.words("HOSTS", "127.0.0.1,localhost,[::1]")
IS_ENCRYPTED = _env.is_on("HTTPS", default=not DEMO)
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if IS_ENCRYPTED else []
ROOT_URLCONF = "narvaro.web.config.urls"
WSGI_APPLICATION = "narvaro.web.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "narvaro.web.ui",  # before those whose templates it dresses
    "narvaro.web.audit",
    "narvaro.web.jobs",
    "narvaro.web.accounts",
    "narvaro.web.agencies",
    "narvaro.web.messages",
    "narvaro.web.projects",
    "narvaro.web.pupils",
    "narvaro.web.emergency",
    "narvaro.web.deliveries",
    "narvaro.web.figures",
    "narvaro.web.consent",
    "narvaro.web.consultations",
    "narvaro.web.documents",
    "narvaro.web.meetings",
    "narvaro.web.cases",
    "narvaro.web.disclosures",
    "narvaro.web.referrals",
    "narvaro.web.plans",
    "narvaro.web.collaboration",
    "narvaro.web.inbox",
    "narvaro.web.exports",
    "narvaro.web.api",
    "narvaro.web.overview",
    "narvaro.web.config",
    "allauth",  # after ours, whose templates go first
    "allauth.account",
    "allauth.mfa",
    "django.forms",  # for the renderer: fields drawn by templates of ours
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "narvaro.web.api.middleware.ProblemsOnly",  # what went wrong further in, said to programs
    "django.contrib.sessions.middleware.SessionMiddleware",
    "narvaro.web.ui.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "narvaro.web.accounts.middleware.SessionLimits",
    "narvaro.web.deliveries.early_limit.EarlyLimit",  # before anything reads what was sent
    "narvaro.web.accounts.plain_values.PlainValues",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "narvaro.web.accounts.context.viewer",
                "narvaro.web.ui.context.frame",
            ],
            "builtins": [
                "narvaro.web.ui.templatetags.ui",
                "narvaro.web.ui.templatetags.parts",
                "narvaro.web.ui.templatetags.blocks",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# What it keeps
DATABASES = {"default": _env.database("DATABASE", DATA_FOLDER / "narvaro.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # type: ignore[attr-defined]
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {  # what throttles sign-ins has to be seen by every worker
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_FOLDER / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = ["narvaro.web.deliveries.uploading.LimitedUpload"]
INTERNAL_SOURCES = [one.lower() for one in _env.words("INTERNAL_SOURCES", "")]
UPLOAD_MAX_BYTES = _env.whole("UPLOAD_MAX_MB", 500, low=1, high=20_000) * 1024 * 1024

# Who signs in, and for how long
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "narvaro.web.accounts.signing_in.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip", "reset_password": "5/h/ip,3/h/key"}
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _env.is_on("BEHIND_PROXY") else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Närvaro"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "start"
IDLE_LIMIT_MINUTES = _env.whole("IDLE_LIMIT_MINUTES", 30, low=5, high=240)
SESSION_LIMIT_HOURS = _env.whole("SESSION_LIMIT_HOURS", 10, low=1, high=24)
SECOND_FACTOR_REQUIRED = not DEMO
API_PER_MINUTE = _env.whole("API_PER_MINUTE", 120, low=10, high=6_000)
SESSION_COOKIE_AGE = SESSION_LIMIT_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Headers
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_ENCRYPTED
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REDIRECT_EXEMPT = [r"^halsa/$", r"^redo/$"]  # asked by the machine itself
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_ENCRYPTED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_ENCRYPTED
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _env.is_on("BEHIND_PROXY") else None
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# Language and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = USE_TZ = True
LOCALE_PATHS = [DATA_FOLDER / "locale"]  # made at the start from every app's words
FORMAT_MODULE_PATH = "narvaro.web.ui.formats"
LANGUAGE_COOKIE_NAME = "narvaro_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Files the browser fetches
STATIC_URL = "/static/"
STATIC_ROOT = _env.path("STATIC", DATA_FOLDER / "static")
WHITENOISE_USE_FINDERS = DEMO
_FILES = (  # in the demo straight from the apps; else collected, compressed, named by their contents
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEMO
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _FILES},
}

# Mail leaves by the queue in `messages`; without a server it is kept in a folder, or written out
EMAIL_HOST = _env.text("MAIL_HOST")
EMAIL_PORT = _env.whole("MAIL_PORT", 587, low=1, high=65_535)
EMAIL_USE_TLS = _env.is_on("MAIL_TLS", default=True)
EMAIL_HOST_USER = _env.text("MAIL_USER")
EMAIL_HOST_PASSWORD = _env.password("MAIL_PASSWORD_FILE") if EMAIL_HOST_USER else ""
EMAIL_TIMEOUT = 30  # seconds: a server that never answers holds no worker
_WITHOUT_SERVER = "console" if _env.is_on("MAIL_TO_CONSOLE") else "filebased"
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'smtp' if EMAIL_HOST else _WITHOUT_SERVER}.EmailBackend"
)
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
DEFAULT_FROM_EMAIL = _env.text("MAIL_FROM", "narvaro@skolan.invalid")
REGISTER_ADDRESS = _env.text("REGISTER_ADDRESS")
PUBLIC_ADDRESS = _env.text("PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

# What is written to the log: never a person's data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "narvaro.web.ui.logs.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "httpx": {"level": "WARNING"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": False},
    },
}

# Names read elsewhere: by the core, by the tests
_env.nothing_unknown("LONG", "APPROVE", "DEBUG", "PORT", "WORKERS", "JOURNEYS_FOLDER")
