-- Pupils marked absent after their last day at any school.
--
-- reads   rows         signed rows; netted here
--         enrolments   told versions; the newest known one of each key stands
--         same_pupils  number, pupil: numbers that turned out to be another pupil's
-- returns pupil, school, date, lessons
WITH netted AS (
    SELECT
        coalesce(same_pupils.pupil, rows.pupil) AS pupil, rows.lesson, rows.school, rows.date
    FROM rows
    LEFT JOIN same_pupils ON same_pupils.number = rows.pupil
    WHERE rows.month BETWEEN $from_month AND $to_month
        AND rows.date BETWEEN $from_on AND $to_on
        AND rows.recorded_at <= $known_at
        AND rows.ends_at <= $known_at
    GROUP BY coalesce(same_pupils.pupil, rows.pupil), rows.lesson, rows.school, rows.date
    HAVING sum(rows.lessons) > 0
        AND sum(rows.valid) + sum(rows.invalid) + sum(rows.unclassified) > 0
),
versions AS (
    SELECT
        pupil, school, starts_on, ends_on, withdrawn,
        row_number() OVER (
            PARTITION BY pupil, school, starts_on ORDER BY recorded_at DESC, batch DESC
        ) AS newest_first
    FROM enrolments
    WHERE recorded_at <= $known_at
),
last_days AS (
    SELECT
        coalesce(same_pupils.pupil, versions.pupil) AS pupil,
        max(coalesce(ends_on, DATE '9999-12-31')) AS last_on
    FROM versions
    LEFT JOIN same_pupils ON same_pupils.number = versions.pupil
    WHERE newest_first = 1 AND NOT withdrawn
    GROUP BY coalesce(same_pupils.pupil, versions.pupil)
)
SELECT netted.pupil, netted.school, netted.date, sum(1) AS lessons
FROM netted
INNER JOIN last_days ON last_days.pupil = netted.pupil AND netted.date > last_days.last_on
GROUP BY netted.pupil, netted.school, netted.date
