"""People, units, roles, vacancies and stand-ins."""
