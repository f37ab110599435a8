-- Every enrolment as known at a time, for arrays.
--
-- reads   enrolments   what was told of them, in every version
-- returns pupil, school, starts_on and ends_on as YYYYMMDD (9999-12-31 where open), grade ('' where
--         nobody told)
SELECT
    pupil,
    school,
    year(starts_on) * 10000 + month(starts_on) * 100 + day(starts_on) AS starts_on,
    coalesce(year(ends_on) * 10000 + month(ends_on) * 100 + day(ends_on), 99991231) AS ends_on,
    coalesce(grade, '') AS grade
FROM (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY pupil, school, starts_on ORDER BY recorded_at DESC, batch DESC
        ) AS newest_first
    FROM enrolments
    WHERE recorded_at <= $known_at
) AS versions
WHERE newest_first = 1 AND NOT withdrawn
ORDER BY pupil, school, starts_on
