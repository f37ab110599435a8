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
    sum(lessons) AS lessons,
    sum(acknowledged_lessons) AS acknowledged_lessons,
    sum(scheduled) AS scheduled,
    sum(acknowledged) AS acknowledged,
    sum(valid) AS valid,
    sum(invalid) AS invalid,
    sum(unclassified) AS unclassified,
    sum(other) AS other,
    sum(leave) AS leave,
    sum(full_timetable) AS full_timetable
FROM rows
WHERE month BETWEEN $from_month AND $to_month
    AND date BETWEEN $from_on AND $to_on
    AND recorded_at <= $known_at
    AND ends_at <= $known_at
GROUP BY pupil, school
HAVING sum(lessons) <> 0
