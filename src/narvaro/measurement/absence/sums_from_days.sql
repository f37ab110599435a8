-- Minutes of every pupil and school over whole days that have ended, as known now.
--
-- reads   pupil_day  the sums of the signed rows by day
-- returns pupil, school, lessons, acknowledged_lessons, scheduled, acknowledged, valid, invalid,
--         unclassified, other, leave, full_timetable
--
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
FROM pupil_day
WHERE month BETWEEN $from_month AND $to_month
    AND date BETWEEN $from_on AND $to_on
GROUP BY pupil, school
HAVING sum(lessons) <> 0
