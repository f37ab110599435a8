"""How an SS 12000 server is reached, as a form; its secrets are files that are only named here."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from narvaro.errors import BadRequest, InputRefused
from narvaro.web.deliveries.addresses import refuse_internal, urls_of
from narvaro.web.deliveries.toml_text import toml_of

if TYPE_CHECKING:
    from pathlib import Path

    from narvaro.sources.ss12000 import Profile
    from narvaro.web.deliveries.models import Source

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
KINDS = [
    ("bearer", _("en token i en fil")),
    ("client_credentials", _("klientnamn och hemlighet (OAuth 2)")),
    ("certificate", _("klientcertifikat")),
    ("none", _("inget: servern är öppen för oss")),
]


class ConnectionForm(forms.Form):
    """Address and access. A secret is a file's name in the folder of secrets, never its contents."""

    base_url = forms.URLField(label=_("Adress, fram till /persons"), assume_scheme="https")
    kind = forms.ChoiceField(label=_("Så visar vi vilka vi är"), choices=KINDS)
    secret = forms.CharField(label=_("Filen med hemligheten"), required=False, max_length=61)
    token_url = forms.URLField(label=_("Där tokens ges"), required=False, assume_scheme="https")
    client_id = forms.CharField(label=_("Klientnamn"), required=False, max_length=200)
    scope = forms.CharField(label=_("Scope"), required=False, max_length=200)
    organisations = forms.CharField(
        label=_("Bara dessa organisationer (id, ett per rad)"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_secret(self) -> str:
        """A file that is there, for its owner only, and lies nowhere else."""
        name = str(self.cleaned_data["secret"] or "")
        if not name:
            return ""
        if not _NAME.fullmatch(name) or not (folder() / name).is_file():
            raise forms.ValidationError(
                _("Ingen sådan fil. Lägg den i mappen sources bland hemligheterna.")
            )
        if (folder() / name).stat().st_mode & 0o077:
            raise forms.ValidationError(_("Andra kan läsa filen. Kör chmod 600 på den."))
        return name

    def clean(self) -> dict[str, Any]:
        """What the core says of it all, field by field."""
        cleaned = dict(super().clean() or {})
        if not self.errors:
            try:
                refuse_internal(urls_of(profile_from_table(self.table("check"))))
            except BadRequest:
                self.add_error(
                    None,
                    _(
                        "Adressen ligger på ett internt nät. Skriv en annan, eller be driften "
                        "lägga in serverns namn i NARVARO_INTERNAL_SOURCES."
                    ),
                )
            except InputRefused as refused:
                for fault in refused.faults:
                    self.add_error(None, f"{fault.column}: {fault.problem}. {fault.remedy}")
        return cleaned

    def table(self, name: str) -> dict[str, Any]:
        """The profile's table."""
        said = self.cleaned_data
        wanted = [one.strip() for one in said.get("organisations", "").splitlines() if one.strip()]
        source = {"name": name, "base_url": said["base_url"], "organisations": wanted or None}
        access = {"kind": said["kind"], **_secrets(said)}
        return {
            "source": {key: value for key, value in source.items() if value},
            "access": {key: value for key, value in access.items() if value},
        }


def _secrets(said: dict[str, Any]) -> dict[str, str]:
    file = str(folder() / said["secret"]) if said.get("secret") else ""
    if said["kind"] == "bearer":
        return {"token_file": file}
    if said["kind"] == "certificate":
        return {"certificate_file": file}
    if said["kind"] == "client_credentials":
        return {
            "secret_file": file,
            "token_url": said.get("token_url", ""),
            "client_id": said.get("client_id", ""),
            "scope": said.get("scope", ""),
        }
    return {}


def folder() -> Path:
    """The one folder whose files a source's settings can name."""
    found: Path = settings.SECRETS_FOLDER / "sources"
    return found


def profile_from_table(table: dict[str, Any]) -> Profile:
    """The core's profile. Raises InputRefused."""
    from narvaro.sources.ss12000 import profile_from

    return profile_from(table)


def profile_of(source: Source) -> Profile:
    """A source's profile. Raises InputRefused for one nobody has filled in."""
    return profile_from_table(tomllib.loads(source.profile))


def text_of(table: dict[str, Any]) -> str:
    """The table as it is kept."""
    return toml_of(table)


def initial_of(source: Source) -> dict[str, Any]:
    """The form's first values."""
    table = tomllib.loads(source.profile) if source.profile else {}
    about, access = table.get("source", {}), table.get("access", {})
    path = next((access[key] for key in access if key.endswith("_file")), "")
    return {
        "base_url": about.get("base_url", ""),
        "kind": access.get("kind", "bearer"),
        "secret": path.rpartition("/")[2],
        "token_url": access.get("token_url", ""),
        "client_id": access.get("client_id", ""),
        "scope": access.get("scope", ""),
        "organisations": "\n".join(about.get("organisations", [])),
        "version": source.version,
    }
