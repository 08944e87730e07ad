-- What came in with each import, latest first?
-- One row per imported file.
--
-- Sources: imports
-- Columns
--   levering      number of the import: 1, 2, ...
--   today         its day
--   bestand       first eight digits of the file's SHA-256
--   dataset       dataset of the contract; empty = refused whole
--   gelezen       rows read
--   geaccepteerd  rows accepted
--   geweigerd     rows refused
--   bekend        rows known already
select
    levering,
    today,
    bestand,
    dataset,
    gelezen,
    geaccepteerd,
    geweigerd,
    bekend
from imports
order by levering desc, dataset asc, bestand asc
