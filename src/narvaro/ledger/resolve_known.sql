-- From everything told of some lessons, in all its versions, to who was in them and what was said.
--
-- reads   v_lessons, v_marks, v_memberships, v_enrolments   (told rows, all versions)
--         v_stand_ins   what pupils who were disposed of held up in a lesson
-- makes   known_lessons, known_marks, lesson_marked, group_empty, expected, lesson_peopled
--         (resolve.sql goes on from here to pupil_events)
--
-- Knowledge is cut into intervals [k_from, k_to): a state holds from when it became known until
-- something else did.

CREATE OR REPLACE TEMP TABLE known_lessons AS
SELECT * EXCLUDE (recorded_at), recorded_at AS k_from
FROM (
    SELECT *, coalesce(lead(recorded_at) OVER (PARTITION BY lesson ORDER BY recorded_at, batch),
                       TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
    FROM v_lessons
)
WHERE recorded_at < k_to AND NOT withdrawn;

CREATE OR REPLACE TEMP TABLE known_marks AS
SELECT * EXCLUDE (recorded_at), recorded_at AS k_from, 1 AS worth
FROM (
    SELECT *, coalesce(lead(recorded_at) OVER (PARTITION BY lesson, pupil ORDER BY recorded_at, batch),
                       TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
    FROM v_marks
)
WHERE recorded_at < k_to AND NOT withdrawn;

-- When a lesson had marks, and when any of them said yes.
CREATE OR REPLACE TEMP TABLE lesson_marked AS
WITH moments AS (
    SELECT lesson, moment, sum(marks) AS marks, sum(yes) AS yes
    FROM (
        SELECT lesson, k_from AS moment, 1 AS marks, (acknowledged = 'yes')::INTEGER AS yes FROM known_marks
        UNION ALL
        SELECT lesson, k_to, -1, -(acknowledged = 'yes')::INTEGER FROM known_marks
        WHERE k_to < TIMESTAMPTZ '9999-12-31 00:00:00+00'
        UNION ALL
        SELECT lesson, recorded_at, marks, yes FROM v_stand_ins
        UNION ALL
        SELECT DISTINCT lesson, TIMESTAMPTZ '1900-01-01 00:00:00+00', 0, 0 FROM known_lessons
    )
    GROUP BY lesson, moment
),
counted AS (
    SELECT lesson, moment,
        sum(marks) OVER so_far > 0 AS marked,
        coalesce(sum(yes) OVER so_far, 0) > 0 AS said_yes
    FROM moments
    WINDOW so_far AS (PARTITION BY lesson ORDER BY moment)
),
changes AS (
    SELECT * FROM counted
    QUALIFY (marked, said_yes) IS DISTINCT FROM lag((marked, said_yes)) OVER (PARTITION BY lesson ORDER BY moment)
)
SELECT lesson, marked, said_yes, moment AS k_from,
    coalesce(lead(moment) OVER (PARTITION BY lesson ORDER BY moment), TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
FROM changes;

-- Who is expected at a lesson without marks: its group's members, else its class.
CREATE OR REPLACE TEMP TABLE group_expected AS
WITH known AS (
    SELECT * FROM (
        SELECT *, coalesce(lead(recorded_at) OVER (
                PARTITION BY source, pupil, "group", starts_on ORDER BY recorded_at, batch),
            TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
        FROM v_memberships
    ) WHERE recorded_at < k_to AND NOT withdrawn
)
SELECT l.lesson, m.pupil,
    greatest(l.k_from, m.recorded_at) AS k_from, least(l.k_to, m.k_to) AS k_to
FROM known_lessons AS l
INNER JOIN known AS m
    ON m.source = l.source AND m."group" = l."group"
    AND l.date >= m.starts_on AND l.date <= coalesce(m.ends_on, DATE '9999-12-31')
WHERE greatest(l.k_from, m.recorded_at) < least(l.k_to, m.k_to);

CREATE OR REPLACE TEMP TABLE group_empty AS
WITH moments AS (
    SELECT lesson, moment, sum(members) AS members
    FROM (
        SELECT lesson, k_from AS moment, 1 AS members FROM group_expected
        UNION ALL
        SELECT lesson, k_to, -1 FROM group_expected WHERE k_to < TIMESTAMPTZ '9999-12-31 00:00:00+00'
        UNION ALL
        SELECT lesson, recorded_at, members FROM v_stand_ins WHERE members <> 0
        UNION ALL
        SELECT DISTINCT lesson, TIMESTAMPTZ '1900-01-01 00:00:00+00', 0 FROM known_lessons
        WHERE class IS NOT NULL
    )
    GROUP BY lesson, moment
),
counted AS (
    SELECT lesson, moment AS k_from,
        sum(members) OVER (PARTITION BY lesson ORDER BY moment) AS members,
        coalesce(lead(moment) OVER (PARTITION BY lesson ORDER BY moment),
                 TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
    FROM moments
)
SELECT lesson, k_from, k_to FROM counted WHERE members = 0;

CREATE OR REPLACE TEMP TABLE expected AS
WITH known AS (
    SELECT * FROM (
        SELECT *, coalesce(lead(recorded_at) OVER (
                PARTITION BY pupil, school, starts_on ORDER BY recorded_at, batch),
            TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
        FROM v_enrolments
    ) WHERE recorded_at < k_to AND NOT withdrawn AND class IS NOT NULL
),
spans AS (
    SELECT lesson, pupil, k_from, k_to FROM group_expected
    UNION ALL
    SELECT l.lesson, e.pupil,
        greatest(l.k_from, e.recorded_at, n.k_from), least(l.k_to, e.k_to, n.k_to)
    FROM known_lessons AS l
    INNER JOIN group_empty AS n ON n.lesson = l.lesson
    INNER JOIN known AS e
        ON e.school = l.school AND e.class = l.class
        AND l.date >= e.starts_on AND l.date <= coalesce(e.ends_on, DATE '9999-12-31')
    WHERE greatest(l.k_from, e.recorded_at, n.k_from) < least(l.k_to, e.k_to, n.k_to)
),
twice AS (
    SELECT lesson, pupil FROM spans GROUP BY lesson, pupil HAVING count(*) > 1
),
moments AS (
    SELECT lesson, pupil, moment, sum(step) AS step
    FROM (
        SELECT lesson, pupil, k_from AS moment, 1 AS step FROM spans SEMI JOIN twice USING (lesson, pupil)
        UNION ALL
        SELECT lesson, pupil, k_to, -1 FROM spans SEMI JOIN twice USING (lesson, pupil)
    )
    GROUP BY lesson, pupil, moment
),
counted AS (
    SELECT lesson, pupil, moment AS k_from,
        sum(step) OVER (PARTITION BY lesson, pupil ORDER BY moment) AS held,
        lead(moment) OVER (PARTITION BY lesson, pupil ORDER BY moment) AS k_to
    FROM moments
)
SELECT lesson, pupil, k_from, k_to FROM spans ANTI JOIN twice USING (lesson, pupil)
UNION ALL
SELECT lesson, pupil, k_from, k_to FROM counted WHERE held > 0;

-- When a lesson had any pupils: marked ones, or expected ones.
CREATE OR REPLACE TEMP TABLE lesson_peopled AS
WITH moments AS (
    SELECT lesson, moment, sum(step) AS step
    FROM (
        SELECT lesson, k_from AS moment, 1 AS step FROM expected
        UNION ALL
        SELECT lesson, k_to, -1 FROM expected WHERE k_to < TIMESTAMPTZ '9999-12-31 00:00:00+00'
        UNION ALL
        SELECT lesson, k_from, 1 FROM lesson_marked WHERE marked
        UNION ALL
        SELECT lesson, k_to, -1 FROM lesson_marked
        WHERE marked AND k_to < TIMESTAMPTZ '9999-12-31 00:00:00+00'
        UNION ALL
        SELECT lesson, recorded_at, pupils FROM v_stand_ins
        UNION ALL
        SELECT DISTINCT lesson, TIMESTAMPTZ '1900-01-01 00:00:00+00', 0 FROM known_lessons
    )
    GROUP BY lesson, moment
),
counted AS (
    SELECT lesson, moment,
        sum(step) OVER (PARTITION BY lesson ORDER BY moment) > 0 AS peopled
    FROM moments
),
changes AS (
    SELECT * FROM counted
    QUALIFY peopled IS DISTINCT FROM lag(peopled) OVER (PARTITION BY lesson ORDER BY moment)
)
SELECT lesson, peopled, moment AS k_from,
    coalesce(lead(moment) OVER (PARTITION BY lesson ORDER BY moment), TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
FROM changes;
