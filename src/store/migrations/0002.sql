-- Records that another mapping made are found without reading all of them: the end of a harvest maps them again.
CREATE INDEX record_by_mapping ON record (source, mapping_version);
