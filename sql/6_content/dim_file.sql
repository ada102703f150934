select file, source_id, size, sha256, encoding, form, article_count from dim_file;
