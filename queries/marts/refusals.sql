-- Why were rows of the last import refused?
-- One row per dataset, column and reason.
--
-- Sources: refused_reasons
-- Columns
--   dataset  dataset of the contract; empty = file without a known dataset
--   kolom    column; empty = wrong number of fields
--   reden    reason
--   rijen    rows
select
    dataset,
    kolom,
    reden,
    rijen
from refused_reasons
