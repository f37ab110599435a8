-- The minutes of each month and school as they stand.
SELECT month, school, sum(scheduled) AS scheduled, sum(acknowledged) AS acknowledged,
    sum(valid + invalid + unclassified) AS absent
FROM pupil_month
GROUP BY month, school
ORDER BY month, school
