-- How many pupils' sums a load moves, by month and school: what is after, less what was before.
SELECT month, school, count(*) AS pupils
FROM (
    SELECT month, school, pupil
    FROM (
        SELECT month, school, pupil, scheduled, acknowledged, valid + invalid + unclassified AS absent
        FROM after_months
        UNION ALL
        SELECT month, school, pupil, -scheduled, -acknowledged, -(valid + invalid + unclassified)
        FROM before_months
    ) AS both_sides
    GROUP BY month, school, pupil
    HAVING sum(scheduled) <> 0 OR sum(acknowledged) <> 0 OR sum(absent) <> 0
) AS touched
GROUP BY month, school
ORDER BY month, school
