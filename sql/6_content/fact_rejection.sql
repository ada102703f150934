select source_id, file, locator, reason, detail, excerpt, file_sha256 from fact_rejection where resolved_load_id is null;
