-- Pupils who were in two different lessons at one time, as known at a time.
--
-- reads   rows         signed rows; netted here, so a correction shows only what stands
--         lessons      told versions of the lessons; the newest known one gives the key
--         same_pupils  number, pupil: numbers that turned out to be another pupil's
-- returns pupil, school, date, key of the lesson that began later (or was given later), key of the
--         other one, starts_at and ends_at of the first, starts_at and ends_at of the other
--
-- Lessons that only touch, the one ending as the other begins, are no contradiction.
WITH netted AS (
    SELECT
        coalesce(same_pupils.pupil, rows.pupil) AS pupil,
        rows.lesson, rows.school, rows.date, rows.starts_at, rows.ends_at
    FROM rows
    LEFT JOIN same_pupils ON same_pupils.number = rows.pupil
    WHERE rows.month BETWEEN $from_month AND $to_month
        AND rows.date BETWEEN $from_on AND $to_on
        AND rows.recorded_at <= $known_at
        AND rows.ends_at <= $known_at
    GROUP BY
        coalesce(same_pupils.pupil, rows.pupil),
        rows.lesson, rows.school, rows.date, rows.starts_at, rows.ends_at
    HAVING sum(rows.lessons) > 0
),
ordered AS (
    SELECT
        pupil, lesson, school, date, starts_at, ends_at,
        max(ends_at) OVER (
            PARTITION BY pupil ORDER BY starts_at, lesson
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
    FROM netted
),
pairs AS (
    SELECT
        later.pupil, later.school, later.date,
        later.lesson, later.starts_at, later.ends_at,
        earlier.lesson AS other_lesson,
        earlier.starts_at AS other_starts_at,
        earlier.ends_at AS other_ends_at
    FROM ordered AS later
    INNER JOIN netted AS earlier
        ON earlier.pupil = later.pupil
        AND earlier.ends_at > later.starts_at
        AND (earlier.starts_at < later.starts_at
            OR (earlier.starts_at = later.starts_at AND earlier.lesson < later.lesson))
    WHERE later.busy_until > later.starts_at
),
named AS (
    SELECT
        lesson, lesson_key,
        row_number() OVER (PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC) AS newest_first
    FROM lessons
    WHERE recorded_at <= $known_at
        AND month BETWEEN $from_month AND $to_month
)
SELECT
    pairs.pupil, pairs.school, pairs.date, one.lesson_key, other.lesson_key,
    pairs.starts_at, pairs.ends_at, pairs.other_starts_at, pairs.other_ends_at
FROM pairs
INNER JOIN named AS one ON one.lesson = pairs.lesson AND one.newest_first = 1
INNER JOIN named AS other ON other.lesson = pairs.other_lesson AND other.newest_first = 1
