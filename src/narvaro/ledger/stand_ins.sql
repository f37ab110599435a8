-- What was true of some lessons, and when: steps that sum to 1 while it holds.
--
-- reads   lesson_marked, group_empty, lesson_peopled   (made by resolve_known.sql)
-- makes   lesson_facts   one row per (lesson, moment something of it changed)
--
-- A group's members are told by when it had none: the steps are those of "empty", with the other
-- sign. Both sides of a difference are counted so, and what is constant falls out.

CREATE OR REPLACE TEMP TABLE lesson_facts AS
WITH held AS (
    SELECT lesson, k_from, k_to, marked::INTEGER AS marks, coalesce(said_yes, false)::INTEGER AS yes,
        0 AS members, 0 AS pupils
    FROM lesson_marked
    UNION ALL
    SELECT lesson, k_from, k_to, 0, 0, -1, 0 FROM group_empty
    UNION ALL
    SELECT lesson, k_from, k_to, 0, 0, 0, peopled::INTEGER FROM lesson_peopled
)
SELECT lesson, recorded_at, sum(marks) AS marks, sum(yes) AS yes, sum(members) AS members,
    sum(pupils) AS pupils
FROM (
    SELECT lesson, k_from AS recorded_at, marks, yes, members, pupils FROM held
    UNION ALL
    SELECT lesson, k_to, -marks, -yes, -members, -pupils FROM held
    WHERE k_to < TIMESTAMPTZ '9999-12-31 00:00:00+00'
)
GROUP BY lesson, recorded_at
HAVING sum(marks) <> 0 OR sum(yes) <> 0 OR sum(members) <> 0 OR sum(pupils) <> 0;
