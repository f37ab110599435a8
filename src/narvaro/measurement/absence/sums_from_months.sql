-- Minutes of every pupil and school over whole months that have ended, as known now.
--
-- reads   pupil_month  the sums of the signed rows by month
-- returns pupil, school, lessons, acknowledged_lessons, scheduled, acknowledged, valid, invalid,
--         unclassified, other, leave, full_timetable
--
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
FROM pupil_month
WHERE month BETWEEN $from_month AND $to_month
GROUP BY pupil, school
HAVING sum(lessons) <> 0
