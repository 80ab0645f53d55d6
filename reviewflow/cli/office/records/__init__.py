"""The office's records: kept, handed over, erased, destroyed, backed up."""
