-- From marks whose minutes alone were corrected, before and after, to what `resolve.sql` goes on from.
--
-- reads   v_lessons   told rows, all versions
--         v_marks     told rows, all versions, with `worth`: -1 as told before, 1 as told now
-- makes   known_lessons, known_marks, lesson_marked, expected
--
-- Each of these marks says the same `yes` or `no` in all its versions: that alone decides whether
-- its minutes are acknowledged, and nobody is expected who was not before.

CREATE OR REPLACE TEMP TABLE known_lessons AS
SELECT * EXCLUDE (recorded_at), recorded_at AS k_from
FROM (
    SELECT *, coalesce(lead(recorded_at) OVER (PARTITION BY lesson ORDER BY recorded_at, batch),
                       TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
    FROM v_lessons
)
WHERE recorded_at < k_to AND NOT withdrawn;

CREATE OR REPLACE TEMP TABLE known_marks AS
SELECT * EXCLUDE (recorded_at), recorded_at AS k_from
FROM (
    SELECT *, coalesce(lead(recorded_at) OVER (
            PARTITION BY lesson, pupil, worth ORDER BY recorded_at, batch),
        TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
    FROM v_marks
)
WHERE recorded_at < k_to AND NOT withdrawn;

CREATE OR REPLACE TEMP TABLE lesson_marked AS
SELECT DISTINCT lesson, true AS marked, true AS said_yes,
    TIMESTAMPTZ '1900-01-01 00:00:00+00' AS k_from,
    TIMESTAMPTZ '9999-12-31 00:00:00+00' AS k_to
FROM known_lessons;

CREATE OR REPLACE TEMP TABLE expected AS
SELECT lesson, pupil, k_from, k_to FROM known_marks WHERE false;
