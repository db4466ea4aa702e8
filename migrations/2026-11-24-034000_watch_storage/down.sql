DROP TABLE storage_watch;
