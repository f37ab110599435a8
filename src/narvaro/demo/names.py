"""Invented names that nobody can take for a real person's."""

from __future__ import annotations

MUNICIPALITY = "linnasa"
MUNICIPALITY_NAME = "Linnåsa kommun"

SCHOOL_NAMES = (
    "Almskolan", "Videskolan", "Hasselskolan", "Strandskolan", "Tallskolan", "Björkskolan",
    "Ekskolan", "Lindskolan", "Rönnskolan", "Ängskolan", "Bäckskolan", "Granskolan",
    "Aspskolan", "Bokskolan", "Enskolan", "Hägerskolan", "Lärkskolan", "Sälgskolan",
    "Lönnskolan", "Oxelskolan", "Slånskolan", "Hagskolan", "Kärrskolan", "Åkerskolan",
    "Myrskolan", "Sjöskolan", "Vikskolan", "Tjärnskolan", "Holmskolan", "Stenskolan",
)  # fmt: skip
_QUARTERS = ("", "Norra ", "Södra ", "Östra ", "Västra ", "Lilla ", "Stora ", "Nya ", "Gamla ")
MOST_SCHOOLS = len(SCHOOL_NAMES) * len(_QUARTERS)

GIVEN_NAMES = (
    "Klara", "Bo", "Tuva", "Anders", "Li", "Noa", "Rut", "Alva", "Elis", "Maja", "Sixten", "Ines",
    "Love", "Vera", "Ture", "Saga", "Milo", "Edith", "Amir", "Leia", "Yusuf", "Nora", "Ebbe",
    "Selma", "Hugo", "Zahra", "Olle", "Freja", "Adam", "Signe", "Malte", "Juno", "Isak", "Tindra",
    "Sam", "Astrid", "Viggo", "Lo", "Omar", "Stina",
)  # fmt: skip
_INVENTED = ("Exempel", "Prov", "Test", "Låtsas", "Påhitts", "Fiktiv", "Demo", "Skoj")
_ENDINGS = ("sson", "dotter", "gren", "lund", "berg", "kvist", "ström", "dal", "mark", "holm")
FAMILY_NAMES = tuple(first + last for first in _INVENTED for last in _ENDINGS)

LANGUAGES = ("sv", "sv", "sv", "sv", "sv", "ar", "so", "fi", "en", "ti")
_PLAIN = str.maketrans({"å": "a", "ä": "a", "ö": "o", "Å": "A", "Ä": "A", "Ö": "O", " ": "-"})


def plain(name: str) -> str:
    """A name as a key: lower case, without Swedish letters and blanks."""
    return name.translate(_PLAIN).lower()


def school_name(number: int) -> str:
    """The name of school `number`, from 0; different for every number below MOST_SCHOOLS."""
    quarter, base = divmod(number, len(SCHOOL_NAMES))
    return _QUARTERS[quarter] + SCHOOL_NAMES[base]


def personal_number(birth_year: int, number: int) -> str:
    """A number no person has: its month is 13 to 99 and its day 00.

    Swedish personal, co-ordination and reserve numbers all have a day above 00. Different for
    every `number` below 870,000 of a birth year.
    """
    month, last = divmod(number, 10_000)
    return f"{birth_year:04}{13 + month:02}00-{last:04}"


def temporary_number(birth_year: int, number: int) -> str:
    """What a school uses until a pupil has a personal number; impossible for the same reason."""
    return f"{birth_year:04}1300-TF{number % 100:02}"
