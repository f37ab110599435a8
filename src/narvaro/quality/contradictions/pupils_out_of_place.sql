-- Pupils counted in lessons they do not belong to, as known at a time.
--
-- reads   rows               signed rows; netted here
--         lessons            told versions: the newest known one gives key, source, group, class
--         enrolments, group_memberships  told versions; the newest known one of each key stands
--         same_pupils        number, pupil: numbers that turned out to be another pupil's
-- returns pupil, school, date, lesson key, is_enrolled (1: somewhere on that day, 0: nowhere)
--
-- A pupil belongs to a lesson as a member of its group; where the group has no members that day
-- (or the lesson names none) as one of its class; where it names neither, as a pupil of its school.
-- Who is enrolled nowhere belongs to none.
WITH netted AS (
    SELECT
        coalesce(same_pupils.pupil, rows.pupil) AS pupil, rows.lesson, rows.school, rows.date
    FROM rows
    LEFT JOIN same_pupils ON same_pupils.number = rows.pupil
    WHERE rows.month BETWEEN $from_month AND $to_month
        AND rows.date BETWEEN $from_on AND $to_on
        AND rows.recorded_at <= $known_at
        AND rows.ends_at <= $known_at
    GROUP BY coalesce(same_pupils.pupil, rows.pupil), rows.lesson, rows.school, rows.date
    HAVING sum(rows.lessons) > 0
),
named AS (
    SELECT
        lesson, lesson_key, source, "group" AS group_name, "class" AS class_name, date,
        row_number() OVER (PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC) AS newest_first
    FROM lessons
    WHERE recorded_at <= $known_at
        AND month BETWEEN $from_month AND $to_month
),
enrolled_versions AS (
    SELECT
        pupil, school, "class" AS class_name, starts_on, ends_on, withdrawn,
        row_number() OVER (
            PARTITION BY pupil, school, starts_on ORDER BY recorded_at DESC, batch DESC
        ) AS newest_first
    FROM enrolments
    WHERE recorded_at <= $known_at
),
enrolled AS (
    SELECT
        coalesce(same_pupils.pupil, enrolled_versions.pupil) AS pupil,
        school, class_name, starts_on, coalesce(ends_on, DATE '9999-12-31') AS ends_on
    FROM enrolled_versions
    LEFT JOIN same_pupils ON same_pupils.number = enrolled_versions.pupil
    WHERE newest_first = 1 AND NOT withdrawn
),
member_versions AS (
    SELECT
        source, pupil, "group" AS group_name, starts_on, ends_on, withdrawn,
        row_number() OVER (
            PARTITION BY source, pupil, "group", starts_on ORDER BY recorded_at DESC, batch DESC
        ) AS newest_first
    FROM group_memberships
    WHERE recorded_at <= $known_at
),
members AS (
    SELECT
        coalesce(same_pupils.pupil, member_versions.pupil) AS pupil,
        source, group_name, starts_on, coalesce(ends_on, DATE '9999-12-31') AS ends_on
    FROM member_versions
    LEFT JOIN same_pupils ON same_pupils.number = member_versions.pupil
    WHERE newest_first = 1 AND NOT withdrawn
),
by_group AS (
    SELECT DISTINCT named.lesson, members.pupil
    FROM named
    INNER JOIN members
        ON members.source = named.source AND members.group_name = named.group_name
        AND named.date BETWEEN members.starts_on AND members.ends_on
    WHERE named.newest_first = 1
),
with_members AS (
    SELECT DISTINCT lesson FROM by_group
),
placed AS (
    SELECT
        netted.pupil, netted.lesson, netted.school, netted.date, named.lesson_key,
        named.class_name,
        CASE WHEN with_members.lesson IS NULL THEN 0 ELSE 1 END AS has_group,
        CASE WHEN by_group.lesson IS NULL THEN 0 ELSE 1 END AS is_member,
        max(CASE WHEN enrolled.pupil IS NULL THEN 0 ELSE 1 END) AS is_enrolled,
        max(CASE WHEN enrolled.school = netted.school THEN 1 ELSE 0 END) AS is_at_school,
        max(CASE
            WHEN enrolled.school = netted.school AND enrolled.class_name = named.class_name
            THEN 1 ELSE 0 END) AS is_in_class
    FROM netted
    INNER JOIN named ON named.lesson = netted.lesson AND named.newest_first = 1
    LEFT JOIN with_members ON with_members.lesson = netted.lesson
    LEFT JOIN by_group ON by_group.lesson = netted.lesson AND by_group.pupil = netted.pupil
    LEFT JOIN enrolled
        ON enrolled.pupil = netted.pupil
        AND netted.date BETWEEN enrolled.starts_on AND enrolled.ends_on
    GROUP BY
        netted.pupil, netted.lesson, netted.school, netted.date, named.lesson_key,
        named.class_name, with_members.lesson, by_group.lesson
)
SELECT pupil, school, date, lesson_key, is_enrolled
FROM placed
WHERE is_enrolled = 0
    OR (has_group = 1 AND is_member = 0)
    OR (has_group = 0 AND class_name IS NOT NULL AND is_in_class = 0)
    OR (has_group = 0 AND class_name IS NULL AND is_at_school = 0)
