"""Swedish is written in the code, English in the .po files: nothing is missing, nothing is left over."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from django.utils.translation import gettext as translated
from django.utils.translation import override
from tests.web.ui.words import apps as all_apps
from tests.web.ui.words import in_python, in_template, missing, said, stale, told

from narvaro.web.ui.catalogues import Entry, compile_all, compiled, read

PO = """
# a remark
msgid ""
msgstr "Language: en"

msgid "Skolan"
msgstr "The "
"school \\"A\\""
#, fuzzy
msgid "Osäkert"
msgstr "Unsure"

msgctxt "verb"
msgid "Öppna"
msgstr "Open"

msgid "En elev"
msgid_plural "%(count)s elever"
msgstr[0] "One pupil"
msgstr[1] "%(count)s pupils"
"""


def test_every_word_of_every_app_is_in_english() -> None:
    assert missing() == {}


def test_no_english_word_is_left_over() -> None:
    assert stale() == []


def test_the_same_words_are_said_the_same_in_every_app() -> None:
    differing = {key: by_app for key, by_app in told().items() if len(set(by_app.values())) > 1}

    assert differing == {}


def test_no_word_of_ours_is_another_word_of_the_libraries() -> None:
    """ "November" is an English word of Django's: in Swedish it would come out as "november"."""
    with override("sv"):
        ours = {key for app in all_apps() for key in said(app) if "\0" not in key}
        changed = {key for key in ours if translated(key) != key}

    assert changed == set()


def test_what_is_asked_for_is_found_in_python_and_in_templates() -> None:
    python = 'from x import gettext as _\na = _("Ett" " två")\nb = ngettext("en", "fler", 2)'
    template = (
        '{% load i18n %}{% translate "Ett" %}{% panel _("Två") %}{{ _("Tre") }}{% endpanel %}'
        "{% blocktranslate trimmed with n=x count c=x %}\n  {{ n }} sak\n{% plural %}{{ n }} saker"
        "{% endblocktranslate %}"
    )

    assert set(in_python(python)) == {"Ett två", "en\0fler"}
    assert set(in_template(template)) == {"Ett", "Två", "Tre", "%(n)s sak\0%(n)s saker"}


def test_a_po_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text(PO, "utf-8")

    assert {one.key: one.value for one in read(path)} == {
        "Skolan": 'The school "A"',
        "Osäkert": "",  # nobody has been sure of it yet
        "verb\x04Öppna": "Open",
        "En elev\0%(count)s elever": "One pupil\0%(count)s pupils",
    }


def test_a_line_that_is_no_po_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text('msgid "Skolan"\nmsgstr The school\n', "utf-8")

    with pytest.raises(ValueError, match=r"django\.po:2"):
        read(path)


def test_what_is_made_is_read_by_the_standard_library(tmp_path: Path) -> None:
    app = tmp_path / "app" / "locale" / "en" / "LC_MESSAGES"
    app.mkdir(parents=True)
    (app / "django.po").write_text(PO, "utf-8")

    compile_all(tmp_path, tmp_path / "made", ["en"])
    with (tmp_path / "made" / "en" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        words = gettext.GNUTranslations(file)

    assert words.gettext("Skolan") == 'The school "A"'
    assert words.pgettext("verb", "Öppna") == "Open"
    assert words.ngettext("En elev", "%(count)s elever", 2) == "%(count)s pupils"
    assert words.gettext("Osäkert") == "Osäkert"


def test_nothing_is_written_where_nothing_has_changed(tmp_path: Path) -> None:
    compile_all(tmp_path, tmp_path / "made", ["en"])
    made = tmp_path / "made" / "en" / "LC_MESSAGES" / "django.mo"
    made.chmod(0o444)
    before = made.stat()

    compile_all(tmp_path, tmp_path / "made", ["en"])

    assert made.stat().st_ino == before.st_ino


def test_of_two_with_the_same_words_the_first_counts() -> None:
    made = compiled([Entry(words="Elev", said={0: "Pupil"}), Entry(words="Elev", said={0: "Kid"})])

    assert b"Pupil" in made
    assert b"Kid" not in made
