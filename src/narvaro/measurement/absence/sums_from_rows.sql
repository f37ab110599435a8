-- Minutes of every pupil and school over a window, as known at a time.
--
-- reads   rows       signed rows: one lesson of one pupil, at the moment it changed
-- returns pupil, school, lessons, acknowledged_lessons, scheduled, acknowledged, valid, invalid,
--         unclassified, other, leave, full_timetable
--
-- A row counts when its lesson had ended and it was known by then; nothing else is looked at.
SELECT
    pupil,
    school,
    CAST(sum(lessons) AS BIGINT) AS lessons,
    CAST(sum(acknowledged_lessons) AS BIGINT) AS acknowledged_lessons,
    CAST(sum(scheduled) AS BIGINT) AS scheduled,
    CAST(sum(acknowledged) AS BIGINT) AS acknowledged,
    CAST(sum(valid) AS BIGINT) AS valid,
    CAST(sum(invalid) AS BIGINT) AS invalid,
    CAST(sum(unclassified) AS BIGINT) AS unclassified,
    CAST(sum(other) AS BIGINT) AS other,
    CAST(sum(leave) AS BIGINT) AS leave,
    CAST(sum(full_timetable) AS BIGINT) AS full_timetable
FROM rows
WHERE month BETWEEN $from_month AND $to_month
    AND date BETWEEN $from_on AND $to_on
    AND recorded_at <= $known_at
    AND ends_at <= $known_at
GROUP BY pupil, school
HAVING sum(lessons) <> 0
