"""Forms filled in, and the library of the routine's documents."""

from narvaro.web.accounts.permissions import CLASS_STAFF, SCHOOL_STAFF, Relation, allow
from narvaro.web.accounts.roles import Role

NEAR = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (CLASS_STAFF, Relation.OWN_CLASS))
# Class staff write in their own documents; who works with the whole school in the school's
WRITERS = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), (CLASS_STAFF, Relation.ASSIGNED))

allow("documents.list", *NEAR, reads_pupils=True)
allow("documents.start", *NEAR)
allow("documents.document", *NEAR, reads_pupils=True)
allow("documents.fill_in", *WRITERS, reads_pupils=True)
allow("documents.sign", *WRITERS, reads_pupils=True)
allow("documents.add", *WRITERS)
allow("documents.pdf", *NEAR, reads_pupils=True)
allow("documents.docx", *NEAR, reads_pupils=True)
# Letters to guardians: whoever sees how the home is reached
HOME = ((SCHOOL_STAFF, Relation.OWN_SCHOOL), ({Role.MENTOR}, Relation.OWN_CLASS))
allow("documents.home_letters", *HOME, reads_pupils=True)
allow("documents.letters_to_homes", *HOME)
allow("documents.send_home", *HOME, reads_pupils=True)
# A restricted text is opened by its professions; by a principal with a reason
allow(
    "documents.open",
    (SCHOOL_STAFF, Relation.OWN_SCHOOL),
    ({Role.MENTOR}, Relation.OWN_CLASS),
    reads_pupils=True,
)
