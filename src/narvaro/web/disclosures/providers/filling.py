"""Says what each item shows: the pupil, the case, the signed documents."""

from narvaro.web.consent.items import Item
from narvaro.web.disclosures.content import offer_item
from narvaro.web.disclosures.providers.documents import document_provider, said_in_documents
from narvaro.web.disclosures.providers.pupil import attendance, contact, school
from narvaro.web.disclosures.providers.steps import steps, voices

DOCUMENTS = {
    Item.TALK: ("teacher-documentation",),
    Item.MAPPING: ("extended-mapping", "basic-mapping"),
    Item.INVESTIGATION: ("extended-investigation", "investigation", "basic-investigation"),
    Item.STUDENT_HEALTH: ("student-health-analysis",),
    Item.SUPPORT: ("support-plan", "action-plan"),
}
"""The forms of each item; the newest signed one of them is shown."""


def fill() -> None:
    """Called once, at the start."""
    offer_item(Item.SCHOOL, school)
    offer_item(Item.ATTENDANCE, attendance)
    offer_item(Item.STEPS, steps)
    offer_item(Item.CONTACT, contact)
    offer_item(Item.OWN_WORDS, voices)
    offer_item(Item.OWN_WORDS, said_in_documents)
    for item, forms in DOCUMENTS.items():
        offer_item(item, document_provider(forms))
