-- The minutes of every pupil in months that have ended, as known now.
--
-- reads   pupil_month   the sums of the signed rows by month
-- returns pupil, month, lessons, scheduled, acknowledged, absent
--
-- A pupil has a row for every school, and for every batch that told something until the files are
-- tidied: whoever reads them adds them up.
SELECT
    pupil,
    month,
    lessons,
    scheduled,
    acknowledged,
    valid + invalid + unclassified AS absent
FROM pupil_month
WHERE month BETWEEN $from_month AND $to_month
