-- When something of a school's lessons last became known, and from which sources, by a time.
--
-- reads   lessons      told versions: which sources tell of a school's lessons
--         lesson_rows  signed rows: every one is a moment at which something became known
-- returns school, source, told_at
WITH sources AS (
    SELECT DISTINCT school, source
    FROM lessons
    WHERE recorded_at <= $known_at
        AND month BETWEEN $from_month AND $to_month
),
changes AS (
    SELECT school, max(recorded_at) AS told_at
    FROM lesson_rows
    WHERE month BETWEEN $from_month AND $to_month
        AND recorded_at <= $known_at
    GROUP BY school
)
SELECT sources.school, sources.source, changes.told_at
FROM sources
LEFT JOIN changes ON changes.school = sources.school
