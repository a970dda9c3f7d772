-- The keys of producers stand in the access policy, which is in git.
DROP TABLE evidence_key;
