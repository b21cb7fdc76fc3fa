-- Why: facts that single rules ask for: what of a nature's NEQ a standard leaves out, what it does beyond its division,
-- how long it is good for; what lies under the ground; how much a marshalling yard is used. Null: unknown, as ever.
ALTER TABLE item ADD COLUMN filling_neq_g INTEGER CHECK (filling_neq_g >= 0);
ALTER TABLE item ADD COLUMN single_base_neq_g INTEGER CHECK (single_base_neq_g >= 0);
ALTER TABLE item ADD COLUMN traits TEXT;               -- sorted words divided by blanks; empty: looked at, and none of them
ALTER TABLE item ADD COLUMN shelf_life_months INTEGER CHECK (shelf_life_months > 0);

ALTER TABLE structure ADD COLUMN underground TEXT;     -- JSON: rock, cover, volumes, tunnel; null above the ground
ALTER TABLE exposed_site ADD COLUMN is_busy_yard INTEGER CHECK (is_busy_yard IN (0, 1));
