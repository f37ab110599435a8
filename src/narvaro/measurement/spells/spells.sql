-- Unbroken series of lessons with absence, of every pupil over a window, as known at a time.
--
-- reads   rows         signed rows; netted here, so a correction shows only what stands
--         same_pupils  number, pupil: numbers that turned out to be another pupil's
-- returns pupil, acknowledged_lessons, absent_lessons, occasions, longest_lessons, longest_days
--
-- The pupil's acknowledged lessons stand in order of start, then end; of lessons at one time those
-- with absence come first. A series ends with the first lesson without absence; a lesson nobody
-- acknowledged neither makes a series nor ends it. Days are the local days of its lessons.
WITH netted AS (
    SELECT
        coalesce(same_pupils.pupil, rows.pupil) AS pupil,
        rows.lesson, rows.date, rows.starts_at, rows.ends_at,
        CASE WHEN sum(rows.valid) + sum(rows.invalid) + sum(rows.unclassified) > 0
            THEN 1 ELSE 0 END AS is_absent
    FROM rows
    LEFT JOIN same_pupils ON same_pupils.number = rows.pupil
    WHERE rows.month BETWEEN $from_month AND $to_month
        AND rows.date BETWEEN $from_on AND $to_on
        AND rows.recorded_at <= $known_at
        AND rows.ends_at <= $known_at
    GROUP BY
        coalesce(same_pupils.pupil, rows.pupil),
        rows.lesson, rows.date, rows.starts_at, rows.ends_at
    HAVING sum(rows.lessons) > 0 AND sum(rows.acknowledged_lessons) > 0
),
numbered AS (
    SELECT
        pupil, date, is_absent,
        sum(1 - is_absent) OVER (
            PARTITION BY pupil ORDER BY starts_at, ends_at, is_absent DESC, lesson
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS series
    FROM netted
),
days AS (
    SELECT pupil, series, date, sum(1) AS lessons
    FROM numbered
    WHERE is_absent = 1
    GROUP BY pupil, series, date
),
spells AS (
    SELECT pupil, series, sum(lessons) AS lessons, sum(1) AS days
    FROM days
    GROUP BY pupil, series
),
longest AS (
    SELECT
        pupil, sum(1) AS occasions, max(lessons) AS longest_lessons, max(days) AS longest_days
    FROM spells
    GROUP BY pupil
),
acknowledged AS (
    SELECT pupil, sum(1) AS lessons, sum(is_absent) AS absent_lessons
    FROM numbered
    GROUP BY pupil
)
SELECT
    acknowledged.pupil, acknowledged.lessons, acknowledged.absent_lessons,
    coalesce(longest.occasions, 0), coalesce(longest.longest_lessons, 0),
    coalesce(longest.longest_days, 0)
FROM acknowledged
LEFT JOIN longest ON longest.pupil = acknowledged.pupil
