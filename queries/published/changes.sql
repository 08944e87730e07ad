-- What did the evaluation change into since the snapshot before, station by station?
-- One row per evaluation period, article and indicator that was or is there.
--
-- Parameters
--   $periode  list of periods   ['2025-02/2027-01']  evaluation periods; null = all
--   $artikel  list of articles  ['IV.M.8']           articles; null = all
-- Sources: changes
-- Columns
--   periode            evaluation period, yyyy-mm/yyyy-mm
--   artikel            article
--   indicator          indicator, with its purpose behind a colon
--   was_teller         as teller of the evaluation, in the snapshot before
--   was_noemer         as its noemer
--   was_mediaan        as its mediaan
--   definitie_teller   the same rows and day under the definitions of now
--   definitie_noemer   likewise
--   definitie_mediaan  likewise
--   correctie_teller   and with the rows that the import corrected
--   correctie_noemer   likewise
--   correctie_mediaan  likewise
--   wordt_teller       now, with new rows and on the day of the delivery
--   wordt_noemer       likewise
--   wordt_mediaan      likewise
select
    periode,
    artikel,
    indicator,
    was_teller,
    was_noemer,
    was_mediaan,
    definitie_teller,
    definitie_noemer,
    definitie_mediaan,
    correctie_teller,
    correctie_noemer,
    correctie_mediaan,
    wordt_teller,
    wordt_noemer,
    wordt_mediaan
from changes
where
    ($periode is null or periode = any($periode))
    and ($artikel is null or artikel = any($artikel))
order by periode, artikel, indicator
