"""The web application's settings as the tests run it: no demo, its data in a folder of its own."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from datetime import time
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="narvaro-web-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
(_folder / "secrets").mkdir(mode=0o700)
for _name in ("django.key", "personal-numbers.key", "log.key"):
    (_folder / "secrets" / _name).touch(mode=0o600)
    (_folder / "secrets" / _name).write_bytes(secrets.token_bytes(32))
(_folder / "static").mkdir()
os.environ["NARVARO_DATA"] = str(_folder)
os.environ.setdefault("NARVARO_HTTPS", "no")

from narvaro.web.config.settings import *  # noqa: E402, F403

CLOCK = time(20)
"""A demo of a test is the same at every hour of the day that the test runs."""
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
