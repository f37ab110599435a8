"""Sources, uploads, loads, month-end runs."""

from narvaro.web.accounts.permissions import Relation, allow
from narvaro.web.accounts.roles import LEADERS, Role

KEEPERS = {Role.SYSTEM_OWNER, Role.ANALYST}
READERS = KEEPERS | {Role.PROJECT_LEADER}
OF_THE_AUTHORITY = Relation.OWN_AUTHORITY

# A principal sees of the sources what they say of the own school
allow("deliveries.list", (READERS, OF_THE_AUTHORITY), (LEADERS, Relation.OWN_SCHOOL))
allow("deliveries.source", (READERS, OF_THE_AUTHORITY))
allow("deliveries.add_source", (KEEPERS, OF_THE_AUTHORITY))
allow("deliveries.upload", (KEEPERS, OF_THE_AUTHORITY))
allow("deliveries.load", (KEEPERS, OF_THE_AUTHORITY))
allow("deliveries.take_in", (KEEPERS, OF_THE_AUTHORITY))
allow("deliveries.discard", (KEEPERS, OF_THE_AUTHORITY))
allow("deliveries.take_back", (KEEPERS, OF_THE_AUTHORITY))
allow("deliveries.mapping", (KEEPERS, OF_THE_AUTHORITY))
allow("deliveries.connection", ({Role.SYSTEM_OWNER}, OF_THE_AUTHORITY))
allow("deliveries.check", ({Role.SYSTEM_OWNER}, OF_THE_AUTHORITY))
allow("deliveries.fetch", (KEEPERS, OF_THE_AUTHORITY))
allow("deliveries.runs", (READERS, OF_THE_AUTHORITY), (LEADERS, Relation.OWN_SCHOOL))
allow("deliveries.run", (READERS, OF_THE_AUTHORITY), (LEADERS, Relation.OWN_SCHOOL))
allow("deliveries.run_pupils", (LEADERS, Relation.OWN_SCHOOL), reads_pupils=True)
allow("deliveries.run_month_end", (KEEPERS, OF_THE_AUTHORITY))
