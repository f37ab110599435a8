-- Pupils who were marked present in whole lessons for which absence had been notified.
--
-- reads   rows                signed rows; netted here
--         announced_absences  told versions; the newest known one of each key stands
--         same_pupils         number, pupil: numbers that turned out to be another pupil's
-- returns pupil, school, date, lessons
--
-- Both are kept as they were told: the mark counts (docs/explanation/how-absence-is-counted.md).
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
        coalesce(same_pupils.pupil, rows.pupil), rows.lesson, rows.school, rows.date,
        rows.starts_at, rows.ends_at
    HAVING sum(rows.acknowledged_lessons) > 0
        AND sum(rows.valid) + sum(rows.invalid) + sum(rows.unclassified) + sum(rows.other) = 0
),
versions AS (
    SELECT
        pupil, starts_at, ends_at, kind, withdrawn,
        row_number() OVER (
            PARTITION BY pupil, starts_at, kind ORDER BY recorded_at DESC, batch DESC
        ) AS newest_first
    FROM announced_absences
    WHERE recorded_at <= $known_at
        AND ends_at >= $from_at
),
announced AS (
    SELECT coalesce(same_pupils.pupil, versions.pupil) AS pupil, starts_at, ends_at
    FROM versions
    LEFT JOIN same_pupils ON same_pupils.number = versions.pupil
    WHERE newest_first = 1 AND NOT withdrawn AND kind = 'notified'
),
found AS (
    SELECT DISTINCT netted.pupil, netted.school, netted.date, netted.lesson
    FROM netted
    INNER JOIN announced
        ON announced.pupil = netted.pupil
        AND announced.starts_at <= netted.starts_at
        AND announced.ends_at >= netted.ends_at
)
SELECT pupil, school, date, sum(1) AS lessons
FROM found
GROUP BY pupil, school, date
