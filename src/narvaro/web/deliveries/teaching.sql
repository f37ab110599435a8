-- Who teaches whom: for each set of teachers, class or group, and school year, the first and last
-- lesson as now known. `teachers` are the ledger's staff numbers with ; between.
WITH newest AS (
    SELECT
        teachers,
        school,
        class,
        "group",
        date,
        cancelled,
        withdrawn,
        row_number() OVER (
            PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC
        ) AS newest_first
    FROM lessons
)
SELECT
    teachers,
    school,
    class,
    "group",
    year(date) - CASE WHEN month(date) < 7 THEN 1 ELSE 0 END AS school_year,
    min(date) AS first_on,
    max(date) AS last_on
FROM newest
WHERE
    newest_first = 1
    AND teachers IS NOT NULL
    AND NOT withdrawn
    AND NOT coalesce(cancelled, false)
GROUP BY
    teachers,
    school,
    class,
    "group",
    year(date) - CASE WHEN month(date) < 7 THEN 1 ELSE 0 END
