-- Minutes of every pupil and school over whole months that have ended, as known now.
--
-- reads   pupil_month  the sums of the signed rows by month
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
FROM pupil_month
WHERE month BETWEEN $from_month AND $to_month
GROUP BY pupil, school
HAVING sum(lessons) <> 0
